using System.Text;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;

namespace ColdChain.Core.Tests.Wire;

/// <summary>Every refusal names the thing, the reason and the cure.</summary>
public class PackErrorTests
{
    private const string Good = """{"n":"gw1/load","t":1276020076,"v":4}""";
    private const string Epoch = "00112233445566778899aabbccddeeff";

    [Theory]
    [InlineData("", "the pack is not JSON", "send one whole SenML JSON array")]
    [InlineData("{}", "the pack is StartObject, not an array", "send an array of SenML records")]
    [InlineData("[]", "the pack has no records", "send at least one")]
    [InlineData("[" + Good + "] x", "the pack is not JSON", "send one whole")]
    [InlineData("[" + Good + ",3]", "record 2 is Number, not an object", "send an array of SenML records")]
    [InlineData("""[{"x":[[[[[[[[1]]]]]]]]}]""", "the pack is not JSON", "depth")]
    public void TryDecode_NotAPack_IsRefused(string json, string thingAndReason, string cure) => Refuse(json, thingAndReason, cure);

    [Theory]
    [InlineData("\"v\":4", "record 1 has a name of 0 characters", "name it device/probe")]
    [InlineData("\"n\":\"gw1\",\"v\":4", "has the name 'gw1'", "name it device/probe")]
    [InlineData("\"n\":\"gw1/a b\",\"v\":4", "has the name 'gw1/a b'", "letters, digits")]
    [InlineData("\"n\":\"gw2/a\",\"v\":4", "names device 'gw2' but came on the topic of 'gw1'", "on its own topic")]
    [InlineData("\"n\":7,\"v\":4", "label 'n' is '7', not a text", "send a JSON string")]
    [InlineData("\"n\":\"gw1/\\ud800\",\"v\":4", "label 'n' holds half of a surrogate pair", "send whole characters")]
    [InlineData("\"\\ud800\":7", "a label with half of a surrogate pair", "plain letters")]
    [InlineData("\"n\":\"gw1/a\",\"n\":\"gw1/b\"", "has label 'n' twice", "send each label once")]
    public void TryDecode_BadName_IsRefused(string members, string thingAndReason, string cure) => RefuseRecord(members, thingAndReason, cure);

    [Theory]
    [InlineData("\"v\":\"NaN\"", "label 'v' is the text 'NaN', not a number", "send a JSON number")]
    [InlineData("\"v\":1e308", "label 'v' is '1e308', which is too large", "degrees Celsius")]
    [InlineData("\"v\":-1e99999999999", "too large", "degrees Celsius")]
    [InlineData("\"v\":-273.151", "has the value -273.151", "from -273.15 to 1000000")]
    [InlineData("\"bv\":999999,\"v\":1.001", "has the value 1000000.001", "from -273.15 to 1000000")]
    [InlineData("\"v\":null", "label 'v' is 'null', not a number", "send a JSON number")]
    [InlineData("\"v\":[4]", "label 'v' is an array, not a number", "send a JSON number")]
    [InlineData("\"v\":{}", "label 'v' is an object, not a number", "send a JSON number")]
    [InlineData("\"v\":4,\"u\":\"K\"", "has unit 'K'", "send degrees Celsius")]
    [InlineData("\"v\":4,\"bver\":11", "SenML version 11", "send version 10 or none")]
    [InlineData("\"vb\":1", "label 'vb' is '1', not a state", "send true or false")]
    [InlineData("\"vb\":null", "label 'vb' is 'null', not a state", "send true or false")]
    [InlineData("\"vb\":\"on\"", "label 'vb' is the text 'on', not a state", "send true or false")]
    [InlineData("\"v\":4,\"vb\":true", "has a value v and a state vb", "send one of them")]
    [InlineData("\"vb\":true,\"vs\":\"x\"", "has a state vb and a fault", "send one of them")]
    [InlineData("\"vb\":true,\"vd\":\"AA\"", "has a state vb and a fault", "send one of them")]
    [InlineData("\"bv\":1", "has none of v, vb and vs", "the state of a signal as vb")]
    [InlineData("\"v\":4,\"vs\":\"x\"", "has a value v and a fault", "send one of them")]
    [InlineData("\"v\":4,\"vd\":\"AA\"", "has a value v and a fault", "send one of them")]
    [InlineData("\"vd\":\"AA\"", "has none of v, vb and vs", "send a temperature as v")]
    [InlineData("\"vs\":\"\"", "has a vs of 0 bytes", "1 to 64 characters")]
    [InlineData("\"vs\":\"x\",\"vd\":\"A+/=\"", "has vd 'A+/='", "base64url")]
    public void TryDecode_BadValue_IsRefused(string members, string thingAndReason, string cure) =>
        RefuseRecord($"\"n\":\"gw1/a\",\"t\":1276020076,{members}", thingAndReason, cure);

