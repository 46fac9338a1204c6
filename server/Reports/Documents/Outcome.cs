using ColdChain.Server.Reports.Content;
using ColdChain.Server.Reports.Wording;
using ColdChain.Server.Store;

namespace ColdChain.Server.Reports.Documents;

/// <summary>What became of the blood units of an excursion, counted.</summary>
internal static class Outcome
{
    /// <summary>How many were released, discarded, returned, are undecided, were not held, had left before or left since; only what there is.</summary>
    public static string Of(ReportTexts texts, IReadOnlyList<BloodUnitContent> units)
    {
        var held = units.Where(unit => unit.Hold is not null).Select(unit => unit.Hold!.Standing()?.Kind).ToList(); // It has just been looked whether there is a hold.
        return Join(
            texts,
            ("released", held.Count(kind => kind == DecisionWords.Release)),
            ("discarded", held.Count(kind => kind == DecisionWords.Discard)),
            ("returned", held.Count(kind => kind == DecisionWords.Return)),
            ("undecided", held.Count(kind => kind is null)),
            ("not-held", units.Count(unit => unit.Hold is null)),
            ("left-before", units.Count(unit => unit.LeftBefore)),
            ("left-since", units.Count(unit => unit.LeftSince)));
    }

    /// <summary>The same of a list of a period.</summary>
    public static string Of(ReportTexts texts, DispositionsContent counts) => counts.Held == 0
        ? texts.BloodOutcomeNone
        : texts.Fill(texts.VerdictBlood, texts.Counted("held", counts.Held), Join(
            texts, ("released", counts.Released), ("discarded", counts.Discarded), ("returned", counts.Returned), ("undecided", counts.Undecided)));

    /// <summary>What nobody has decided yet of storage units over a period; empty for nothing.</summary>
    public static string Outstanding(ReportTexts texts, IReadOnlyList<UnitPeriodContent> units) => Join(
        texts,
        ("undecided", units.Sum(unit => unit.Findings.Sum(finding => finding.Dispositions.Undecided))),
        ("undecided-unit", units.Count(unit => unit.Findings.Any(finding => finding.IsUnitUndecided))));

    private static string Join(ReportTexts texts, params (string Word, int Count)[] counts) =>
        texts.Listed(counts.Where(one => one.Count > 0).Select(one => texts.Counted(one.Word, one.Count)));
}
