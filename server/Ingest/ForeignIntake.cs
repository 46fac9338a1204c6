using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Ingest;

/// <summary>
/// Stores one pack of a foreign device, which has no epoch and seq. The identity of its readings is the SHA-256 of probe, instant and
/// content: the same reading twice is one. The store numbers the readings of each stored pack in the order of arrival, within
/// the epoch <see cref="PackStore.ForeignEpoch"/>; a repeated one takes a number too and is not accepted, so that the numbers have no hole.
/// </summary>
internal sealed class ForeignIntake(FleetView fleet)
{
    public ReadingCounts Store(StoreTransaction transaction, Arrival arrival)
    {
        var (pack, now) = (arrival.Pack, arrival.Message.Received);
        var refused = arrival.Refused.Select(item => item.Reading).ToHashSet();
        var isNew = pack.Readings.Select(reading => !refused.Contains(reading) && ForeignStore.TryAdd(transaction, Identity(reading))).ToList();
        Refusals.Keep(transaction, arrival, arrival.Refused);
        if (isNew.Contains(true))
        {
            StorePack(transaction, arrival, isNew, Streams.FindOrStart(transaction, StreamStore.OfDevice(transaction, pack.Device), pack.Device, PackStore.ForeignEpoch, now));
        }

        var stored = isNew.Count(value => value);
        var counts = new ReadingCounts(stored, pack.Readings.Count - stored - refused.Count, 0, refused.Count);
        counts.CountRepeated(transaction, pack.Device, now);
        return counts;
    }

    private void StorePack(StoreTransaction transaction, Arrival arrival, List<bool> isNew, StreamRow stream)
    {
        var first = stream.Held.Last + 1;
        var accepted = arrival.Pack.Readings.Where((_, place) => isNew[place]).ToList();
        var numbers = SeqRanges.From(isNew.Index().Where(item => item.Item).Select(item => first + item.Index));
        var (message, last) = (arrival.Message, first + isNew.Count - 1);
        PackStore.Insert(transaction, new PackRow
        {
            Device = message.Device,
            Epoch = PackStore.ForeignEpoch,
            FirstSeq = first,
            LastSeq = last,
            Accepted = numbers,
            MinAt = accepted.Min(reading => reading.MeasuredAt),
            MaxAt = accepted.Max(reading => reading.MeasuredAt),
            Received = message.Received,
            Lane = message.Kind.ToString().ToLowerInvariant(),
            Bytes = message.Payload,
            Sha256 = arrival.Sha256,
        });
        var marks = new UnitMarks(fleet.Current);
        accepted.ForEach(reading => marks.Add(reading.Probe, reading.MeasuredAt));
        marks.Append(transaction);
        OtherKinds.Count(transaction, fleet.Current, accepted, message.Received);
        StreamStore.Save(transaction, stream.With(SeqRanges.Of(first, last), accepted.Max(reading => reading.MeasuredAt)));
    }

    // Probe names hold no line end, so that the parts cannot run into each other.
    private static byte[] Identity(Reading reading) => SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"{reading.Probe}\n{reading.MeasuredAt?.Milliseconds}\n{reading.Value?.Milli}\n{reading.Fault}{StateOf(reading)}")));

    // Nothing for what is no state: the identities of all that came before there were states stay.
    private static string StateOf(Reading reading) => reading.State switch
    {
        true => "\ntrue",
        false => "\nfalse",
        null => "",
    };
}
