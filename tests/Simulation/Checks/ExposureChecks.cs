using ColdChain.Core.Exposure;
using ColdChain.Server.Store;
using ColdChain.Tests.Shared.Oracle;

namespace ColdChain.Simulation.Tests.Checks;

/// <summary>What every blood unit went through, as the server adds it up, beside the oracle's reckoning.</summary>
internal sealed class ExposureChecks(Site site)
{
    /// <summary>Each time is rounded at both ends, outwards, to a millisecond.</summary>
    private const decimal TolerancePerPiece = 4;

    public IEnumerable<Violation> AtTheEnd()
    {
        if (site.Server.Running is not { } server)
        {
            return []; // That is said by whoever waits for it.
        }

        var now = site.Pump.Now;
        var probes = SiteOracle.Probes(JudgementChecks.Standings(site.Truth), site.Facts.Stored(), now.Milliseconds).ConvertAll(entry => (entry.Standing.Unit, entry.Probe));
        return
        [
            .. from bloodUnit in site.Truth.Stays.Select(stay => (stay.Donation, stay.Product)).Distinct()
               let stays = ContentsStore.OfBloodUnit(site.Session, bloodUnit.Donation, bloodUnit.Product)
               let presences = stays.ConvertAll(stay => new Presence(stay.Unit.Value, stay.Donation, stay.Product, stay.InAt.Milliseconds, stay.OutAt?.Milliseconds))
               let judged = Core.Exposure.Ledger.Judge(bloodUnit.Product, server.Placements.Of(site.Session, stays, now), now).Allowances
               from violation in Of(bloodUnit, judged, limits => LifeOracle.Beyond(presences, probes, limits, now.Milliseconds))
               select violation,
        ];
    }

    private IEnumerable<Violation> Of((string Donation, string Product) bloodUnit, IReadOnlyList<AllowanceExposure> judged, Func<Limits, Lived> truth)
    {
        var (outside, redLine) = (truth(Limits.Of(bloodUnit.Product)), Limits.RedLineOf(bloodUnit.Product));
        foreach (var violation in Compared(bloodUnit, judged, AllowanceKind.Limits, outside))
        {
            yield return violation;
        }

        if (redLine is null)
        {
            yield break;
        }

        var beyond = truth(redLine);
        foreach (var violation in Compared(bloodUnit, judged, AllowanceKind.RedLine, beyond))
        {
            yield return violation;
        }

        var told = ExposureStore.Current(site.Session, bloodUnit.Donation, bloodUnit.Product).Find(row => row.Allowance.StartsWith("red-line", StringComparison.Ordinal));
        var isHeld = told is not null && HoldStore.OfBloodUnit(site.Session, bloodUnit.Donation, bloodUnit.Product).Exists(hold => hold.ExposureId == told.Id && hold.State == HoldWords.Held);
        if (isHeld != beyond.Known > 0 && !(beyond.Known <= TolerancePerPiece))
        {
            yield return new Violation("oracle", $"{bloodUnit.Donation} {bloodUnit.Product} was beyond the red line for {beyond.Known} ms, and is {(isHeld ? "" : "not ")}held for it");
        }
    }

    private static IEnumerable<Violation> Compared((string Donation, string Product) bloodUnit, IReadOnlyList<AllowanceExposure> judged, AllowanceKind kind, Lived truth)
    {
        var ofKind = judged.Where(exposure => exposure.Allowance.Kind == kind).ToList();
        var total = ofKind.Aggregate(
            (Known: 0m, Possible: 0m),
            (sum, exposure) => (sum.Known + (decimal)exposure.Total.Known.TotalMilliseconds, sum.Possible + (decimal)exposure.Total.Possible.TotalMilliseconds));
        var tolerance = TolerancePerPiece * truth.Pieces;
        if (Math.Abs(total.Known - truth.Known) > tolerance || Math.Abs(total.Possible - truth.Possible) > tolerance)
        {
            yield return new Violation("oracle", $"{bloodUnit.Donation} {bloodUnit.Product} {kind}: known {total.Known} and possible {total.Possible} ms are added up, and {truth.Known:0} and {truth.Possible:0} are true; added are {string.Join(", ", ofKind.SelectMany(exposure => exposure.Times))}");
        }
    }
}
