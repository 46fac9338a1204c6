using System.Globalization;
using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Store;

namespace ColdChain.Server.Reports.Reading;

/// <summary>
/// What changed at a storage unit within [from, to): rule packs that came into force, its use, its probes and their calibrations; and the maintenance
/// that people announced, also where it had begun before. Details are written as packs and the fleet file write them.
/// </summary>
internal static class UnitChanges
{
    /// <summary>The changes, ascending.</summary>
    public static IReadOnlyList<ChangeContent> Of(StoreSession session, StorageUnit unit, IReadOnlyList<DatedPack> packs, Instant from, Instant to)
    {
        var ofFleet = unit.History.SelectMany((period, index) => OfPeriod(period, index == 0 ? null : unit.History[index - 1], packs))
            .Concat(unit.History.Where((period, index) => index + 1 == unit.History.Count || unit.History[index + 1].From != period.To).Select(EndOfUse));
        return
        [
            .. ofFleet.Where(change => from <= change.At && change.At < to)
                .Concat(Maintenance(session, unit.Id, from, to))
                .OrderBy(change => change.At)
                .ThenBy(change => change.Kind, StringComparer.Ordinal)
                .ThenBy(change => change.Detail, StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<ChangeContent> OfPeriod(UnitPeriod period, UnitPeriod? earlier, IReadOnlyList<DatedPack> packs)
    {
        var before = earlier?.To == period.From ? earlier : null; // Out of use between them, everything begins anew.
        if (before is null || !IsUsedAlike(before, period))
        {
            yield return new ChangeContent(period.From, ChangeKinds.Use, $"rules: {period.RulePackId}, product: {period.Product}, context: {period.Context.ToString().ToLowerInvariant()}");
        }

        foreach (var change in before is null ? [] : OfProbes(before, period))
        {
            yield return change;
        }

        foreach (var span in PackSpans.Of(period, packs).Where(span => span.From > period.From || IsNewPack(span, before, packs)))
        {
            yield return new ChangeContent(span.From, ChangeKinds.RulePack, $"{span.Pack.Id} {span.Pack.Version}");
        }
    }

    private static bool IsUsedAlike(UnitPeriod one, UnitPeriod other) =>
        one.RulePackId == other.RulePackId && one.Context == other.Context && one.Products.SequenceEqual(other.Products);

    // A pack that came into force at the very instant at which the period begins.
    private static bool IsNewPack(PackSpan span, UnitPeriod? before, IReadOnlyList<DatedPack> packs) =>
        before?.RulePackId == span.Pack.Id && PackSpans.Of(before, packs).LastOrDefault()?.Pack.Hash != span.Pack.Hash;

    private static IEnumerable<ChangeContent> OfProbes(UnitPeriod before, UnitPeriod period)
    {
        foreach (var probe in period.Probes)
        {
            if (before.Probes.FirstOrDefault(other => (other.Id, other.Role) == (probe.Id, probe.Role)) is not { } known)
            {
                yield return new ChangeContent(period.From, ChangeKinds.Probe, $"id: {probe.Id}, role: {probe.Role.ToString().ToLowerInvariant()}");
            }
            else if (known != probe)
            {
                yield return new ChangeContent(period.From, ChangeKinds.Calibration, CalibrationOf(probe));
            }
        }

        foreach (var gone in before.Probes.Where(probe => period.Probes.All(other => other.Id != probe.Id)))
        {
            yield return new ChangeContent(period.From, ChangeKinds.Probe, $"id: {gone.Id}, to: {period.From}");
        }
    }

    private static string CalibrationOf(FleetProbe probe)
    {
        var degrees = (probe.CalibrationOffsetMilli / 1000m).ToString("0.###", CultureInfo.InvariantCulture);
        var certificate = probe.Certificate.Number is { } number ? $", certificate: {number}" : "";
        var day = probe.Certificate.CalibratedOn is { } on ? string.Create(CultureInfo.InvariantCulture, $", calibrated: {on:yyyy-MM-dd}") : "";
        return $"id: {probe.Id}, calibration-offset: {degrees}{certificate}{day}";
    }

    private static ChangeContent EndOfUse(UnitPeriod period) => new(period.To, ChangeKinds.Use, $"to: {period.To}");

    private static IEnumerable<ChangeContent> Maintenance(StoreSession session, StorageUnitId unit, Instant from, Instant to) =>
        WindowStore.Newest(session, unit, int.MaxValue)
            .Where(window => window.Kind == WindowKinds.Maintenance && window.From < window.Until && window.From < to && window.Until > from)
            .Select(window => new ChangeContent(window.From, ChangeKinds.Maintenance, $"to: {window.Until}, reason: {window.Reason}"));
}
