using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using ColdChain.Core.Readings;

namespace ColdChain.Core.Wire;

/// <summary>
/// Acknowledgements and heartbeats as JSON objects. Unknown members are skipped, so that an older reader understands a newer writer.
/// Decoding never throws for any content; an error names the member, the reason and the cure. Bounds: <see cref="WireLimits"/>.
/// </summary>
public static class ControlCodec
{
    // Nothing here goes into a web page. The usual encoder writes every letter that is not ASCII in six bytes, so that a message within the
    // bounds would come out beyond them.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// Writes an acknowledgement. A reason longer than <see cref="WireLimits.ReasonLengthMax"/> is cut. When it would be larger than
    /// <see cref="WireLimits.BytesMax"/>, the older half of the refused readings is left out, as often as it takes.
    /// </summary>
    public static byte[] EncodeAck(Ack ack)
    {
        var bytes = WriteAck(ack);
        while (bytes.Length > WireLimits.BytesMax && ack.Refused.Count > 0)
        {
            ack = ack with { Refused = [.. ack.Refused.Skip((ack.Refused.Count + 1) / 2)] };
            bytes = WriteAck(ack);
        }

        return bytes;
    }

    /// <summary>
    /// Reads an acknowledgement; false with an error in words when it is none. <c>ranges</c>, <c>refused</c> and <c>head</c> may be absent
    /// and are then empty; <c>sumFrom</c> and <c>sum</c> may be absent together.
    /// </summary>
    public static bool TryDecodeAck(ReadOnlySpan<byte> json, out Ack ack, out string error) =>
        ControlReader.TryRead(json, "acknowledgement", ReadAck, out ack, out error);

