using ColdChain.Core.Readings;
using ColdChain.Server.Projections;
using ColdChain.Server.Tests.Ingest;

namespace ColdChain.Server.Tests.Projections;

public sealed class LineProtocolTests
{
    [Theory]
    [InlineData("4", "4.0")]
    [InlineData("-30.25", "-30.25")]
    [InlineData("0", "0.0")]
    [InlineData("1000000", "1000000.0")]
    [InlineData("4.125", "4.125")]
    public void Temperature_OfAReading_HasADecimalPoint(string celsius, string written) =>
        LineProtocol.LineOf(Some.Reading(17, celsius, at: new Instant(1_767_600_000_123))).Should()
            .Be($"temperature,device=pi-001,probe=load,epoch={Some.Epoch} celsius={written},seq=17i 1767600000123");

    [Theory]
    [InlineData("power-on", "power-on")]
    [InlineData("""said "no" \o/""", """said \"no\" \\o/""")]
    [InlineData("a b,c=d", "a b,c=d")]
    public void Fault_OfAReading_IsAQuotedText(string reason, string written) =>
        LineProtocol.LineOf(Some.Reading(3, at: new Instant(1_767_600_000_000)) with { Value = null, Fault = reason }).Should()
            .Be($"fault,device=pi-001,probe=load,epoch={Some.Epoch} reason=\"{written}\",seq=3i 1767600000000");

    [Theory]
    [InlineData(true, "true")]
    [InlineData(false, "false")]
    public void State_OfASignal_IsABoolean(bool state, string written) =>
        LineProtocol.LineOf(Some.Reading(3, at: new Instant(1_767_600_000_000)) with { Value = null, State = state }).Should()
            .Be($"signal,device=pi-001,probe=load,epoch={Some.Epoch} state={written},seq=3i 1767600000000");

    [Fact]
    public void Tags_WithSignsOfTheFormat_AreEscaped() =>
        LineProtocol.LineOf(Some.Reading(1, "4", epoch: "a b", probe: new ProbeId(new DeviceId("a,b"), "c=d"), at: new Instant(5))).Should()
            .Be(@"temperature,device=a\,b,probe=c\=d,epoch=a\ b celsius=4.0,seq=1i 5");

    [Fact]
    public void Reading_WithoutATrustedInstant_HasNoLine() =>
        LineProtocol.LineOf(Some.Reading(1) with { MeasuredAt = null, Boot = "b", Mono = 1 }).Should().BeNull();

    [Theory]
    [InlineData("{\"error\":\"partial write: field type conflict: … dropped=12\"}", 12)]
    [InlineData("{\"error\":\"unable to parse 'x'\"}", null)]
    public void Refusal_TellsHowManyLinesWereDropped_IfItSays(string answer, int? dropped) =>
        LineRefusal.Of(answer).Dropped.Should().Be(dropped);
}
