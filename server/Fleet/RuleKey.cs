using ColdChain.Core.Rules;

namespace ColdChain.Server.Fleet;

/// <summary>A storage rule as the fleet file refers to it.</summary>
/// <param name="Pack">The rule pack, such as <c>eu-edqm</c>.</param>
/// <param name="Product">The product, such as <c>RBC</c>.</param>
/// <param name="Context">The use, such as storage.</param>
internal readonly record struct RuleKey(string Pack, string Product, StorageContext Context);
