using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using ColdChain.Core.Wire;

namespace ColdChain.Core.Rules;

/// <summary>
/// Reads rule packs (storage-rules/schema.json). Strict: nothing unknown, nothing without its source, no contradictions. The bytes of an overlay are
/// those of its own file followed by those of its base, so that they are always whole by themselves.
/// </summary>
public static class RulePackReader
{
    private const int BytesMax = 1024 * 1024;
    private const int DepthMax = 16;
    private const int LayersMax = 4;
    private const string Owner = "the rule pack";

    /// <summary>
    /// Reads a pack. When anything is wrong, returns false and <b>all</b> errors (of more than a hundred the rest as a number), each naming the product, the key, the reason and the
    /// cure. Never throws for any content.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> json, out RulePack pack, out IReadOnlyList<string> errors)
    {
        pack = null!;
        if (!TryReadLayer(json, LayersMax, out var document, out var read, out errors))
        {
            return false;
        }

        document.Dispose();
        pack = read;
        return true;
    }

    /// <summary>The id of the base that a pack is an overlay of; null when it stands by itself, or is no pack at all.</summary>
    public static string? BaseOf(ReadOnlySpan<byte> json)
    {
        if (!StrictJson.TryParse(json, Owner, BytesMax, DepthMax, out var document, out _))
        {
            return null;
        }

        using (document)
        {
            return PackOverlay.BaseOf(document.RootElement);
        }
    }

    private static bool TryReadLayer(
        ReadOnlySpan<byte> json, int layers, [NotNullWhen(true)] out JsonDocument? document, [NotNullWhen(true)] out RulePack? pack, out IReadOnlyList<string> errors)
    {
        pack = null;
        var length = LengthOfFirst(json);
        if (!StrictJson.TryParse(json[..length], Owner, BytesMax, DepthMax, out document, out var error))
        {
            errors = [error];
            return false;
        }

        var context = new PackContext();
        var basis = json[length..].TrimStart(" \t\r\n"u8); // The end of the overlay's last line is the overlay's.
        RulePack? below = null;
        if (PackOverlay.BaseOf(document.RootElement) is { } id && !TryLay(basis, id, layers, context, ref document, out below))
        {
            errors = context.Errors;
            return false;
        }

        var read = ReadPack(document, context, Convert.ToHexStringLower(SHA256.HashData(json))) with { Base = below };
        errors = context.Errors;
        pack = errors.Count == 0 ? read : null;
        if (pack is null)
        {
            document.Dispose();
        }

        return pack is not null;
    }

    /// <summary>Lays the document over its base.</summary>
    private static bool TryLay(ReadOnlySpan<byte> basis, string id, int layers, PackContext context, ref JsonDocument document, [NotNullWhen(true)] out RulePack? below)
    {
        using var own = document;
        JsonDocument? under = null;
        below = null;
        if (basis.IsEmpty || layers <= 1)
        {
            var (reason, cure) = basis.IsEmpty
                ? ($"is '{ShownText.Of(id)}', which is not there or cannot be read", "name a rule pack that lies beside it, or mend that")
                : ($"makes more than {LayersMax} layers", "lay it over a pack further down");
            context.Fail(Owner, PackOverlay.Extends, reason, cure);
        }
        else if (!TryReadLayer(basis, layers - 1, out under, out below, out var errors))
        {
            context.Fail(Owner, PackOverlay.Extends, $"is '{ShownText.Of(id)}', which has {errors.Count} errors", "mend those first");
        }
        else if (below.Id != id)
        {
            context.Fail(Owner, PackOverlay.Extends, $"is '{ShownText.Of(id)}', and behind it stands '{below.Id}'", "correct one of them");
        }

        using (under)
        {
            if (context.Errors.Count > 0 || under is null || below is null)
            {
                return false;
            }

            foreach (var source in PackOverlay.ChangedSources(own.RootElement, under.RootElement))
            {
                context.Fail(Owner, $"sources.{source}", $"has another text than in '{id}'", "give it a key of its own");
            }

            document = PackOverlay.Merge(own.RootElement, under.RootElement);
            return true;
        }
    }

    /// <summary>Where the first value ends, when another one follows it and it is an overlay; otherwise all of it.</summary>
    private static int LengthOfFirst(ReadOnlySpan<byte> json)
    {
        if (json.Length > BytesMax)
        {
            return json.Length;
        }

        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { AllowMultipleValues = true });
            reader.Read();
            reader.Skip();
            var length = (int)reader.BytesConsumed;
            return reader.Read() && BaseOf(json[..length]) is not null ? length : json.Length;
        }
        catch (JsonException)
        {
            return json.Length; // What is wrong with it is for the strict reader to say.
        }
    }

    private static RulePack ReadPack(JsonDocument document, PackContext context, string hash)
    {
        var node = new RuleNode(document.RootElement, Owner, "", context);
        node.OptionalText("$schema");
        node.Knows(PackOverlay.Extends);
        node.TakeTable("sources", context.Sources);
        var defaults = RuleDefaults.Read(node);
        var pack = new RulePack
        {
            Id = node.Text("id"),
            Version = node.Text("version"),
            EffectiveFrom = node.Instant("effectiveFrom"),
            EffectiveTo = node.Knows("effectiveTo") ? node.Instant("effectiveTo") : null,
            Name = StorageRuleReader.ReadName(node),
            Status = node.Text("status"),
            SampleEvery = defaults.SampleEvery,
            Rules = ReadRules(node, defaults),
            Hash = hash,
        };
        if (pack.EffectiveTo <= pack.EffectiveFrom)
        {
            node.Fail("effectiveTo", $"is {pack.EffectiveTo}, not after effectiveFrom", "write a later instant, or leave it out");
        }

        node.Close();
        return pack;
    }

    private static List<StorageRule> ReadRules(RuleNode pack, RuleDefaults defaults)
    {
        var rules = new List<StorageRule>();
        foreach (var node in pack.List("products", OwnerOf))
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
    private static string OwnerOf(JsonElement product, int index)
    {
        string? Word(string key) =>
            product.ValueKind == JsonValueKind.Object && product.TryGetProperty(key, out var word) && word.ValueKind == JsonValueKind.String
                ? word.GetString()
                : null;

        return Word("product") is { Length: > 0 } name ? $"{name} ({Word("context") ?? "no context"})" : $"products[{index}]";
    }
}