    [Theory]
    [InlineData("\"v\":4", "has the time 0 s", "seconds since 1970")]
    [InlineData("\"v\":4,\"t\":-60", "has the time -60 s", "relative to now")]
    [InlineData("\"v\":4,\"t\":268435456", "has the time 268435456 s", "above 268435456")]
    [InlineData("\"v\":4,\"t\":253402300800", "has the time 253402300800 s", "before the year 10000")]
    [InlineData("\"v\":4,\"t\":\"now\"", "label 't' is the text 'now'", "JSON number")]
    [InlineData("\"v\":4,\"t\":1276020076,\"clock_\":\"ok\"", "has clock_ 'ok'", "send 'unset'")]
    [InlineData("\"v\":4,\"t\":1276020076,\"clock_\":\"unset\"", "'unset' and the time 1276020076 s", "send the time 268435456")]
    [InlineData("\"v\":4,\"t\":268435456,\"clock_\":\"unset\",\"mono\":1", "without boot and mono", "send both")]
    [InlineData("\"v\":4,\"t\":268435456,\"clock_\":\"unset\",\"boot\":\"b\"", "without boot and mono", "send both")]
    [InlineData("\"v\":4,\"t\":268435456,\"clock_\":\"unset\",\"boot\":\"b\",\"mono\":1", "the pack has no epoch and seq", "set the clock")]
    [InlineData("\"v\":4,\"t\":1276020076,\"mono\":1.5", "label 'mono' is '1.5', not a whole number", "send an integer")]
    [InlineData("\"v\":4,\"t\":1276020076,\"mono\":-1", "label 'mono' is '-1'", "from 0 to 9007199254740991")]
    [InlineData("\"v\":4,\"t\":1276020076,\"q_\":\"bad\"", "has q_ 'bad'", "send 'good'")]
    [InlineData("\"v\":4,\"t\":1276020076,\"cal_\":1", "has label 'cal_', which must be understood and is not", "leave it out")]
    [InlineData("\"v\":4,\"t\":1276020076,\"\\u0063al_\":1", "has label 'cal_'", "leave it out")]
    public void TryDecode_BadTimeOrQuality_IsRefused(string members, string thingAndReason, string cure) =>
        RefuseRecord($"\"n\":\"gw1/a\",{members}", thingAndReason, cure);

