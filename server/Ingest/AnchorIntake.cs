using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Ingest;

/// <summary>
/// Stores what a heartbeat declares of the device's clocks, and has judged again what that dates. A heartbeat repeats its anchors, so one that
/// is refused today, because the server's own clock is behind, is taken when that is right.
/// </summary>
internal static class AnchorIntake
{
    /// <summary>Stores the anchors that are new.</summary>
    /// <returns>The newest measurement of the heartbeat's stream, with what is dated now.</returns>
    public static Instant? Store(
        StoreTransaction transaction, FleetHistory fleet, StreamRow stream, IReadOnlyList<StreamRow> streams, IReadOnlyList<ClockAnchor> anchors, Instant now)
    {
        var latest = stream.LatestAt;
        foreach (var boot in anchors.GroupBy(anchor => anchor.Boot))
        {
            var sound = boot.Where(anchor => anchor.Utc <= now + DeviceDating.AheadMax).ToList();
            if (sound.Count < boot.Count())
            {
                Refuse(transaction, stream.Device, boot.Max(anchor => anchor.Utc), now);
            }

            var before = DeviceDating.Of(transaction, stream.Device);
            var isNew = false;
            sound.ForEach(anchor => isNew |= AnchorStore.TryInsert(transaction, stream.Device, anchor, now));
            if (isNew)
            {
                var change = new DatingChange(stream.Device, boot.Key, before, DeviceDating.Of(transaction, stream.Device));
                latest = Date(transaction, fleet, change, stream with { LatestAt = latest }, streams, now);
                change.Tell(transaction, now);
            }
        }

        return latest;
    }

    private static void Refuse(StoreTransaction transaction, DeviceId device, Instant utc, Instant now)
    {
        if (DeviceCounts.Add(transaction, device, CountedAs.AnchorAhead, 1, now) is { } anchors)
        {
            var reason = $"the device says that it was {utc}, but it is {now} here: set the clock of the device or of the server; it says it again";
            EventLog.Append(transaction, now, EventKinds.AnchorRefused, null, device.Value, new { cause = CountedAs.AnchorAhead, reason, anchors });
        }
    }

    private static Instant? Date(
        StoreTransaction transaction, FleetHistory fleet, DatingChange change, StreamRow stream, IReadOnlyList<StreamRow> streams, Instant now)
    {
        var others = false;
        foreach (var (epoch, at) in change.LatestByEpoch(transaction, now))
        {
            if (epoch == stream.Epoch)
            {
                stream = stream with { LatestAt = Instant.Later(stream.LatestAt, at) };
            }
            else if (streams.FirstOrDefault(other => other.Epoch == epoch) is { } other && Instant.Later(other.LatestAt, at) != other.LatestAt)
            {
                StreamStore.Save(transaction, other with { LatestAt = at });
                others = true; // The order of the outboxes may be another one, and with it what counts as lost.
            }
        }

        if (change.Touched(transaction) is { } touched)
        {
            foreach (var unit in fleet.UnitsOf(change.Device))
            {
                MarkStore.Append(transaction, unit.Id, touched.From, others ? Instant.End : touched.To);
            }
        }

        return stream.LatestAt;
    }
}
