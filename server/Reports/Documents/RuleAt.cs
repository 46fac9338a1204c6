using ColdChain.Core.Readings;
using ColdChain.Server.Reports.Content;

namespace ColdChain.Server.Reports.Documents;

/// <summary>Which of several rules was in force at an instant, and which one a finding rests on.</summary>
internal static class RuleAt
{
    private const int HashDigits = 16;

    /// <summary>The limits of the rule that judged; of the one in force at its start where that is not told.</summary>
    public static (Celsius? Low, Celsius? High) LimitsOf(CitedRuleContent? cited, IReadOnlyList<RuleContent> rules, Instant start) =>
        cited is not null ? (cited.Low, cited.High) : Of(rules, start) is { } rule ? (rule.Low, rule.High) : default;

    /// <summary>The beginning of a hash, by which packs of one name are told apart; the whole one is in the appendix.</summary>
    public static string Short(string hash) => hash.Length > HashDigits ? $"{hash[..HashDigits]}…" : hash;

    /// <summary>The rule in force; else the first one; null when there is none.</summary>
    public static RuleContent? Of(IReadOnlyList<RuleContent> rules, Instant? at) =>
        rules.LastOrDefault(rule => rule.InForce.From <= at && at < rule.InForce.To) ?? (rules is [var first, ..] ? first : null);

    /// <summary>The limits of a rule for a probe of a role, included; null for none. Air has limits of its own, or those of the product.</summary>
    public static (Celsius? Low, Celsius? High) LimitsOf(RuleContent? rule, ProbeRole role) =>
        role == ProbeRole.Air && HasLimitsOfAir(rule) ? (rule!.AirLow, rule.AirHigh) : (rule?.Low, rule?.High); // What has limits is a rule.

    /// <summary>True when air has limits of its own.</summary>
    public static bool HasLimitsOfAir(RuleContent? rule) => rule is { AirLow: not null } or { AirHigh: not null };
}
