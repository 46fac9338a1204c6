using ColdChain.Core.Exposure;
using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Quarantine;

/// <summary>
/// What keeps anybody from saying that a blood unit was well over its whole life: what is not added up yet, time between two stays, and what may
/// have been too much without being held yet.
/// </summary>
internal static class WholeLife
{
    public static IEnumerable<string> Doubts(
        StoreSession session, Placements placements, IReadOnlyList<ContentsRow> stays, bool isHeld, Instant now)
    {
        if (stays.Count == 0)
        {
            yield break;
        }

        var (donation, product) = (stays[0].Donation, stays[0].Product);
        if (stays.Any(stay => ExposureMarkStore.Concerns(session, stay)) || ExposureDeadlineStore.Find(session, donation, product) <= now)
        {
            yield return "What it went through is not added up to now yet. Ask again in a moment.";
        }

        var exposure = Ledger.Judge(product, placements.Of(session, stays, now), now);
        foreach (var doubt in exposure.Doubts)
        {
            yield return doubt;
        }

        // The hold is about to be placed, or waits for data that may be about to arrive; what a person has released is neither.
        var released = Released.Of(session, donation, product);
        if (!isHeld && exposure.Allowances.Any(one => one.Verdict >= Verdict.Hold && !released.Covers(one)))
        {
            yield return "What it went through may be more than its rule allows.";
        }
    }
}
