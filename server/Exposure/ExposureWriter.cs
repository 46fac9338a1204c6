using System.Text.Json;
using ColdChain.Core.Exposure;
using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Server.Store;

namespace ColdChain.Server.Exposure;

/// <summary>Stores what a judgement changes: exposures with their versions, holds and events, in one transaction.</summary>
internal static class ExposureWriter
{
    // Of one that flaps about a limit the earliest times are enough; the amounts are of all.
    private const int TimesMax = 200;

    /// <summary>True when the store says already what the judgement says.</summary>
    public static bool IsUpToDate(StoreSession session, BloodUnitJudgement judgement)
    {
        var current = ExposureStore.Current(session, judgement.Donation, judgement.Product);
        return current.Count == judgement.Exceeded.Count
            && ExposureDeadlineStore.Find(session, judgement.Donation, judgement.Product) == judgement.Deadline
            && judgement.Exceeded.All(item => current.Find(row => row.Allowance == item.Exposure.Key) is { } row && Described(row, item.Exposure, item.Unit) == row);
    }

    public static void Apply(StoreTransaction transaction, IEnumerable<BloodUnitJudgement> judgements, Instant now)
    {
        var events = new ExposureEvents(transaction, now);
        foreach (var judgement in judgements)
        {
            Apply(transaction, judgement, events, now);
        }

        events.Tell();
    }

    private static void Apply(StoreTransaction transaction, BloodUnitJudgement judgement, ExposureEvents events, Instant now)
    {
        var current = ExposureStore.Current(transaction, judgement.Donation, judgement.Product);
        foreach (var (exposure, unit) in judgement.Exceeded)
        {
            if (current.Find(row => row.Allowance == exposure.Key) is { } known)
            {
                Change(transaction, known, Described(known, exposure, unit), events, now);
            }
            else
            {
                Open(transaction, New(judgement, exposure, unit, now), events, now);
            }
        }

        foreach (var gone in current.Where(row => judgement.Exceeded.All(item => item.Exposure.Key != row.Allowance)))
        {
            Retract(transaction, gone, events, now);
        }

        ExposureDeadlineStore.Set(transaction, judgement.Donation, judgement.Product, judgement.Deadline);
    }

    private static ExposureRow New(BloodUnitJudgement judgement, AllowanceExposure exposure, StorageUnitId unit, Instant now) => Described(
        new ExposureRow
        {
            Donation = judgement.Donation,
            Product = judgement.Product,
            Unit = unit,
            Allowance = exposure.Key,
            Verdict = "",
            OnlyPossible = false,
            Since = now,
            Detail = "",
            DiscoveredAt = now,
            UpdatedAt = now,
        },
        exposure,
        unit);

    private static ExposureRow Described(ExposureRow row, AllowanceExposure exposure, StorageUnitId unit) => row with
    {
        Unit = unit,
        Verdict = exposure.Verdict == Verdict.DiscardProposed ? ExposureWords.DiscardProposed : ExposureWords.Hold,
        OnlyPossible = exposure.IsOnlyPossible,
        Since = exposure.Times.Where(time => time.IsKnown || exposure.IsOnlyPossible).Min(time => time.Time.Start),
        Detail = DetailOf(exposure),
    };

    private static void Open(StoreTransaction transaction, ExposureRow row, ExposureEvents events, Instant now)
    {
        var opened = ExposureStore.Insert(transaction, row);
        var hold = HoldStore.TryPlace(transaction, new HoldRow
        {
            Kind = HoldWords.BloodUnit,
            Unit = opened.Unit,
            Donation = opened.Donation,
            Product = opened.Product,
            ExposureId = opened.Id,
            Since = opened.Since,
            PlacedAt = now,
            StateAt = now,
        }) ?? throw new InvalidOperationException($"The new exposure {opened.Id} had a hold already.");
        events.Add(EventKinds.ExposureOpened, opened);
        events.Add(EventKinds.HoldPlaced, hold);
    }

    private static void Change(StoreTransaction transaction, ExposureRow before, ExposureRow after, ExposureEvents events, Instant now)
    {
        if (after == before)
        {
            return;
        }

        if ((after.Verdict, after.OnlyPossible, after.Since, after.Unit) == (before.Verdict, before.OnlyPossible, before.Since, before.Unit))
        {
            ExposureStore.Grow(transaction, after with { UpdatedAt = now });
            events.AddGrowth(after, CountedAmounts.Of(before) != CountedAmounts.Of(after));
            return;
        }

        events.Add(EventKinds.ExposureChanged, ExposureStore.Update(transaction, after with { UpdatedAt = now }));
        if (HoldStore.OfExposure(transaction, after.Id) is { } hold && hold.Since != after.Since)
        {
            HoldStore.Date(transaction, hold, after.Since);
        }
    }

    private static void Retract(StoreTransaction transaction, ExposureRow row, ExposureEvents events, Instant now)
    {
        var retracted = ExposureStore.Update(transaction, row with
        {
            Status = ExposureWords.Retracted, Reason = "Later data or entries showed that the allowance was kept.", UpdatedAt = now,
        });
        events.Add(EventKinds.ExposureRetracted, retracted);
        if (HoldStore.OfExposure(transaction, row.Id) is { State: HoldWords.Held } hold)
        {
            events.Add(EventKinds.HoldGroundRemoved, HoldStore.Move(transaction, hold, HoldWords.GroundRemoved, now));
        }
    }

    private static string DetailOf(AllowanceExposure exposure) => JsonSerializer.Serialize(
        new
        {
            longestSeconds = new[] { exposure.Longest.Known.TotalSeconds, exposure.Longest.Possible.TotalSeconds },
            totalSeconds = new[] { exposure.Total.Known.TotalSeconds, exposure.Total.Possible.TotalSeconds },
            occasions = new[] { exposure.Occasions.Known, exposure.Occasions.Possible },
            maxSingleSeconds = exposure.Allowance.MaxSingle?.TotalSeconds,
            maxTotalSeconds = exposure.Allowance.MaxTotal?.TotalSeconds,
            exposure.Allowance.MaxCount,
            lowestCelsius = exposure.Lowest?.ToDegrees(),
            highestCelsius = exposure.Highest?.ToDegrees(),
            pack = exposure.Allowance.Pack.Id,
            packVersion = exposure.Allowance.Pack.Version,
            packHash = exposure.Allowance.Pack.Hash,
            isUnverified = exposure.IsUnverified,
            times = exposure.Times.Take(TimesMax).Select(time => new { start = time.Time.Start.ToString(), end = time.Time.End.ToString(), unit = time.Unit?.Value, time.IsKnown }),
        },
        JsonSerializerOptions.Web);
}

/// <summary>The amounts in the detail of an exposure: by these it is counted otherwise than before, and not by a pack that cites them anew.</summary>
internal readonly record struct CountedAmounts(string Longest, string Total, string Occasions)
{
    public static CountedAmounts Of(ExposureRow row)
    {
        using var detail = JsonDocument.Parse(row.Detail);
        return new(Text("longestSeconds"), Text("totalSeconds"), Text("occasions"));

        string Text(string name) => detail.RootElement.GetProperty(name).GetRawText();
    }
}
