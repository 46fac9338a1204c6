using System.Globalization;
using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Server.Dashboard.Views;
using ColdChain.Server.Excursions;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Api.Forms;

/// <summary>What the page of the fleet shows.</summary>
internal sealed class FleetPageReader(RecordStore store, FleetView view, IReadOnlyList<RulePack> packs, TimeProvider clock)
{
    /// <summary>For so many storage units a proposal's change is told and its alarms are counted, which reads weeks of their readings.</summary>
    public const int DifferencesMax = 20;

    private const decimal MilliInADegree = 1000;

    /// <summary>Reads it.</summary>
    /// <param name="viewer">The name of the actor who looks.</param>
    /// <param name="typed">The file and reason that were typed and refused; null for none.</param>
    /// <param name="errors">Why.</param>
    public FleetPageView Read(string viewer, (string Text, string Reason)? typed, IReadOnlyList<string> errors) => store.Read(session =>
    {
        var (fleet, now, inForce) = (view.Current, Instant.Now(clock), FleetVersionStore.Latest(session)!); // The start loaded one.
        return new FleetPageView
        {
            Units = [.. fleet.Units.Select(unit => new FleetUnitView(unit.Id.Value, unit.Name, fleet.FindSite(unit.Site)!.Name, UseOf(unit.PeriodAt(now))))], // It was checked.
            Proposals = [.. FleetProposalStore.Open(session).Select(row => ViewOf(session, fleet, row, inForce.Sha256, viewer, now))],
            Text = typed?.Text ?? inForce.Text,
            Reason = typed?.Reason ?? "",
            Errors = errors,
        };
    });

    private FleetProposalView ViewOf(StoreSession session, FleetHistory fleet, FleetProposalRow row, string inForce, string viewer, Instant now)
    {
        // What could be read when it was proposed may need a pack that went away since: then it cannot be approved either.
        var changes = FleetReader.TryRead(row.Text, RulePackFolder.ByKey(packs), out var proposed, out _) ? FleetChange.Between(fleet, proposed) : [];
        return new FleetProposalView
        {
            Id = row.Id,
            By = row.ProposedBy,
            At = row.ProposedAt,
            Reason = row.Reason,
            IsOwn = row.ProposedBy == viewer,
            IsOutOfDate = row.Base != inForce,
            Differences = [.. changes.Take(DifferencesMax).Select(change => Difference(session, change.From, fleet.FindUnit(change.Unit), proposed.FindUnit(change.Unit), now))],
            More = Math.Max(0, changes.Count - DifferencesMax),
        };
    }

    private FleetDifferenceView Difference(StoreSession session, Instant from, StorageUnit? before, StorageUnit? after, Instant now)
    {
        var alarms = before is not null && after is not null ? AlarmsPreview.Of(session, before, after, packs, now) : null;
        return new FleetDifferenceView(
            (before ?? after)!.Id.Value, // It differs, so one of them is there.
            from,
            UseOf(before?.PeriodAt(now) ?? before?.LastPeriod),
            UseOf(after?.LastPeriod),
            alarms?.Before ?? [],
            alarms?.After ?? []);
    }

    private FleetUseView? UseOf(UnitPeriod? period)
    {
        var rule = period is null ? null : PackSpans.Of(period, PackSpans.Always(packs)).LastOrDefault()?.Rule;
        return period is null
            ? null
            : new FleetUseView(
                period.From, period.Product, period.RulePackId, period.Context.ToString().ToLowerInvariant(), rule?.Low, rule?.High,
                [.. period.Probes.Select(Described), .. period.Signals.Select(signal => $"{signal.Id} ({signal.Kind.ToString().ToLowerInvariant()})")]);
    }

    private static string Described(FleetProbe probe) => string.Create(
        CultureInfo.InvariantCulture,
        $"{probe.Id} ({(probe.Role == ProbeRole.Load ? "load" : "air")}{(probe.CalibrationOffsetMilli == 0 ? "" : $", {probe.CalibrationOffsetMilli / MilliInADegree:+0.###;-0.###} °C")})");
}
