using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;
using ColdChain.Server.Quarantine;
using ColdChain.Server.Store;
using ColdChain.Tests.Shared.Oracle;

namespace ColdChain.Simulation.Tests.Checks;

/// <summary>I7: whoever asks while everything goes wrong never hears "yes", nor sees "in range", of what the truth does not bear out.</summary>
internal sealed class IssueChecks(Site site)
{
    /// <summary>A reading is at most so old when it is said to be of now: the largest gap, and a minute for what was under way.</summary>
    private static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(16);

    /// <summary>How often it was asked, and how often the answer was yes.</summary>
    public (int Asked, int Yes) Count { get; private set; }

    public IEnumerable<Violation> Now()
    {
        if (site.Server.Running is not { } server || site.Server.Process is not { IsAlive: true } process)
        {
            yield break;
        }

        var now = Instant.Now(process.Clock);
        var truths = new Lazy<List<Exposure>>(Truths);
        foreach (var (donation, product) in site.Truth.Stays.Where(stay => stay.In <= site.Pump.Now).Select(stay => (stay.Donation, stay.Product)).Distinct())
        {
            var answer = IssueCheck.Ask(site.Session, server.Fleet.Current, server.Packs, server.Placements, new BloodUnit(donation, product), server.Store.Health, now);
            Count = (Count.Asked + 1, Count.Yes + (answer.Answer == IssueCheck.Yes ? 1 : 0));
            if (answer.Answer == IssueCheck.Yes && Against(truths.Value, donation, product) is { } exposure)
            {
                yield return new Violation("I7", $"{donation} {product} may be issued, it says at {now}, and it was inside during {exposure}");
            }
        }

        foreach (var unit in UnitOverviews.Read(site.Session, server.Fleet.Current, now).Where(unit => unit.State == StorageState.InRange))
        {
            foreach (var violation in Shown(unit.Unit.Id.Value))
            {
                yield return violation;
            }
        }
    }

    private List<Exposure> Truths() => SiteOracle.Exposures(JudgementChecks.Standings(site.Truth), site.Facts.Deliverable(), site.Pump.Now.Milliseconds, (_, _, _) => false);

    private Exposure? Against(List<Exposure> truths, string donation, string product)
    {
        var stays = ContentsStore.OfBloodUnit(site.Session, donation, product);
        var presences = stays.ConvertAll(stay => new Presence(stay.Unit.Value, donation, product, stay.InAt.Milliseconds, stay.OutAt?.Milliseconds));
        var until = (site.Pump.Now - FreshFor).Milliseconds;
        return truths.Find(exposure => exposure.Start <= until && exposure.Side != "unknown" && SiteOracle.Touched(exposure, presences).Any());
    }

    private IEnumerable<Violation> Shown(string unit)
    {
        var stored = site.Facts.Stored().ToList();
        var longAgo = (site.Pump.Now - FreshFor).Milliseconds;
        foreach (var standing in JudgementChecks.Standings(site.Truth).Where(standing => standing.Unit == unit && StoodThere(standing, longAgo)))
        {
            var newest = stored.Where(row => row.Probe == standing.Probe && row.Celsius is not null).MaxBy(row => row.MeasuredAt);
            if (newest?.MeasuredAt is null || newest.MeasuredAt < longAgo)
            {
                yield return new Violation("I7", $"{unit} shows as in range at {site.Pump.Now}, and the newest that the server has of {standing.Probe} is {newest}");
            }
        }
    }

    // One that was put there, or that another use began for, a moment ago need not have told anything yet; one that was taken away never will.
    private bool StoodThere(Standing standing, long longAgo) =>
        standing.Tenures.Any(tenure => tenure.From <= longAgo) && standing.Tenures.Any(tenure => tenure.From <= site.Pump.Now.Milliseconds && site.Pump.Now.Milliseconds < tenure.To);
}
