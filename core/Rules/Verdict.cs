using ColdChain.Core.Excursions;

namespace ColdChain.Core.Rules;

/// <summary>
/// What software says of a blood unit by its rule, from best to worst. There is nothing here that lifts a hold: that is a person's.
/// </summary>
public enum Verdict
{
    /// <summary>Nothing speaks against it.</summary>
    Fine,

    /// <summary>Within what the rule allows, and a person should know.</summary>
    Warn,

    /// <summary>It is held until a person has assessed it.</summary>
    Hold,

    /// <summary>It is held, and discarding it is proposed to a person.</summary>
    DiscardProposed,
}

/// <summary>One reason for a verdict.</summary>
/// <param name="Verdict">What follows from it.</param>
/// <param name="What">What happened, as a sentence.</param>
/// <param name="Rule">The pack with its version and hash, and the product whose rule says so.</param>
/// <param name="Figures">The figures that decided, by the names in the pack; empty when none did.</param>
public sealed record VerdictReason(Verdict Verdict, string What, RuleCitation Rule, IReadOnlyList<Figure> Figures)
{
    /// <summary>True when a figure that decided is remembered and not yet read in its text: whoever shows the reason must say so.</summary>
    public bool IsUnverified => Figures.Any(figure => figure.Status == FigureStatus.FromMemory);

    /// <summary>A reason that cites figures of a rule by their names; a name the rule does not have is a bug.</summary>
    /// <param name="verdict">What follows from it.</param>
    /// <param name="what">What happened, as a sentence.</param>
    /// <param name="pack">The pack of the rule.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="names">Names such as <c>limits.high</c> or <c>bands[0].maxCount</c>; where the pack's default decided, without its <c>defaults.</c></param>
    public static VerdictReason By(Verdict verdict, string what, RulePack pack, StorageRule rule, params ReadOnlySpan<string> names)
    {
        var figures = new List<Figure>();
        foreach (var name in names)
        {
            figures.Add(rule.Figures.First(figure => figure.Name == name || figure.Name == $"defaults.{name}"));
        }

        return new VerdictReason(verdict, what, new RuleCitation(pack.Id, pack.Version, pack.Hash, rule.Product), figures);
    }
}

/// <summary>A verdict with all its reasons, whatever order they were found in.</summary>
/// <param name="Reasons">The reasons; none for what is fine.</param>
public sealed record ProductVerdict(IReadOnlyList<VerdictReason> Reasons)
{
    /// <summary>The worst of the reasons.</summary>
    public Verdict Verdict => Reasons.Count == 0 ? Verdict.Fine : Reasons.Max(reason => reason.Verdict);

    /// <summary>True when any reason rests on a remembered figure.</summary>
    public bool IsUnverified => Reasons.Any(reason => reason.IsUnverified);
}

/// <summary>What the actions of a rule mean as verdicts.</summary>
public static class Verdicts
{
    /// <summary>A use that the rule allows is told; what a person must assess is held until they have.</summary>
    public static Verdict Of(RuleAction action) => action switch
    {
        RuleAction.Use => Verdict.Warn,
        RuleAction.Assess or RuleAction.Quarantine => Verdict.Hold,
        RuleAction.ProposeDiscard => Verdict.DiscardProposed,
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, "An action without a verdict."),
    };
}
