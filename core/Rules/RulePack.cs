using ColdChain.Core.Readings;

namespace ColdChain.Core.Rules;

/// <summary>
/// The storage rules of one authority, as data. Whoever judges with it cites <see cref="Id"/>, <see cref="Version"/> and
/// <see cref="Hash"/>, so that a later change never rewrites an earlier judgement.
/// </summary>
public sealed record RulePack
{
    /// <summary>The pack's name for machines, for example <c>eu-edqm</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The version; a change of any figure is a new one.</summary>
    public required string Version { get; init; }

    /// <summary>From when it may be used.</summary>
    public required Instant EffectiveFrom { get; init; }

    /// <summary>Until when it may be used, exclusive; null while no end is known.</summary>
    public Instant? EffectiveTo { get; init; }

    /// <summary>The pack that this one is an overlay of; null when it stands by itself.</summary>
    public RulePack? Base { get; init; }

    /// <summary>The pack's name for people.</summary>
    public required LocalName Name { get; init; }

    /// <summary>Whether a quality unit has accepted it, in words; shown with every report, for example <c>draft</c>.</summary>
    public required string Status { get; init; }

    /// <summary>How often to sample at least; a recommendation.</summary>
    public required TimeSpan SampleEvery { get; init; }

    /// <summary>The rules, in the order of the file; one for each product and context.</summary>
    public required IReadOnlyList<StorageRule> Rules { get; init; }

    /// <summary>
    /// SHA-256 of the file's bytes, of an overlay with those of its base behind them: 64 lower-case hexadecimal digits. A changed base is another overlay.
    /// </summary>
    public required string Hash { get; init; }

    /// <summary>The rule of a product in a context; null when the pack has none.</summary>
    public StorageRule? Find(string product, StorageContext context) =>
        Rules.FirstOrDefault(rule => rule.Product == product && rule.Context == context);

    /// <summary>The rule for one or several products that share a storage unit: the strictest of theirs. Null when the pack lacks one of them.</summary>
    public StorageRule? Find(IReadOnlyList<string> products, StorageContext context)
    {
        var rules = products.Select(product => Find(product, context)).OfType<StorageRule>().ToList();
        return rules.Count == products.Count && rules.Count > 0 ? StrictestRule.Of(rules) : null;
    }

    /// <summary>Why some rules can never be those of one storage unit, as a clause; null when they can.</summary>
    public static string? Conflict(IReadOnlyList<StorageRule> rules) => StrictestRule.Conflict(rules);
}
