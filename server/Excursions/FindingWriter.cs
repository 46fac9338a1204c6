using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Excursions;

/// <summary>Stores the changes of an evaluation with their events and holds, in its transaction.</summary>
internal static class FindingWriter
{
    /// <summary>A finding or condition that became one longer ago than this, by the samples' time, was brought to light by late data.</summary>
    public static readonly TimeSpan LateAfter = FindingRow.LateAfter;

    public static void Apply(
        StoreTransaction transaction, StorageUnitId unit, IReadOnlyList<FindingRow> known, IReadOnlyList<FindingChange> changes, PendingMarks? marks, Instant now)
    {
        // The evaluation names new findings by negative numbers; the store gives them their ids.
        var ids = new Dictionary<long, long>();
        foreach (var change in changes)
        {
            var row = change.IsNew ? Discover(transaction, unit, change, now) : Change(transaction, known, change, ids, marks?.Cause, now);
            ids[change.Finding.Id] = row.Finding.Id;
            HoldSync.Apply(transaction, row, now);
            if (!change.IsGrowth)
            {
                Tell(transaction, change, row, now);
                DecisionStore.Review(transaction, row, null, now);
            }
        }

        ReviewUnchanged(transaction, unit, changes, marks, now);
    }

    // Readings of a time that a decision took for complete are news, also when the finding stays what it was.
    private static void ReviewUnchanged(
        StoreTransaction transaction, StorageUnitId unit, IReadOnlyList<FindingChange> changes, PendingMarks? marks, Instant now)
    {
        if (marks is null)
        {
            return;
        }

        foreach (var row in FindingStore.Touching(transaction, unit, marks.From, marks.To).Where(row => !changes.Any(change => change.Finding.Id == row.Finding.Id)))
        {
            DecisionStore.Review(transaction, row, Instant.Max(marks.From, row.Finding.Stretch.Start), now);
        }
    }

    private static FindingRow Discover(StoreTransaction transaction, StorageUnitId unit, FindingChange change, Instant now) =>
        FindingStore.Insert(transaction, new FindingRow
        {
            Unit = unit,
            Finding = change.Finding,
            DiscoveredAt = now,
            UpdatedAt = now,
            FoundLate = now - change.Finding.AlarmedAt > LateAfter,
            FoundAfter = now - change.Finding.AlarmedAt,
        });

    private static FindingRow Change(
        StoreTransaction transaction, IReadOnlyList<FindingRow> known, FindingChange change, Dictionary<long, long> ids, string? cause, Instant now)
    {
        var before = known.First(row => row.Finding.Id == change.Finding.Id);
        var row = before with
        {
            Finding = change.Finding,
            Status = StatusOf(change.Status),
            SupersededBy = change.SupersededBy is { } heir ? ids.GetValueOrDefault(heir, heir) : null,
            Reason = change.IsGrowth ? before.Reason : ReasonOf(change.Status, cause),
            UpdatedAt = now,
            FoundAfter = change.IsGrowth ? before.FoundAfter : now - ShownAt(before.Finding, change.Finding),
        };
        if (change.IsGrowth)
        {
            FindingStore.Grow(transaction, row);
        }
        else
        {
            FindingStore.Update(transaction, row);
        }

        return row;
    }

    private static Instant ShownAt(Finding before, Finding after) => before.AlarmedAt != after.AlarmedAt
        ? after.AlarmedAt
        : after.Stretch.SettledAt ?? after.Stretch.End ?? after.Stretch.LastKnown;

    private static string StatusOf(FindingStatus status) => status switch
    {
        FindingStatus.Current => FindingWords.Current,
        FindingStatus.Superseded => FindingWords.Superseded,
        FindingStatus.Retracted => FindingWords.Retracted,
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    private static string? ReasonOf(FindingStatus status, string? cause) => status switch
    {
        FindingStatus.Superseded => cause is null
            ? "Later data joined it with an earlier one, which goes on."
            : $"{cause} It is one with an earlier one now, which goes on.",
        FindingStatus.Retracted => cause is null
            ? "Later data showed that the probe was in range, or known, at that time."
            : $"{cause} By that the probe was in range, or known, at that time.",
        _ => cause,
    };

    private static void Tell(StoreTransaction transaction, FindingChange change, FindingRow row, Instant now)
    {
        var stretch = row.Finding.Stretch;
        EventLog.Append(transaction, now, KindOf(change, stretch), row.Unit, $"{row.Finding.Id}", new
        {
            finding = row.Finding.Id,
            version = row.Finding.Version,
            probe = row.Finding.Probe.ToString(),
            side = FindingWords.Of(stretch.Side),
            start = stretch.Start.ToString(),
            alarmedAt = row.Finding.AlarmedAt.ToString(),
            end = stretch.End?.ToString(),
            endReason = stretch.EndReason.ToString(),
            peakCelsius = stretch.Side == Side.Unknown ? null : (decimal?)(stretch.PeakMilli / 1000m),
            row.FoundLate,
            foundAfterSeconds = (long?)row.FoundAfter?.TotalSeconds,
            row.SupersededBy,
            row.Reason,
        });
    }

    private static string KindOf(FindingChange change, Stretch stretch)
    {
        var isUnknown = stretch.Side == Side.Unknown;
        return change.Status switch
        {
            FindingStatus.Superseded => isUnknown ? EventKinds.UnknownTimeSuperseded : EventKinds.ExcursionSuperseded,
            FindingStatus.Retracted => isUnknown ? EventKinds.UnknownTimeRetracted : EventKinds.ExcursionRetracted,
            _ when change.IsNew => isUnknown ? EventKinds.UnknownTimeOpened : EventKinds.ExcursionOpened,
            _ when stretch.SettledAt is not null => isUnknown ? EventKinds.UnknownTimeClosed : EventKinds.ExcursionClosed,
            _ => isUnknown ? EventKinds.UnknownTimeUpdated : EventKinds.ExcursionUpdated,
        };
    }
}
