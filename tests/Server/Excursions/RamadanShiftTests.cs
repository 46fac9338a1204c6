using System.Text.Json;
using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;

namespace ColdChain.Server.Tests.Excursions;

/// <summary>
/// In Morocco clocks go back an hour when Ramadan begins and forward when it is over. A fridge there was at 8 °C from half an hour before such a shift
/// to half an hour after it.
/// </summary>
public sealed class RamadanShiftTests
{
    private const string Back2026 = "2026-02-15T02:00:00Z";
    private const string Forward2026 = "2026-03-22T02:00:00Z";
    private const string Back2027 = "2027-02-07T02:00:00Z";
    private const string Forward2027 = "2027-03-14T02:00:00Z";

    private static readonly StorageUnitId Fridge = new("fridge-1");
    private static readonly ProbeId Probe = new(new DeviceId("pi-001"), "load");
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(5);

    [Theory]
    [InlineData(Back2026)]
    [InlineData(Forward2026)]
    [InlineData(Back2027)]
    [InlineData(Forward2027)]
    public async Task Judging_OverAShift_IsThatOfASiteWithoutOne(string instant)
    {
        var shift = At(instant);
        await using var casablanca = await JudgedAsync("Africa/Casablanca", shift);
        await using var utc = await JudgedAsync("UTC", shift);

        var found = casablanca.Read(session => FindingStore.Current(session, Fridge)).Should().ContainSingle("there is no gap").Subject.Finding.Stretch;
        found.Should().BeEquivalentTo(new { Side = Side.High, Start = shift - TimeSpan.FromMinutes(32.5), End = shift + TimeSpan.FromMinutes(32.5), Duration = TimeSpan.FromMinutes(65) });
        casablanca.Read(session => LevelStore.Between(session, Fridge, Instant.Beginning, Instant.End))
            .Should().HaveCount(2, "the third one runs").And.OnlyContain(level => !level.Interval.IsUnknown, "all of the time is known");
        Rows(casablanca).Should().Equal(Rows(utc));
    }

    [Theory]
    [InlineData("2026-02-15T00:00+01:00", "2026-02-16T00:00Z", 25, "60,0")]
    [InlineData("2026-03-22T00:00Z", "2026-03-23T00:00+01:00", 23, "0,60")]
    [InlineData("2027-02-07T00:00+01:00", "2027-02-08T00:00Z", 25, "60,0")]
    [InlineData("2027-03-14T00:00Z", "2027-03-15T00:00+01:00", 23, "0,60")]
    public async Task DayOfAShift_IsShownWithItsHours_UnbrokenAndInLocalTime(string from, string to, int hours, string offsets)
    {
        await using var scene = await JudgedAsync("Africa/Casablanca", At(from) + TimeSpan.FromHours(hours / 2));
        await using var server = await scene.ServeAsync();

        using var answer = await server.AskAsync($"/units/fridge-1/series?from={Uri.EscapeDataString(from)}&to={Uri.EscapeDataString(to)}");
        using var series = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());

        var load = series.RootElement.GetProperty("probes")[0];
        load.GetProperty("celsius").EnumerateArray().Should().OnlyContain(value => value.ValueKind == JsonValueKind.Number, "the line has no break");
        load.GetProperty("at").EnumerateArray().Select(value => new Instant(value.GetInt64())).Count(at => at >= At(from) && at < At(to)).Should().Be(hours * 12);
        series.RootElement.GetProperty("unknown").GetArrayLength().Should().Be(0);
        series.RootElement.GetProperty("offsets").EnumerateArray().Select(offset => offset.GetProperty("minutes").GetInt32())
            .Should().Equal(offsets.Split(',').Select(int.Parse));
    }

    /// <summary>Everything that judging has made, byte for byte.</summary>
    private static List<string> Rows(Scene scene) => scene.Read(session => ((string[])["findings", "finding_versions", "holds", "levels", "exposures", "unit_states", "checkpoints"])
        .SelectMany(table => session.Query($"SELECT * FROM {table} ORDER BY 1, 2", row => $"{table}|{string.Join('|', Enumerable.Range(0, row.FieldCount).Select(column => Text(row.GetValue(column))))}"))
        .ToList());

    private static string Text(object value) => value is byte[] bytes ? Convert.ToHexString(bytes) : $"{value}";

    private static async Task<Scene> JudgedAsync(string zone, Instant middle)
    {
        var (from, to) = (middle - TimeSpan.FromHours(16), middle + TimeSpan.FromHours(16));
        var scene = await Scene.OpenAsync(Fleet(zone, from), start: from);
        var readings = Enumerable.Range(0, (int)((to - from) / Step) + 1).Select(i => (Seq: i + 1, At: from + Step * i)).Select(sample => new Reading
        {
            Key = new ReadingKey(Probe.Device, "0123456789abcdef0123456789abcdef", sample.Seq),
            Probe = Probe,
            MeasuredAt = sample.At,
            Value = Celsius.FromMilli((sample.At - middle).Duration() <= TimeSpan.FromMinutes(30) ? 8000 : 4000),
        });
        foreach (var pack in readings.Chunk(100))
        {
            await scene.DeliverAsync(new Pack(Probe.Device, pack[0].Key.Epoch, pack), pack[^1].MeasuredAt!.Value);
            await scene.JudgeAsync(pack[^1].MeasuredAt!.Value);
        }

        return scene;
    }

    private static Instant At(string text) => Instant.TryParse(text, out var instant) ? instant : throw new FormatException(text);

    private static string Fleet(string zone, Instant from) => $$"""
        sites: [{ id: rabat, name: Rabat, zone: {{zone}} }]
        devices: [{ id: pi-001, site: rabat }]
        storage-units:
          - id: fridge-1
            name: Fridge 1
            site: rabat
            kind: refrigerator
            history: [{ from: {{from}}, rules: eu-edqm, product: RBC, context: storage, probes: [{ id: pi-001/load, role: load }] }]
        contents:
          - { unit: fridge-1, donation: W0000 26 123456 *, product: RBC, in: {{from}} }
        """;
}
