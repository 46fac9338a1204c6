using ColdChain.Core.Readings;
using ColdChain.Edge.Sensors.Replay;
using ColdChain.Edge.Tests.Support;
using ColdChain.Tests.Shared;

namespace ColdChain.Edge.Tests.Sensors;

public sealed class RecordingTests : IDisposable
{
    private const string TagHeader =
        "Device: Q-tag Fridge-tag 2 L\r\nConf:\r\n Zone: 0.00\r\n Temp unit: C\r\nData:\r\n\tyyyy-MM-dd hh:mm\tT\tOut of limits\r\n";

    private readonly TempFolder _folder = new();

    [Fact]
    public void Csv_WithZones_IsReadInUtc()
    {
        var samples = Recording.Read(
            _folder.Write("r.csv", "time,celsius\n2026-11-22T12:00:00Z,4.25\n2026-11-22T13:05:00+01:00,\n2026-11-22T12:10:00.500Z,-30\n"));

        samples.Should().Equal(
            new RecordedSample(Some.Noon, Celsius.FromMilli(4250)),
            new RecordedSample(Some.Noon + TimeSpan.FromMinutes(5), null),
            new RecordedSample(Some.Noon + TimeSpan.FromSeconds(600.5), Celsius.FromMilli(-30_000)));
    }

    [Theory]
    [InlineData("time;celsius\n", "line 1", "begins no known form", "'time,celsius'")]
    [InlineData("", "line 1", "begins no known form", "'time,celsius'")]
    [InlineData("time,celsius\n2026-11-22T12:00:00,4\n", "line 2", "not a time with its zone", "2026-11-22T10:30:00Z")]
    [InlineData("time,celsius\n2026-11-22T12:00:00Z,4,5\n", "line 2", "3 field(s)", "one comma")]
    [InlineData("time,celsius\n2026-11-22T12:00:00Z,warm\n", "line 2", "'warm' is not a temperature", "with a point")]
    [InlineData("time,celsius\n2026\u001b,4\n", "line 2", "'2026\uFFFD' is not a time with its zone", "2026-11-22T10:30:00Z")]
    [InlineData("time,celsius\n2026-11-22T12:00:00Z,NaN\n", "line 2", "'NaN' is not a temperature", "with a point")]
    [InlineData("time,celsius\n2026-11-22T12:00:00Z,4\n2026-11-22T12:00:00Z,4\n", "line 3", "does not come after", "sort the lines")]
    [InlineData("time,celsius\n1970-01-01T00:00:00Z,4\n", "line 2", "cannot be sent", "correct the year")]
    [InlineData(TagHeader + "\t2022-05-02 04:44\t26.3\ty\r\n", "line 7", "at most an x", "export")]
    [InlineData(TagHeader + "\t2022-05-32 04:44\t26.3\r\n", "line 7", "not a date and time", "2022-05-02 04:44")]
    [InlineData(TagHeader + "\t2022-05-02 04:44\t26,3\r\n", "line 7", "not a temperature", "point")]
    [InlineData("Device: x\nTemp unit: C\nData:\n", "line 2", "no line 'Zone:'", "export")]
    [InlineData("Device: x\nZone: 5.30\nTemp unit: C\nData:\n", "line 2", "not a whole number of hours", "UTC")]
    [InlineData("Device: x\nZone: 0.00\nTemp unit: F\nData:\n", "line 3", "'F' is not C", "Celsius")]
    [InlineData("Device: x\nZone: 0.00\n", "line 2", "no line 'Data:'", "export")]
    public void BadFile_IsRefusedWithLineReasonAndCure(string content, string line, string reason, string cure)
    {
        var read = () => Recording.Read(_folder.Write("bad.csv", content));

        read.Should().Throw<RecordingException>().WithMessage($"*bad.csv, {line}: *{reason}*{cure}*");
    }

    [Fact]
    public void FridgeTag_WithAZone_IsReadInUtc_UpToTheSignature()
    {
        var tag = TagHeader.Replace("0.00", "+1.00", StringComparison.Ordinal)
            + "\t2022-05-02 04:44\t26.3\tx\r\n\t2022-05-02 10:36\t-2.0\r\nCert:\r\n\tnot a sample\r\n";

        Recording.Read(_folder.Write("tag.txt", tag)).Should().Equal(
            new RecordedSample(At("2022-05-02T03:44:00Z"), Celsius.FromMilli(26_300)),
            new RecordedSample(At("2022-05-02T09:36:00Z"), Celsius.FromMilli(-2000)));
    }

    [Theory]
    [InlineData("0001-01-01 00:00", "+1.00")]
    [InlineData("9999-12-31 23:59", "-14.00")]
    public void FridgeTag_AtAnEndOfTheCalendar_IsRefusedLikeAnyOtherTime(string time, string zone)
    {
        var tag = $"{TagHeader.Replace("0.00", zone, StringComparison.Ordinal)}\t{time}\t4.2\r\n";

        var read = () => Recording.Read(_folder.Write("tag.txt", tag));

        read.Should().Throw<RecordingException>().WithMessage($"*'{time}' is not a date and time; it must have the form*");
    }

    [Fact]
    [Trait("Needs", "recording")]
    public void FridgeTag_RealExport_HasAllItsSamples()
    {
        File.Exists(FridgeTag.Path).Should().BeTrue("the data folder with the real recording must lie beside the project: {0}", FridgeTag.Path);

        var samples = Recording.Read(FridgeTag.Path);

        samples.Should().Equal(FridgeTag.Read().Samples.Select(sample => new RecordedSample(sample.At, sample.Value))).And.HaveCount(10_653);
        samples[0].Should().Be(new RecordedSample(At("2022-05-02T04:44:00Z"), Celsius.FromMilli(26_300)));
        samples[^1].Should().Be(new RecordedSample(At("2022-06-08T10:11:00Z"), Celsius.FromMilli(5700)));
    }

    public void Dispose() => _folder.Dispose();

    private static Instant At(string text)
    {
        Instant.TryParse(text, out var at).Should().BeTrue();
        return at;
    }
}
