using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Store;

namespace ColdChain.Server.Reports.Reading;

/// <summary>What happened, in its order: what readings tell, what software did, and what people did.</summary>
internal static class Timeline
{
    public static IReadOnlyList<TimelineContent> Of(ExcursionContent content) =>
        [.. OfFinding(content).Concat(OfHolds(content)).Concat(OfPeople(content)).OrderBy(entry => entry.At)]; // What is of one instant stays in this order.

    private static IEnumerable<TimelineContent> OfFinding(ExcursionContent content)
    {
        var finding = content.Finding;
        yield return Entry(finding.Start, finding.Side == Side.Unknown ? TimelineKinds.UnknownSince : TimelineKinds.OutOfRange);
        yield return Entry(finding.AlarmedAt, TimelineKinds.Alarm);
        if (PeakAt(content) is { } peak)
        {
            yield return Entry(peak, TimelineKinds.Peak);
        }

        if (finding.EndReason != EndReason.Open)
        {
            yield return Entry(finding.End ?? finding.LastKnown, TimelineKinds.Ended, detail: finding.EndReason.ToString());
        }

        yield return Entry(finding.DiscoveredAt, TimelineKinds.Found);
        foreach (var version in content.Versions.Skip(1))
        {
            yield return Entry(version.StoredAt, TimelineKinds.Changed, detail: version.Status);
        }
    }

    // The peak of the excursion is that of its probe, unless another one within the time looked at went further.
    private static Instant? PeakAt(ExcursionContent content)
    {
        var finding = content.Finding;
        foreach (var figures in content.Probes.Where(probe => probe.Probe == finding.Probe).Select(probe => probe.Figures))
        {
            var (value, at) = finding.Side == Side.High ? (figures.Maximum, figures.MaximumAt) : (figures.Minimum, figures.MinimumAt);
            if (value == finding.Peak && at >= finding.Start && at <= finding.LastKnown)
            {
                return at;
            }
        }

        return null;
    }

    private static IEnumerable<TimelineContent> OfHolds(ExcursionContent content)
    {
        var holds = content.BloodUnits.Select(unit => unit.Hold).Prepend(content.StorageUnitHold).OfType<HoldContent>().DistinctBy(hold => hold.Id).ToList();
        var placed = holds.GroupBy(hold => hold.PlacedAt).Select(together => Entry(together.Key, TimelineKinds.Held, detail: $"{together.Count()}"));
        var decided =
            from hold in holds
            from decision in hold.Decisions
            group decision by (decision.SignedAt, decision.Account, decision.Kind) into together
            select Entry(together.Key.SignedAt, TimelineKinds.Decided, together.Key.Account, together.Key.Kind);
        var reopened = holds.SelectMany(hold => hold.Decisions).Select(decision => decision.ReopenedAt).OfType<Instant>().Distinct().Select(at => Entry(at, TimelineKinds.Reopened));
        return placed.Concat(decided).Concat(reopened);
    }

    private static IEnumerable<TimelineContent> OfPeople(ExcursionContent content) =>
    [
        .. content.Notifications.Where(told => told.AcceptedAt is not null).Select(told => Entry(told.AcceptedAt!.Value, TimelineKinds.Told, told.Account, told.Channel)), // As filtered.
        .. content.Acknowledgements.Select(said => Entry(said.At, TimelineKinds.Acknowledged, said.Account, said.Action)),
        .. content.Case.Select(entry => Entry(entry.At, KindOf(entry.Kind), entry.Account, entry.Word)),
    ];

    private static string KindOf(string kind) => kind switch
    {
        CaseKinds.Step => TimelineKinds.Step,
        CaseKinds.Cause => TimelineKinds.Cause,
        _ => TimelineKinds.Assessment,
    };

    private static TimelineContent Entry(Instant at, string kind, string who = "", string detail = "") => new(at, kind, who, detail);
}
