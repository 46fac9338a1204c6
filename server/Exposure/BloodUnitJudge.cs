using ColdChain.Core.Excursions;
using ColdChain.Core.Exposure;
using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Exposure;

/// <summary>What is to be held against a blood unit, and when to look again.</summary>
/// <param name="Donation">The donation.</param>
/// <param name="Product">The product.</param>
/// <param name="Exceeded">The allowances that are exceeded, or may be, each with the storage unit where that happened last.</param>
/// <param name="Deadline">When time alone may change that; null when it does not.</param>
internal sealed record BloodUnitJudgement(
    string Donation, string Product, IReadOnlyList<(AllowanceExposure Exposure, StorageUnitId Unit)> Exceeded, Instant? Deadline);

/// <summary>Judges one blood unit by the ledger, with what the ledger cannot know: what other holds say already, and what is still awaited.</summary>
internal sealed class BloodUnitJudge(Placements placements)
{
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    public BloodUnitJudgement Judge(StoreSession session, string donation, string product, Instant now)
    {
        var stays = ContentsStore.OfBloodUnit(session, donation, product);
        var exposure = Ledger.Judge(product, placements.Of(session, stays, now), now);
        var (exceeded, deadline) = (new List<(AllowanceExposure, StorageUnitId)>(), exposure.NextDeadline);
        foreach (var one in exposure.Allowances.Where(one => one.Verdict >= Verdict.Hold && !IsSaidByExcursions(session, one)))
        {
            if (one.IsOnlyPossible && AwaitedUntil(session, one, now) is { } until)
            {
                deadline = Instant.Earlier(deadline, until);
                continue;
            }

            exceeded.Add((one, one.Times.Select(time => time.Unit).LastOrDefault(unit => unit is not null) ?? stays[^1].Unit)); // What is exceeded has stays.
        }

        return new BloodUnitJudgement(donation, product, exceeded, deadline);
    }

    /// <summary>
    /// True for time outside the limits and no more, when an excursion of its storage unit holds the blood unit for each of the times: one ground
    /// is not said twice. It is not when the storage unit was judged by wider limits.
    /// </summary>
    private static bool IsSaidByExcursions(StoreSession session, AllowanceExposure one) =>
        one is { Allowance.Kind: AllowanceKind.Limits, IsOnlyPossible: false }
        && !(one.Longest.Known > one.Allowance.MaxSingle)
        && one.Times.Where(time => time.IsKnown).All(time => FindingStore.Touching(session, time.Unit!.Value, time.Time.Start, time.Time.End) // What is known was somewhere.
            .Exists(row => row.Finding.Stretch is { Side: not Side.Unknown, IsGroundToHold: true } && row.Finding.Stretch.Start <= time.Time.End && time.Time.Start <= row.Finding.Stretch.ExposureEnd));

    /// <summary>
    /// When to look again at what rests on unknown time only, since its explanation may be about to arrive, or the storage unit has yet to be
    /// judged up to now; null when nothing is awaited.
    /// </summary>
    private static Instant? AwaitedUntil(StoreSession session, AllowanceExposure one, Instant now)
    {
        Instant? until = null;
        foreach (var unit in one.Times.Where(time => !time.IsKnown).Select(time => time.Unit).OfType<StorageUnitId>().Distinct())
        {
            var state = UnitStateStore.Find(session, unit);
            var isBehind = state is null || state.NextDeadline <= now || MarkStore.Pending(session, unit) is not null;
            var next = state?.ExcusedUntil > now ? state.ExcusedUntil.Value + Moment : isBehind ? now + LookAgainAfter : (Instant?)null;
            until = until is null || next > until ? next ?? until : until;
        }

        return until;
    }
}
