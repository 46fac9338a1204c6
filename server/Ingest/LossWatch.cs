using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Ingest;

/// <summary>
/// Has the storage units of a device judged again when rows turn out to be lost, or to come after all: a new epoch ends an outbox that owes, a
/// heartbeat declares, a lost row arrives. Nobody knows of which probe a lost row was, so it concerns every unit of the device.
/// </summary>
internal static class LossWatch
{
    /// <summary>Saves a stream, with the marks that follow.</summary>
    /// <param name="transaction">The transaction of the message.</param>
    /// <param name="fleet">The fleet in force.</param>
    /// <param name="before">The device's streams as they were.</param>
    /// <param name="stream">One of them as it is now, or a new one.</param>
    public static void Save(StoreTransaction transaction, FleetHistory fleet, IReadOnlyList<StreamRow> before, StreamRow stream)
    {
        StreamStore.Save(transaction, stream);
        if (IsMoreOfTheSame(before, stream))
        {
            return;
        }

        var now = new DeviceStreams([.. before.Where(row => row.Epoch != stream.Epoch), stream]);
        if (ChangedFrom(transaction, new DeviceStreams(before), now) is { } from)
        {
            foreach (var unit in fleet.UnitsOf(stream.Device))
            {
                MarkStore.Append(transaction, unit.Id, from, Instant.End);
            }
        }
    }

    // Nearly always: readings of the newest outbox, of which nothing was lost.
    private static bool IsMoreOfTheSame(IReadOnlyList<StreamRow> before, StreamRow stream) =>
        before.FirstOrDefault(row => row.Epoch == stream.Epoch) is { } known
        && known.Status == stream.Status
        && known.Gone.Equals(stream.Gone)
        && before.All(row => row.Epoch == stream.Epoch || DeviceStreams.TimeOf(row) < DeviceStreams.TimeOf(known));

    // From the last reading before the first row that was lost and is not any more, or the other way round; from the beginning when there is none.
    private static Instant? ChangedFrom(StoreTransaction transaction, DeviceStreams old, DeviceStreams now)
    {
        var (before, after) = (RowsOf(old), RowsOf(now));
        var rows =
            from stream in now.InOrder
            let was = before.GetValueOrDefault(stream.Epoch, SeqRanges.Empty)
            let isNow = after.GetValueOrDefault(stream.Epoch, SeqRanges.Empty)
            let changed = was.Except(isNow).Union(isNow.Except(was))
            where !changed.IsEmpty
            select LossDates.After(transaction, now, stream, changed.Ranges[0].First) ?? Instant.Beginning;
        var unread = Unread(now).Except(Unread(old)).Concat(Unread(old).Except(Unread(now)))
            .Select(epoch => now.InOrder.First(stream => stream.Epoch == epoch).LatestAt ?? Instant.Beginning);
        Instant[] all = [.. rows, .. unread];
        return all.Length == 0 ? null : all.Min();
    }

    private static Dictionary<string, SeqRanges> RowsOf(DeviceStreams streams) => streams.Losses.ToDictionary(loss => loss.Stream.Epoch, loss => loss.Rows);

    private static List<string> Unread(DeviceStreams streams) => [.. streams.Unread.Select(unread => unread.Epoch)];
}
