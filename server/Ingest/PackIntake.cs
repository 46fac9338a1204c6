using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Ingest;

/// <summary>
/// Stores one pack of a device that keeps an outbox, with all that follows from it, in one transaction: readings not held yet, conflicts,
/// refusals, the marks for the evaluator and the stream. What is held already is not stored again.
/// </summary>
internal sealed class PackIntake(FleetView fleet)
{
    public ReadingCounts Store(StoreTransaction transaction, Arrival arrival)
    {
        var pack = arrival.Pack;
        var streams = StreamStore.OfDevice(transaction, pack.Device);
        var stream = Streams.FindOrStart(transaction, streams, pack.Device, pack.Epoch, arrival.Message.Received);
        var refused = NewlyRefused(arrival, stream);
        var accepted = Accepted(arrival, stream);
        var repeated = pack.Readings.Where(reading => stream.Held.Contains(reading.Key.Seq)).ToList();
        var conflicts = DuplicateCheck.Conflicts(transaction, arrival, repeated);

        var marks = new UnitMarks(fleet.Current);
        var dating = accepted.Exists(reading => reading.MeasuredAt is null) ? DeviceDating.Of(transaction, pack.Device) : null;
        var adrift = AdriftWatch.Of(transaction, pack.Device, dating is not null);
        StorePack(transaction, arrival, accepted, marks, dating);
        Keep(transaction, arrival, stream, conflicts, marks);
        Refusals.Keep(transaction, arrival, refused);
        var left = arrival.LeftToTheDevice.Where(reading => !IsSettled(stream, reading)).ToList();
        TellLeft(transaction, arrival, left);
        marks.Append(transaction);
        OtherKinds.Count(transaction, fleet.Current, accepted, arrival.Message.Received);
        var refusedReadings = refused.ConvertAll(item => item.Reading);
        var latest = accepted.Max(reading => dating?.Dated(reading, arrival.Message.Received).MeasuredAt ?? reading.MeasuredAt);
        var grown = stream.With(Seqs(accepted), latest).WithContents(accepted.Concat(refusedReadings));
        LossWatch.Save(transaction, fleet.Current, streams, grown with
        {
            Refused = stream.Refused.Union(Seqs(refusedReadings)),
        });
        adrift.Mark(transaction, fleet.Current);
        var repeatedAlike = pack.Readings.Count - accepted.Count - refused.Count - conflicts.Count - left.Count;
        var counts = new ReadingCounts(accepted.Count, repeatedAlike, conflicts.Count, refused.Count);
        counts.CountRepeated(transaction, pack.Device, arrival.Message.Received);
        return counts;
    }

    private static List<RefusedSample> NewlyRefused(Arrival arrival, StreamRow stream) =>
        [.. arrival.Refused.Where(item => !IsSettled(stream, item.Reading))];

    private static bool IsSettled(StreamRow stream, Reading reading) => stream.Held.Contains(reading.Key.Seq) || stream.Refused.Contains(reading.Key.Seq);

    private static List<Reading> Accepted(Arrival arrival, StreamRow stream)
    {
        var others = arrival.Refused.Select(item => item.Reading).Concat(arrival.LeftToTheDevice).Select(reading => reading.Key.Seq).ToHashSet();
        return [.. arrival.Pack.Readings.Where(reading => !IsSettled(stream, reading) && !others.Contains(reading.Key.Seq))];
    }

    private static void TellLeft(StoreTransaction transaction, Arrival arrival, List<Reading> left)
    {
        var (device, now) = (arrival.Pack.Device, arrival.Message.Received);
        if (left.Count > 0 && DeviceCounts.Add(transaction, device, CountedAs.ReadingLeft, left.Count, now) is { } readings)
        {
            var reason = $"measured at {left[0].MeasuredAt}, but it is {now} here, and nobody vouches for this clock: set the server's clock; until then the device keeps them";
            EventLog.Append(transaction, now, EventKinds.ReadingLeft, null, device.Value, new { reason, probe = left[0].Probe.ToString(), readings });
        }
    }

    private static void StorePack(StoreTransaction transaction, Arrival arrival, List<Reading> accepted, UnitMarks marks, DeviceDating? dating)
    {
        if (accepted.Count == 0)
        {
            return;
        }

        var id = PackStore.Insert(transaction, new PackRow
        {
            Device = arrival.Pack.Device,
            Epoch = arrival.Pack.Epoch,
            FirstSeq = arrival.Pack.FirstSeq,
            LastSeq = arrival.Pack.LastSeq,
            Accepted = Seqs(accepted),
            MinAt = accepted.Min(reading => reading.MeasuredAt),
            MaxAt = accepted.Max(reading => reading.MeasuredAt),
            Received = arrival.Message.Received,
            Lane = arrival.Message.Kind.ToString().ToLowerInvariant(),
            Bytes = arrival.Message.Payload,
            Sha256 = arrival.Sha256,
        });
        UndatedStore.Insert(transaction, id, accepted);
        foreach (var reading in accepted)
        {
            Mark(marks, reading, dating, arrival.Message.Received);
        }
    }

    private static void Mark(UnitMarks marks, Reading reading, DeviceDating? dating, Instant received)
    {
        if (dating is null || reading.MeasuredAt is not null)
        {
            marks.Add(reading.Probe, reading.MeasuredAt);
            return;
        }

        foreach (var place in dating.PlacesOf(reading, received))
        {
            marks.Add(reading.Probe, place);
        }
    }

    private static void Keep(
        StoreTransaction transaction, Arrival arrival, StreamRow stream, IReadOnlyList<(Reading Held, Reading Other)> conflicts, UnitMarks marks)
    {
        var now = arrival.Message.Received;
        var isNew = conflicts.Where(pair => ConflictStore.TryInsert(transaction, Row(pair.Held, pair.Other, now))).ToList();
        foreach (var (held, other) in isNew)
        {
            marks.Add(held.Probe, held.MeasuredAt);
            marks.Add(other.Probe, other.MeasuredAt);
        }

        if (isNew.Count == 0)
        {
            return;
        }

        if (DeviceCounts.Add(transaction, stream.Device, CountedAs.ReadingConflict, isNew.Count, now) is { } readings)
        {
            var seqs = Seqs(isNew.Select(pair => pair.Other)).ToString();
            var reason = $"reading {ShownText.Of(seqs)} came again with another content: both are kept, and what they claim is unknown; look for a copied memory card";
            EventLog.Append(transaction, now, EventKinds.ReadingConflict, null, stream.Device.Value, new { stream.Epoch, Seqs = seqs, readings, reason });
        }

        CopiedOutbox.TellConflict(transaction, stream, isNew[0].Held, isNew[0].Other, now);
    }

    private static ConflictRow Row(Reading held, Reading other, Instant received) =>
        new(0, held.Key, held.Probe, held.MeasuredAt, Refusals.Alone(held), Refusals.Alone(other), other.MeasuredAt, received);

    private static SeqRanges Seqs(IEnumerable<Reading> readings) => SeqRanges.From(readings.Select(reading => reading.Key.Seq));
}
