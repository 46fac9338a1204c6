using System.Text;
using FsCheck;
using FsCheck.Fluent;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;

namespace ColdChain.Core.Tests.Wire;

public class ControlCodecTests
{
    private const string E = "00112233445566778899aabbccddeeff";
    private const string Heartbeat =
        "\"epoch\":\"" + E + "\",\"boot\":\"b\",\"mono\":1,\"lastSeq\":1,\"oldestUnacked\":0,\"unacked\":0,\"outboxFreeBytes\":1,\"software\":\"s\"";

    [Fact]
    public void Ack_Any_SurvivesTheWire() => Prop.ForAll(Some.Acks.ToArbitrary(), ack =>
    {
        ControlCodec.TryDecodeAck(ControlCodec.EncodeAck(ack), out var decoded, out var error).Should().BeTrue(error);
        decoded.Should().BeEquivalentTo(ack, Exactly);
        decoded.Ranges.Should().Be(ack.Ranges);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Status_Any_SurvivesTheWire() => Prop.ForAll(Some.Statuses.ToArbitrary(), status =>
    {
        ControlCodec.TryDecodeStatus(ControlCodec.EncodeStatus(status), out var decoded, out var error).Should().BeTrue(error);
        decoded.Should().BeEquivalentTo(status, Exactly);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Ack_WrittenForm_IsTheDocumentedOne()
    {
        var ack = new Ack("s1", E, 4, SeqRanges.Of(6, 9).Add(12, 12), [new RefusedReading(5, "no such probe")], "");
        Encoding.UTF8.GetString(ControlCodec.EncodeAck(ack)).Should().Be(
            """{"store":"s1","epoch":"00112233445566778899aabbccddeeff","upTo":4,"ranges":"6-9,12","refused":[{"seq":5,"reason":"no such probe"}],"head":""}""");
    }

    [Fact]
    public void Ack_WithASumOfContents_HasTheDocumentedForm()
    {
        var ack = new Ack("s1", E, 4, SeqRanges.Empty, [], "") { Contents = new ContentSum(3, 0xe4ce99ae7ff04604) };
        Encoding.UTF8.GetString(ControlCodec.EncodeAck(ack)).Should().EndWith(""","head":"","sumFrom":3,"sum":"e4ce99ae7ff04604"}""");
    }

    [Fact]
    public void Status_WithAnAnchor_HasTheDocumentedForm()
    {
        var status = new Status(E, null, "b2", 9, 1, 0, 0, 1, "s", [], null)
        {
            Anchors = [new ClockAnchor("b1", 7_200_000, new Instant(1_795_348_800_000), 40)],
        };

        Encoding.UTF8.GetString(ControlCodec.EncodeStatus(status)).Should().EndWith(
            ""","foreignStore":null,"anchors":[{"boot":"b1","mono":7200000,"at":"2026-11-22T12:00:00.000Z","errorMs":40}]}""");
    }

    [Theory]
    [InlineData("""{"boot":"b","mono":1,"at":"2026-11-22T12:00:00","errorMs":0}""", "anchors[0]: at is not an instant; send ISO 8601 with its zone, from 1970 to 9998")]
    [InlineData("""{"boot":"b","mono":1,"at":"9999-11-22T12:00:00Z","errorMs":0}""", "anchors[0]: at is not an instant; send ISO 8601 with its zone, from 1970 to 9998")]
    [InlineData("""{"boot":"b","mono":-1,"at":"2026-11-22T12:00:00Z","errorMs":0}""", "anchors[0]: mono is missing or out of range; send a whole number from 0 to 9007199254740991")]
    [InlineData("""{"boot":"b","mono":1,"at":"2026-11-22T12:00:00Z","errorMs":86400001}""", "anchors[0]: errorMs is missing or out of range; send a whole number from 0 to 86400000")]
    [InlineData("""{"boot":"","mono":1,"at":"2026-11-22T12:00:00Z","errorMs":1}""", "anchors[0]: boot is missing or empty; send a text of 1 to 64 characters")]
    public void Status_AnchorThatIsNone_IsRefusedWithPlaceReasonAndCure(string anchor, string expected)
    {
        ControlCodec.TryDecodeStatus(Encoding.UTF8.GetBytes("{" + Heartbeat + ",\"anchors\":[" + anchor + "]}"), out _, out var error).Should().BeFalse();
        error.Should().EndWith(expected);
    }

    [Fact]
    public void Ack_ReasonTooLong_IsCutAtAWholeCharacter()
    {
        var reason = new string('x', WireLimits.ReasonLengthMax - 1) + "😀";
        var json = ControlCodec.EncodeAck(new Ack("s1", E, 0, SeqRanges.Empty, [new RefusedReading(5, reason)], ""));
        ControlCodec.TryDecodeAck(json, out var ack, out var error).Should().BeTrue(error);
        ack.Refused[0].Reason.Should().Be(new string('x', WireLimits.ReasonLengthMax - 1));
    }

    [Fact]
    public void Ack_OfReasonsThatFillIt_IsStillReadable()
    {
        var refused = Enumerable.Range(1, Ack.RefusedMax).Select(seq => new RefusedReading(seq, new string('é', WireLimits.ReasonLengthMax))).ToList();
        var ack = new Ack("s1", E, 0, SeqRanges.Empty, refused, "");
        ControlCodec.TryDecodeAck(ControlCodec.EncodeAck(ack), out var decoded, out var error).Should().BeTrue(error);
        decoded.Refused.Should().Equal(refused);
    }

    [Fact]
    public void Ack_ThatWouldBeTooLarge_LeavesOutTheOlderRefusals()
    {
        // A control character takes six bytes.
        var refused = Enumerable.Range(1, Ack.RefusedMax).Select(seq => new RefusedReading(seq, new string('\u0001', WireLimits.ReasonLengthMax))).ToList();
        var ack = new Ack("s1", E, 200, SeqRanges.Empty, refused, "");
        ControlCodec.TryDecodeAck(ControlCodec.EncodeAck(ack), out var decoded, out var error).Should().BeTrue(error);
        decoded.Refused.Should().Equal(refused.TakeLast(Ack.RefusedMax / 2));
        decoded.UpTo.Should().Be(200);
    }

    [Fact]
    public void Ack_OptionalMembersAbsentAndUnknownOnesPresent_IsRead()
    {
        ControlCodec.TryDecodeAck(Encoding.UTF8.GetBytes($$"""{"x":[{}],"store":"s1","epoch":"{{E}}","upTo":3}"""), out var ack, out var error).Should().BeTrue(error);
        ack.Should().BeEquivalentTo(new Ack("s1", E, 3, SeqRanges.Empty, [], ""));
    }

    [Theory]
    [InlineData("", "the acknowledgement is not JSON", "write one whole JSON object")]
    [InlineData("[]", "the acknowledgement is Array, not an object", "send a JSON object")]
    [InlineData("{} {}", "the acknowledgement is not JSON", "write one whole JSON object")]
    [InlineData("""{"\ud800":1}""", "holds half of a surrogate pair", "write whole characters")]
    [InlineData("""{"store":"\udc00"}""", "holds half of a surrogate pair", "write whole characters")]
    [InlineData("""{"epoch":"00112233445566778899aabbccddeeff","upTo":3}""", "store is missing or empty", "send a text of 1 to 64 characters")]
    [InlineData("""{"store":7}""", "store is not a text", "send at most 64 characters")]
    [InlineData("""{"store":"s","epoch":"x","upTo":3}""", "epoch is not an epoch", "send 32 lower-case")]
    [InlineData("""{"store":"s","epoch":"00112233445566778899aabbccddeeff","upTo":-1}""", "upTo is missing or out of range", "from 0 to")]
    [InlineData("""{"store":"s","epoch":"00112233445566778899aabbccddeeff","upTo":9007199254740992}""", "upTo is missing or out of range", "to 9007199254740991")]
    [InlineData("""{"store":"s","epoch":"00112233445566778899aabbccddeeff","upTo":1.5}""", "upTo is missing or out of range", "whole number")]
    [InlineData("""{"store":"s","epoch":"00112233445566778899aabbccddeeff","upTo":0,"ranges":"9-5"}""", "ranges is not a list of ranges", "such as 5-9,12")]
    [InlineData("""{"store":"s","epoch":"00112233445566778899aabbccddeeff","upTo":0,"ranges":"1-9223372036854775807"}""", "ranges is not", "ascending")]
    [InlineData("""{"store":"s","epoch":"00112233445566778899aabbccddeeff","upTo":0,"refused":{}}""", "refused is not an array", "at most 100")]
    [InlineData("""{"store":"s","epoch":"00112233445566778899aabbccddeeff","upTo":0,"refused":[4]}""", "refused[0] is Number, not an object", "send a JSON object")]
    [InlineData("""{"store":"s","epoch":"00112233445566778899aabbccddeeff","upTo":0,"refused":[{"seq":0,"reason":"x"}]}""", "refused[0]: seq", "from 1 to")]
    [InlineData("""{"store":"s","epoch":"00112233445566778899aabbccddeeff","upTo":0,"sum":"0000000000000000"}""", "sumFrom is missing or out of range", "from 1 to")]
    [InlineData("""{"store":"s","epoch":"00112233445566778899aabbccddeeff","upTo":0,"sumFrom":1}""", "sum is missing or empty", "send a text")]
    [InlineData("""{"store":"s","epoch":"00112233445566778899aabbccddeeff","upTo":0,"sumFrom":1,"sum":"0000"}""", "sum is not a sum of contents", "16 lower-case hexadecimal digits")]
    public void TryDecodeAck_Bad_NamesThingReasonAndCure(string json, string thingAndReason, string cure)
    {
        ControlCodec.TryDecodeAck(Encoding.UTF8.GetBytes(json), out var ack, out var error).Should().BeFalse();
        ack.Should().BeNull();
        error.Should().Contain(thingAndReason).And.Contain(cure);
    }

    [Fact]
    public void Status_WithoutAWordOfThePreviousOutbox_IsWrittenAndReadAsBefore()
    {
        ControlCodec.TryDecodeStatus(Encoding.UTF8.GetBytes($"{{{Heartbeat}}}"), out var status, out var error).Should().BeTrue(error);

        status.Previous.Should().BeNull();
        Encoding.UTF8.GetString(ControlCodec.EncodeStatus(status)).Should().NotContain("previous");
        var carried = status with { Previous = new PreviousOutbox(E, SeqRanges.Of(3, 9), false) };
        Encoding.UTF8.GetString(ControlCodec.EncodeStatus(carried)).Should().EndWith(",\"previous\":{\"epoch\":\"" + E + "\",\"carried\":\"3-9\",\"unread\":false}}");
    }

    [Theory]
    [InlineData("\"at\":\"2026-11-22T10:30:00\"", "at is not an instant", "with its zone")]
    [InlineData("\"gone\":[{\"from\":5,\"to\":4,\"reason\":\"x\"}]", "gone[0]: to is missing or out of range", "from 5 to")]
    [InlineData("\"previous\":7", "previous is Number, not an object", "send a JSON object")]
    [InlineData("\"previous\":{\"epoch\":\"x\"}", "previous: epoch is not an epoch", "send 32 lower-case")]
    [InlineData("\"previous\":{\"carried\":\"9-5\"}", "previous: carried is not a list of ranges", "such as 5-9,12")]
    [InlineData("\"previous\":{\"unread\":\"yes\"}", "previous: unread is neither true nor false", "send true or false")]
    [InlineData("\"foreignStore\":[]", "foreignStore is not a text", "at most 64")]
    public void TryDecodeStatus_Bad_NamesThingReasonAndCure(string member, string thingAndReason, string cure)
    {
        ControlCodec.TryDecodeStatus(Encoding.UTF8.GetBytes($"{{{Heartbeat},{member}}}"), out _, out var error).Should().BeFalse();
        error.Should().Contain("the heartbeat").And.Contain(thingAndReason).And.Contain(cure);
    }

    [Fact]
    public void TryDecode_CutOrChangedAnywhere_NeverThrows() =>
        Prop.ForAll(Some.Acks.ToArbitrary(), Some.Statuses.ToArbitrary(), Gen.Choose(0, int.MaxValue).ToArbitrary(), (ack, status, random) =>
        {
            var (ackJson, statusJson) = (ControlCodec.EncodeAck(ack), ControlCodec.EncodeStatus(status));
            ControlCodec.TryDecodeAck(ackJson.AsSpan(0, random % ackJson.Length), out _, out _).Should().BeFalse();
            ControlCodec.TryDecodeStatus(statusJson.AsSpan(0, random % statusJson.Length), out _, out _).Should().BeFalse();
            ackJson[random % ackJson.Length] = (byte)((random >> 8) & 255);
            statusJson[random % statusJson.Length] = (byte)((random >> 8) & 255);
            ControlCodec.TryDecodeAck(ackJson, out _, out var ackError).Should().Be(ackError.Length == 0);
            ControlCodec.TryDecodeStatus(statusJson, out _, out var statusError).Should().Be(statusError.Length == 0);
        }).QuickCheckThrowOnFailure();

    private static FluentAssertions.Equivalency.EquivalencyAssertionOptions<T> Exactly<T>(
        FluentAssertions.Equivalency.EquivalencyAssertionOptions<T> options) => options.WithStrictOrdering();
}
