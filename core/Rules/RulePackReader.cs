using System.Security.Cryptography;
using System.Text.Json;
using ColdChain.Core.Wire;

namespace ColdChain.Core.Rules;

/// <summary>Reads rule packs (storage-rules/schema.json). Strict: nothing unknown, nothing without its source, no contradictions.</summary>
public static class RulePackReader
{
    private const int BytesMax = 1024 * 1024;
    private const int DepthMax = 16;

    /// <summary>
    /// Reads a pack. When anything is wrong, returns false and <b>all</b> errors (of more than a hundred the rest as a number), each naming the product, the key, the reason and the
    /// cure. Never throws for any content.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> json, out RulePack pack, out IReadOnlyList<string> errors)
    {
        pack = null!;
        if (!StrictJson.TryParse(json, "the rule pack", BytesMax, DepthMax, out var document, out var error))
        {
            errors = [error];
            return false;
        }

        using (document)
        {
            var context = new PackContext();
            var read = ReadPack(document, context, Convert.ToHexStringLower(SHA256.HashData(json)));
            errors = context.Errors;
            pack = errors.Count == 0 ? read : null!;
        }

        return errors.Count == 0;
    }

    private static RulePack ReadPack(JsonDocument document, PackContext context, string hash)
    {
        var node = new RuleNode(document.RootElement, "the rule pack", "", context);
        node.OptionalText("$schema");
        node.TakeTable("sources", context.Sources);
        var defaults = RuleDefaults.Read(node);
        var pack = new RulePack
        {
            Id = node.Text("id"),
            Version = node.Text("version"),
            EffectiveFrom = node.Instant("effectiveFrom"),
            Name = StorageRuleReader.ReadName(node),
            Status = node.Text("status"),
            SampleEvery = defaults.SampleEvery,
            Rules = ReadRules(node, defaults),
            Hash = hash,
        };
        node.Close();
        return pack;
    }

    private static List<StorageRule> ReadRules(RuleNode pack, RuleDefaults defaults)
    {
        var rules = new List<StorageRule>();
        foreach (var node in pack.List("products", Owner))
        {
            var rule = new StorageRuleReader(node, defaults).Read();
            if (rules.Any(other => other.Product == rule.Product && other.Context == rule.Context))
            {
                node.Fail("product", "has two rules for one context", "keep one of them");
            }

            rules.Add(rule);
        }

        if (rules.Count == 0)
        {
            pack.Fail("products", "is missing or empty", "add at least one product");
        }

        return rules;
    }

    // Errors name the product as a person would, as far as the element can be understood.
    private static string Owner(JsonElement product, int index)
    {
        string? Word(string key) =>
            product.ValueKind == JsonValueKind.Object && product.TryGetProperty(key, out var word) && word.ValueKind == JsonValueKind.String
                ? word.GetString()
                : null;

        return Word("product") is { Length: > 0 } name ? $"{name} ({Word("context") ?? "no context"})" : $"products[{index}]";
    }
}