    /// <summary>Writes a heartbeat. A reason longer than <see cref="WireLimits.ReasonLengthMax"/> is cut.</summary>
    public static byte[] EncodeStatus(Status status) => Write(json =>
    {
        json.WriteString("epoch"u8, status.Epoch);
        json.WriteString("at"u8, status.At);
        json.WriteString("boot"u8, status.Boot);
        json.WriteNumber("mono"u8, status.Mono);
        json.WriteNumber("lastSeq"u8, status.LastSeq);
        json.WriteNumber("oldestUnacked"u8, status.OldestUnacked);
        json.WriteNumber("unacked"u8, status.Unacked);
        json.WriteNumber("outboxFreeBytes"u8, status.OutboxFreeBytes);
        json.WriteString("software"u8, status.Software);
        json.WriteStartArray("gone"u8);
        foreach (var gone in status.Gone)
        {
            json.WriteStartObject();
            json.WriteNumber("from"u8, gone.From);
            json.WriteNumber("to"u8, gone.To);
            json.WriteString("reason"u8, Cut(gone.Reason));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("foreignStore"u8, status.ForeignStore);
        if (status.Previous is { } previous)
        {
            json.WriteStartObject("previous"u8);
            json.WriteString("epoch"u8, previous.Epoch);
            json.WriteString("carried"u8, previous.Carried.ToString());
            json.WriteBoolean("unread"u8, previous.Unread);
            json.WriteEndObject();
        }

        WriteAnchors(json, status.Anchors);
    });

    /// <summary>
    /// Reads a heartbeat; false with an error in words when it is none. <c>at</c>, <c>foreignStore</c>, <c>gone</c>, <c>previous</c> and
    /// <c>anchors</c> may be absent.
    /// </summary>
    public static bool TryDecodeStatus(ReadOnlySpan<byte> json, out Status status, out string error) =>
        ControlReader.TryRead(json, "heartbeat", ReadStatus, out status, out error);

    /// <summary>Writes whether light and sound are to be on at a site.</summary>
    public static byte[] EncodeAlarm(SiteAlarm alarm) => Write(json =>
    {
        json.WriteString("at"u8, alarm.At);
        json.WriteBoolean("on"u8, alarm.IsOn);
        json.WriteNumber("incidents"u8, alarm.Incidents);
    });

    /// <summary>Reads it; false with an error in words when it is none.</summary>
    public static bool TryDecodeAlarm(ReadOnlySpan<byte> json, out SiteAlarm alarm, out string error) =>
        ControlReader.TryRead(json, "alarm", members => new SiteAlarm(members.OptionalInstant("at") ?? "", members.Flag("on"), members.Integer("incidents", 0)), out alarm, out error);

    // Left out when there are none, as a device of the version before writes it.
    private static void WriteAnchors(Utf8JsonWriter json, IReadOnlyList<ClockAnchor> anchors)
    {
        if (anchors.Count == 0)
        {
            return;
        }

        json.WriteStartArray("anchors"u8);
        foreach (var anchor in anchors)
        {
            json.WriteStartObject();
            json.WriteString("boot"u8, anchor.Boot);
            json.WriteNumber("mono"u8, anchor.Mono);
            json.WriteString("at"u8, anchor.Utc.ToString());
            json.WriteNumber("errorMs"u8, anchor.ErrorMs);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static byte[] WriteAck(Ack ack) => Write(json =>
    {
        json.WriteString("store"u8, ack.Store);
        json.WriteString("epoch"u8, ack.Epoch);
        json.WriteNumber("upTo"u8, ack.UpTo);
        json.WriteString("ranges"u8, ack.Ranges.ToString());
        json.WriteStartArray("refused"u8);
        foreach (var refused in ack.Refused)
        {
            json.WriteStartObject();
            json.WriteNumber("seq"u8, refused.Seq);
            json.WriteString("reason"u8, Cut(refused.Reason));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("head"u8, ack.Head);
        if (ack.Contents is { } contents)
        {
            json.WriteNumber("sumFrom"u8, contents.From);
            json.WriteString("sum"u8, contents.ToHex());
        }
    });

    private static Ack ReadAck(ControlReader members) => new(
        members.Text("store", WireLimits.NameLengthMax),
        members.Epoch("epoch"),
        members.Integer("upTo", 0),
        members.Ranges("ranges"),
        members.List("refused", Ack.RefusedMax, ReadRefused),
        members.OptionalText("head", WireLimits.FrameLengthMax) ?? "")
    {
        Contents = members.OptionalSum("sumFrom", "sum"),
    };

    private static RefusedReading ReadRefused(ControlReader members) =>
        new(members.Integer("seq", 1), members.Text("reason", WireLimits.ReasonLengthMax));

    private static Status ReadStatus(ControlReader members) => new(
        members.Epoch("epoch"),
        members.OptionalInstant("at"),
        members.Text("boot", WireLimits.NameLengthMax),
        members.Integer("mono", 0),
        members.Integer("lastSeq", 0),
        members.Integer("oldestUnacked", 0),
        members.Integer("unacked", 0),
        members.Integer("outboxFreeBytes", 0),
        members.Text("software", WireLimits.NameLengthMax),
        members.List("gone", WireLimits.GoneMax, ReadGone),
        members.OptionalText("foreignStore", WireLimits.NameLengthMax),
        members.Optional("previous", ReadPrevious))
    {
        Anchors = members.List("anchors", WireLimits.AnchorsMax, ReadAnchor),
    };

    private static ClockAnchor ReadAnchor(ControlReader members) => new(
        members.Text("boot", WireLimits.NameLengthMax),
        members.Integer("mono", 0),
        members.StatedInstant("at"),
        members.Integer("errorMs", 0, WireLimits.AnchorErrorMax));

    private static PreviousOutbox ReadPrevious(ControlReader members) =>
        new(members.OptionalEpoch("epoch"), members.Ranges("carried"), members.Flag("unread"));

    private static Gone ReadGone(ControlReader members)
    {
        var from = members.Integer("from", 1);
        return new Gone(from, members.Integer("to", from), members.Text("reason", WireLimits.ReasonLengthMax));
    }

    // A reason is for people; cutting a long one is better than a message that the other side must refuse.
    private static string Cut(string reason)
    {
        const int max = WireLimits.ReasonLengthMax;
        return reason.Length <= max ? reason : reason[..(char.IsHighSurrogate(reason[max - 1]) ? max - 1 : max)];
    }

    private static byte[] Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
