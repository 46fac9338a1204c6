using System.Globalization;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server.Store;

namespace ColdChain.Server.Reports.Bundle;

/// <summary>
/// What the record store knows of a pack beside its bytes: a line of <c>received.csv</c>. With that and the bytes, the lines of <c>readings.csv</c> can
/// be written again by whoever verifies.
/// </summary>
/// <param name="Number">Its number in the bundle, from 1.</param>
/// <param name="Device">The device that sent it.</param>
/// <param name="Epoch">The epoch under which its readings are kept.</param>
/// <param name="FirstSeq">The first of their numbers.</param>
/// <param name="LastSeq">The last of them.</param>
/// <param name="Taken">Those that count; the others had come before, contradicted what had, or were refused.</param>
/// <param name="Received">When it came.</param>
/// <param name="Lane"><c>live</c> or <c>backfill</c>.</param>
/// <param name="Place">Where its bytes are.</param>
internal sealed record ReceivedPack(int Number, DeviceId Device, string Epoch, long FirstSeq, long LastSeq, SeqRanges Taken, Instant Received, string Lane, PackPlace Place)
{
    /// <summary>The first line of <c>received.csv</c>.</summary>
    public const string Header = $"pack,device,epoch,firstSeq,lastSeq,taken,receivedAt,lane,{PackPlace.Header}";

    /// <summary>The first line of <c>readings.csv</c>.</summary>
    public const string ReadingsHeader = "probe,device,epoch,seq,measuredAt,clock,receivedAt,value,state,fault,taken,pack";

    private const int OwnColumns = 8;

    /// <summary>Its number as it stands in the tables.</summary>
    public string NumberText => Number.ToString("00000", CultureInfo.InvariantCulture);

    public static ReceivedPack Of(int number, PackRow row, PackPlace place) =>
        new(number, row.Device, row.Epoch, row.FirstSeq, row.LastSeq, row.Accepted, row.Received, row.Lane, place);

    /// <summary>Reads a line; null when it is none.</summary>
    public static ReceivedPack? Of(string line)
    {
        var cells = line.Split(',');
        var isOne = cells.Length == OwnColumns + PackPlace.Columns & DeviceId.TryParse(cells.ElementAtOrDefault(1), out var device) & TryNumber(cells[0], out var number)
            & TryNumber(cells.ElementAtOrDefault(3), out var first) & TryNumber(cells.ElementAtOrDefault(4), out var last)
            & SeqRanges.TryParse((cells.ElementAtOrDefault(5) ?? "?").Replace(' ', ','), out var taken) & Instant.TryParse(cells.ElementAtOrDefault(6) ?? "", out var received)
            & PackPlace.TryParse([.. cells.Skip(OwnColumns)], out var place);
        var pack = isOne && number is > 0 and <= BundleLimits.PacksMax && first <= last && last <= WireLimits.IntegerMax ? new ReceivedPack((int)number, device, cells[2], first, last, taken, received, cells[7], place) : null;
        return pack?.Line() == line ? pack : null; // Only one way to write it.
    }

    /// <summary>Its line of <c>received.csv</c>.</summary>
    public string Line() => string.Create(
        CultureInfo.InvariantCulture, $"{NumberText},{Device},{Epoch},{FirstSeq},{LastSeq},{Taken.ToString().Replace(',', ' ')},{Received},{Lane},{Place}");

    /// <summary>The readings in its bytes, each with its key; false with the reason when they are no such pack.</summary>
    public bool TryRead(ReadOnlySpan<byte> bytes, out IReadOnlyList<Core.Readings.Reading> readings, out string error)
    {
        readings = [];
        if (!PackCodec.TryDecode(Device, bytes, out var pack, out error))
        {
            return false;
        }

        // Whoever has no numbers of his own got them from the store, in the order of arrival.
        readings = Epoch == PackStore.ForeignEpoch
            ? [.. pack.Readings.Select((reading, place) => reading with { Key = new ReadingKey(Device, Epoch, FirstSeq + place) })]
            : pack.Readings;
        error = readings[0].Key.Epoch != Epoch || readings[0].Key.Seq != FirstSeq || readings[^1].Key.Seq != LastSeq
            ? $"it holds seq {readings[0].Key.Seq} to {readings[^1].Key.Seq} of epoch {readings[0].Key.Epoch}"
            : "";
        return error.Length == 0;
    }

    /// <summary>The line of <c>readings.csv</c> of one of its readings.</summary>
    /// <param name="reading">The reading, as it is in the pack.</param>
    /// <param name="dating">What the anchors of its device say.</param>
    public string LineOf(Core.Readings.Reading reading, DeviceDating dating)
    {
        var dated = dating.Dated(reading, Received);
        var clock = reading.MeasuredAt is not null ? "own" : dated.MeasuredAt is not null ? "anchor" : "none";
        var state = reading.State switch { true => "on", false => "off", null => "" };
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{reading.Probe},{reading.Key.Device},{reading.Key.Epoch},{reading.Key.Seq},{dated.MeasuredAt},{clock},{Received},{reading.Value},{state},{Cell(reading.Fault)},{(Taken.Contains(reading.Key.Seq) ? "yes" : "no")},{NumberText}");
    }

    // A reason is what a device says: any text.
    private static string Cell(string? text) =>
        text is null ? "" : text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    private static bool TryNumber(string? text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
