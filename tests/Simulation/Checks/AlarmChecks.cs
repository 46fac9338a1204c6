using ColdChain.Core.Readings;
using ColdChain.Server.Store;
using ColdChain.Tests.Shared.Oracle;

namespace ColdChain.Simulation.Tests.Checks;

/// <summary>I6: what the server has committed and is out of range is a finding, with its hold, soon after.</summary>
internal sealed class AlarmChecks(Site site)
{
    /// <summary>How soon, in simulated time, while the server runs and its disk has room.</summary>
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(3);

    private int _checked;

    public IEnumerable<Violation> Now()
    {
        var due = site.Ledger.StoredLog.Skip(_checked).TakeWhile(entry => entry.At <= site.Pump.Now - Within).ToList();
        _checked += due.Count;
        if (due.Count == 0 || site.Server.Running is not { } server)
        {
            return [];
        }

        var undisturbedSince = Instant.Max(server.Since, site.Server.Disk.LastChangedAt ?? server.Since);
        var standings = JudgementChecks.Standings(site.Truth).ToList();
        var missing = due
            .Where(entry => entry.At >= undisturbedSince && !site.Server.Disk.IsFull)
            .Select(entry => site.Ledger.Find(entry.Device, entry.Epoch, entry.Seq))
            .OfType<CommittedRow>()
            .SelectMany(row => standings.Where(standing => IsBeyond(standing, row)).Select(standing => (standing.Unit, Row: row)))
            .Where(found => !IsFound(found.Unit, found.Row))
            .ToList();
        return missing.Count == 0 ? [] : Undoubted(missing, standings)
            .Select(found => new Violation("I6", $"{found.Unit}: the server has had {found.Row} for {Within}, and there is no finding of it"))
            .ToList();
    }

    // A leap is believed when the samples after it have decided: by those that were there in time, and by those that have come since.
    private IEnumerable<(string Unit, CommittedRow Row)> Undoubted(IEnumerable<(string Unit, CommittedRow Row)> missing, List<Standing> standings)
    {
        var (before, now) = (Truths(site.Pump.Now - Within), Truths(site.Pump.Now));
        return missing.Where(found => IsIn(before, found.Unit, found.Row) && IsIn(now, found.Unit, found.Row));

        List<Exposure> Truths(Instant upTo) => SiteOracle.Exposures(standings, site.Facts.StoredUpTo(upTo), upTo.Milliseconds, (_, _, _) => false);
    }

    private static bool IsIn(List<Exposure> truths, string unit, CommittedRow row) => truths.Exists(truth =>
        truth.Unit == unit && truth.Probe == row.Probe && truth.Start <= row.MeasuredAt && row.MeasuredAt <= (truth.ExposedTo ?? decimal.MaxValue));

    private static bool IsBeyond(Standing standing, CommittedRow row) =>
        standing.Probe == row.Probe
        && row is { MeasuredAt: { } at, Celsius: { } celsius }
        && standing.Tenures.FirstOrDefault(tenure => tenure.From <= at && at < tenure.To) is { } tenure
        && SiteOracle.Milli(celsius) + tenure.CalibrationMilli is var milli
        && (milli > tenure.Limits.High || milli < tenure.Limits.Low);

    private bool IsFound(string unit, CommittedRow row) => FindingStore.Current(site.Session, new StorageUnitId(unit)).Exists(found =>
        found.Finding.Probe.ToString() == row.Probe
        && found.Finding.Stretch.Start.Milliseconds <= row.MeasuredAt
        && row.MeasuredAt <= found.Finding.Stretch.ExposureEnd.Milliseconds);
}
