using ColdChain.Core.Readings;
using ColdChain.Server.Store;
using ColdChain.Simulation.Tests.Truth;
using ColdChain.Tests.Shared.Oracle;

namespace ColdChain.Simulation.Tests.Checks;

/// <summary>The server's findings and holds beside those of the oracle.</summary>
internal sealed class JudgementChecks(Site site)
{
    /// <summary>Crossings are rounded to a millisecond, outwards.</summary>
    private const long Tolerance = 2;

    public IEnumerable<Violation> AtTheEnd()
    {
        var now = site.Pump.Now.Milliseconds;
        var truths = SiteOracle.Exposures(Standings(site.Truth), site.Facts.Stored(), now, MayBeLost);
        return [.. Findings(truths), .. Holds(truths)];
    }

    /// <summary>The deciding probes of a place, each with its times in a storage unit.</summary>
    public static IEnumerable<Standing> Standings(SiteTruth truth) =>
        from unit in truth.Units
        from use in unit.Uses
        from probe in use.Probes
        where probe.IsLoad
        group (use, probe) by (Unit: unit.Id, Probe: probe.Probe.ToString()) into standing
        select new Standing(standing.Key.Unit, standing.Key.Probe, Joined(standing));

    private static List<Tenure> Joined(IEnumerable<(Use Use, Mounting Probe)> uses)
    {
        var joined = new List<Tenure>();
        foreach (var (use, probe) in uses.OrderBy(entry => entry.Use.From))
        {
            var tenure = new Tenure(use.From.Milliseconds, use.To.Milliseconds, use.Product, probe.CalibrationMilli);
            if (joined.Count > 0 && joined[^1] is var last && last.To == tenure.From && last with { From = 0, To = 0 } == tenure with { From = 0, To = 0 })
            {
                joined[^1] = last with { To = tenure.To };
            }
            else
            {
                joined.Add(tenure);
            }
        }

        return joined;
    }

    // Rows that perished with a card, or that nothing dates, may be known as lost: then unknown time about them is a ground at once.
    private bool MayBeLost(string probe, long from, long to) => site.Ledger.Committed.Any(row =>
        row.Probe[..row.Probe.IndexOf('/', StringComparison.Ordinal)] == probe[..probe.IndexOf('/', StringComparison.Ordinal)]
        && (site.Ledger.Perished.Contains(row.Epoch) || row.MeasuredAt is null)
        && row.TrueTime.Milliseconds >= from - Limits.UnknownLimit
        && row.TrueTime.Milliseconds <= to + Limits.UnknownLimit);

    private List<FindingRow> Found() => [.. site.Truth.Units.SelectMany(unit => FindingStore.Current(site.Session, new StorageUnitId(unit.Id)))];

    private IEnumerable<Violation> Findings(List<Exposure> truths)
    {
        var left = Found();
        foreach (var truth in truths)
        {
            if (left.Find(found => IsSame(found, truth)) is { } match)
            {
                left.Remove(match);
            }
            else if (truth.IsRequired)
            {
                yield return new Violation("oracle", $"missed: {truth}; found there: {Of(truth)}");
            }
        }

        foreach (var found in left)
        {
            yield return new Violation("oracle", $"without ground: finding {Shown(found)}");
        }
    }

    private string Of(Exposure truth) => string.Join("; ", Found().Where(found => found.Unit.Value == truth.Unit).Select(Shown));

    private static string Shown(FindingRow found) =>
        $"{found.Finding.Id} {found.Unit} {found.Finding.Probe} {FindingWords.Of(found.Finding.Stretch.Side)} [{found.Finding.Stretch.Start}, {found.Finding.Stretch.LastKnown}) {found.Finding.Stretch.EndReason} exposed to {found.Finding.Stretch.ExposureEnd}";

    private static bool IsSame(FindingRow found, Exposure truth)
    {
        var stretch = found.Finding.Stretch;
        return found.Unit.Value == truth.Unit
            && (truth.Probe.Length == 0 || found.Finding.Probe.ToString() == truth.Probe)
            && FindingWords.Of(stretch.Side) == truth.Side
            && IsNear(stretch.Start, truth.Start)
            && (truth.IsOpen ? stretch.ExposureEnd == Instant.End : IsNear(stretch.LastKnown, truth.End) && truth.ExposedTo is { } to && IsNear(stretch.ExposureEnd, to));
    }

    private static bool IsNear(Instant found, decimal truth) => Math.Abs(found.Milliseconds - truth) <= Tolerance;

    private IEnumerable<Violation> Holds(List<Exposure> truths)
    {
        var presences = site.Truth.Stays
            .Where(site.People.HasEntered)
            .Select(stay => new Presence(stay.Unit, stay.Donation, stay.Product, stay.In.Milliseconds, stay.Out?.Milliseconds))
            .ToList();
        var held = HoldStore.Newest(site.Session, int.MaxValue);
        var found = Found();
        foreach (var truth in truths.Where(truth => truth.IsRequired))
        {
            foreach (var (donation, product) in SiteOracle.Touched(Narrowed(truth), presences))
            {
                if (!held.Exists(hold => hold.State == HoldWords.Held && hold.Donation == donation && hold.Product == product && hold.Unit.Value == truth.Unit))
                {
                    yield return new Violation("oracle", $"{donation} {product} is not held, and was inside during {truth}");
                }
            }
        }

        foreach (var hold in held.Where(hold => hold.State == HoldWords.Held && hold.ExposureId is null))
        {
            var finding = found.Find(row => row.Finding.Id == hold.FindingId);
            var truth = finding is null ? null : truths.Find(truth => IsSame(finding, truth));
            if (truth is null)
            {
                yield return new Violation("oracle", $"hold {hold.Id} on {hold.Unit} {hold.Donation} has no ground: finding {hold.FindingId}");
            }
            else if (hold.Kind == HoldWords.BloodUnit && !SiteOracle.Touched(Widened(truth), presences).Contains((hold.Donation, hold.Product)))
            {
                yield return new Violation("oracle", $"{hold.Donation} is held, and was not inside during {truth}");
            }
        }
    }

    // Whoever came or went within the rounding of a crossing may be held or not.
    private static Exposure Narrowed(Exposure truth) =>
        truth.ExposedTo - truth.Start <= 2 * Tolerance ? truth : truth with { Start = truth.Start + Tolerance, ExposedTo = truth.ExposedTo - Tolerance };

    private static Exposure Widened(Exposure truth) => truth with { Start = truth.Start - Tolerance, ExposedTo = truth.ExposedTo + Tolerance };
}
