using ColdChain.Core.Readings;
using ColdChain.Server.Reports.Content;

namespace ColdChain.Server.Reports.Documents;

/// <summary>Which of several rules was in force at an instant.</summary>
internal static class RuleAt
{
    /// <summary>The rule in force; else the first one; null when there is none.</summary>
    public static RuleContent? Of(IReadOnlyList<RuleContent> rules, Instant? at) =>
        rules.LastOrDefault(rule => rule.InForce.From <= at && at < rule.InForce.To) ?? (rules is [var first, ..] ? first : null);
}