    [Theory]
    [InlineData("\"epoch\":\"" + Epoch + "\"", "", "has only one of epoch and seq", "send both")]
    [InlineData("\"seq\":1", "", "has only one of epoch and seq", "send both")]
    [InlineData("\"epoch\":\"AA\",\"seq\":1", "", "has epoch 'AA'", "32 lower-case hexadecimal digits")]
    [InlineData("\"epoch\":\"00112233445566778899AABBCCDDEEFF\",\"seq\":1", "", "has epoch", "32 lower-case hexadecimal digits")]
    [InlineData("\"epoch\":\"" + Epoch + "\",\"seq\":0", "", "has seq 0", "number readings from 1")]
    [InlineData("\"epoch\":\"" + Epoch + "\",\"seq\":9007199254740991", "", "has seq 9007199254740991", "number readings from 1")]
    [InlineData("\"epoch\":\"" + Epoch + "\",\"seq\":5", "\"seq\":7", "record 2 has seq 7, which does not continue", "one after another")]
    [InlineData("\"epoch\":\"" + Epoch + "\",\"seq\":5", "\"epoch\":\"ff\"", "record 2 has epoch 'ff'", "one epoch in one pack")]
    [InlineData("", "\"seq\":1", "record 2 has seq 1, which does not continue", "or only the first")]
    [InlineData("\"boot\":\"12345678901234567890123456789012345678901234567890123456789012345\"", "", "has a boot of 65 characters", "at most 64")]
    public void TryDecode_BadIdentity_IsRefused(string first, string second, string thingAndReason, string cure) =>
        Refuse($"[{Record(first)},{Record(second)}]", thingAndReason, cure);

    [Fact]
    public void TryDecode_SeqAndEpochRestatedInAgreement_IsAccepted()
    {
        var json = $"[{Record($"\"epoch\":\"{Epoch}\",\"seq\":5")},{Record($"\"epoch\":\"{Epoch}\",\"seq\":6")}]";
        PackCodec.TryDecode(new DeviceId("gw1"), Encoding.UTF8.GetBytes(json), out var pack, out var error).Should().BeTrue(error);
        (pack.FirstSeq, pack.LastSeq).Should().Be((5, 6));
    }

    [Fact]
    public void TryDecode_TooMuch_IsRefused()
    {
        var records = string.Join(',', Enumerable.Repeat(Good, WireLimits.RecordsMax + 1));
        Refuse($"[{records}]", "the pack has more than 1000 records", "send fewer");
        Refuse($"[{Good}{new string(' ', WireLimits.BytesMax)}]", "the pack has 65", "send fewer");
    }

    [Theory]
    [InlineData("[{\"a\\u0007\\r\\n_\":1}]", "has label 'a\uFFFD\uFFFD\uFFFD_'")]
    [InlineData("[{\"n\":\"gw1/a\\nb\"}]", "has the name 'gw1/a\uFFFDb'")]
    [InlineData("[{\"n\":\"gw1/a\",\"u\":\"\\u001b[2J\"}]", "has unit '\uFFFD[2J'")]
    public void TryDecode_ControlCharacters_AreNotRepeatedInTheError(string json, string shown) => Refuse(json, shown, "; ");

    [Fact]
    public void TryDecode_LongLineThatIsNoJson_IsNotRepeatedInTheError()
    {
        PackCodec.TryDecode(new DeviceId("gw1"), Encoding.UTF8.GetBytes($"[\nf{new string('x', 60_000)}]"), out _, out var error).Should().BeFalse();
        error.Should().StartWith("the pack is not JSON: 'fxxx").And.EndWith("… (line 2, byte 2); send one whole SenML JSON array (RFC 8428)");
        error.Length.Should().BeLessThan(250);
    }

    [Fact]
    public void TryDecode_NotUtf8_IsRefused()
    {
        PackCodec.TryDecode(new DeviceId("gw1"), [.. "[{\"n\":\""u8, 0xC3, 0x28, .. "\"}]"u8], out _, out var error).Should().BeFalse();
        error.Should().Be("the pack is not UTF-8; send SenML JSON (RFC 8428) in UTF-8");
    }

    private static string Record(string members) => Good.Insert(1, members.Length == 0 ? "" : members + ",");

    private static void RefuseRecord(string members, string thingAndReason, string cure) => Refuse($"[{{{members}}}]", thingAndReason, cure);

    private static void Refuse(string json, string thingAndReason, string cure)
    {
        PackCodec.TryDecode(new DeviceId("gw1"), Encoding.UTF8.GetBytes(json), out var pack, out var error).Should().BeFalse();
        pack.Should().BeNull();
        error.Should().Contain(thingAndReason).And.Contain(cure);
    }
}
