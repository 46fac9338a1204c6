using System.Net;
using System.Text.Json;
using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Server.Dashboard;
using ColdChain.Server.Dashboard.Series;
using ColdChain.Server.Store;
using ColdChain.Tests.Shared.Prepared;

namespace ColdChain.Server.Tests.Dashboard;

public sealed class SeriesTests
{
    private static readonly Instant Start = new(1_760_000_000_000);

    [Fact]
    public async Task Series_OverAGap_IsBrokenAndCalledUnknown()
    {
        await using var server = await PreparedServer.StartAsync(PreparedFleet.Out);

        using var series = JsonDocument.Parse(await server.PageAsync("/units/frigo-2/series"));

        var load = series.RootElement.GetProperty("probes").EnumerateArray().Single(probe => probe.GetProperty("role").GetString() == "load");
        var (at, celsius) = (load.GetProperty("at").EnumerateArray().ToList(), load.GetProperty("celsius").EnumerateArray().ToList());
        var broken = celsius.FindIndex(value => value.ValueKind == JsonValueKind.Null);
        (at[broken + 1].GetInt64() - at[broken - 1].GetInt64()).Should().Be(80 * 60_000, "it measured 380 and 300 minutes ago, and not between");
        var unknown = series.RootElement.GetProperty("unknown").EnumerateArray().Should().ContainSingle().Which;
        unknown.GetProperty("from").GetInt64().Should().Be(at[broken - 1].GetInt64());
        unknown.GetProperty("to").GetInt64().Should().Be(at[broken + 1].GetInt64());
    }

    [Fact]
    public async Task Series_WithExcursions_NamesThemAndTheLimits()
    {
        await using var server = await PreparedServer.StartAsync(PreparedFleet.Out);

        using var series = JsonDocument.Parse(await server.PageAsync("/units/frigo-2/series"));

        var findings = series.RootElement.GetProperty("findings").EnumerateArray().ToList();
        findings.Should().HaveCount(2).And.OnlyContain(finding => finding.GetProperty("side").GetString() == "high");
        findings[^1].GetProperty("open").GetBoolean().Should().BeTrue();
        var limits = series.RootElement.GetProperty("limits").EnumerateArray().Should().ContainSingle().Which;
        (limits.GetProperty("low").GetDecimal(), limits.GetProperty("high").GetDecimal()).Should().Be((2m, 6m));
        series.RootElement.GetProperty("zone").GetString().Should().Be("Africa/Casablanca");
    }

    [Fact]
    public async Task Series_OverASpike_LeavesItOutAndTellsWhere()
    {
        await using var server = await PreparedServer.StartAsync(PreparedFleet.Fine with { Load = ago => ago == 200 ? 85_000 : PreparedUnit.Cycle(4_000, ago) });

        using var series = JsonDocument.Parse(await server.PageAsync("/units/frigo-1/series"));

        Highest(series).Should().BeLessThan(6);
        Unjudged(series).Should().HaveCount(2, "the air probe followed").And.AllBeEquivalentTo(("probe-spike", Minutes(server, 200), Minutes(server, 198)));
        (await server.PageAsync("/units/frigo-1/day.svg")).Should().Contain("<rect", "the day line flags it too");
    }

    [Fact]
    public async Task Series_WhoseLastSampleIsInDoubt_EndsBeforeIt()
    {
        await using var server = await PreparedServer.StartAsync(PreparedFleet.Fine with { Load = ago => ago == 0 ? 85_000 : PreparedUnit.Cycle(4_000, ago) });

        using var series = JsonDocument.Parse(await server.PageAsync("/units/frigo-1/series"));

        Highest(series).Should().BeLessThan(6);
        Unjudged(series).Should().HaveCount(2, "the air probe followed").And.OnlyContain(time => time.Kind == "in-doubt" && time.From == Minutes(server, 0));
    }

    [Fact]
    public async Task Series_OverAStuckProbeAndAnAlarmTest_LeavesThemOut()
    {
        await using var server = await PreparedServer.StartAsync(PreparedFleet.Fine with { Load = ago => ago is > 100 and < 130 or > 300 and < 330 ? 9_000 : PreparedUnit.Cycle(4_000, ago) });
        await server.Store.WriteAsync(
            WritePriority.Decision,
            transaction =>
            {
                var (unit, probe) = (new StorageUnitId("frigo-1"), new ProbeId(new DeviceId("pi-frigo-1"), "load"));
                Instant Ago(int minutes) => server.Start - TimeSpan.FromMinutes(minutes);
                WindowStore.Insert(transaction, new WindowRow(0, unit, WindowKinds.AlarmTest, probe, Ago(130), Ago(100), "test", "Amina", Ago(130), null, null));
                ConditionStore.Save(transaction, new ConditionRow
                {
                    Unit = unit, Condition = new(ConditionKind.ProbeStuck, probe, Ago(330), Ago(300), Ago(300)), DiscoveredAt = Ago(300), UpdatedAt = Ago(300),
                });
            },
            CancellationToken.None);

        using var series = JsonDocument.Parse(await server.PageAsync("/units/frigo-1/series"));

        Highest(series).Should().BeLessThan(6);
        Unjudged(series).Select(time => time.Kind).Should().BeEquivalentTo("probe-stuck", "alarm-test");
        series.RootElement.GetProperty("unknown").EnumerateArray().Should().HaveCount(2, "both are longer than the largest gap");
    }

    [Fact]
    public void Offsets_OverAChangeOfClocks_AreTheServersOwn()
    {
        Instant.TryParse("2026-10-24T12:00:00Z", out var from).Should().BeTrue();
        Instant.TryParse("2026-10-25T01:00:00Z", out var change).Should().BeTrue();
        var paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

        ZoneOffsets.Between(paris, from, change + TimeSpan.FromHours(5)).Should()
            .Equal(new ZoneOffset(from.Milliseconds, 120), new ZoneOffset(change.Milliseconds, 60));
    }

    [Theory]
    [InlineData("from=yesterday", "date and time with zone")]
    [InlineData("from=2026-01-01T00:00:00Z&to=2026-03-01T00:00:00Z", "at most 31 days")]
    [InlineData("from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", "lies before")]
    public async Task Series_OfATimeThatCannotBe_IsRefusedWithACure(string query, string reason)
    {
        await using var server = await PreparedServer.StartAsync(PreparedFleet.Fine);

        using var answer = await server.Client.GetAsync(new Uri($"/units/frigo-1/series?{query}", UriKind.Relative));

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).Should().Contain(reason);
    }

    [Fact]
    public void Reduction_OfALongLine_KeepsExtremesEndsAndBreaks()
    {
        var line = Enumerable.Range(0, 100_000).Select(i => new LinePoint(Start + TimeSpan.FromSeconds(i), 4000 + (i % 7))).ToList();
        line[33_333] = line[33_333] with { Milli = 9_999 };
        line[66_666] = line[66_666] with { Milli = 1 };
        line[66_668] = line[66_668] with { Milli = 8_888 };
        line[33_335] = line[33_335] with { Milli = 2 };
        line[50_000] = line[50_000] with { Milli = null };

        var reduced = LineReduction.Reduce(line, 2000);

        reduced.Should().HaveCountLessThanOrEqualTo(2010).And.Contain(line[33_333]).And.Contain(line[66_666])
            .And.Contain(line[66_668], "of a step both stay, the highest after the lowest").And.Contain(line[33_335], "and the lowest after the highest")
            .And.Contain(line[50_000]).And.Contain(line[49_999]).And.Contain(line[50_001]);
        reduced[0].Should().Be(line[0]);
        reduced[^1].Should().Be(line[^1]);
        reduced.Select(point => point.At.Milliseconds).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
    }

    private static decimal Highest(JsonDocument series) => series.RootElement.GetProperty("probes").EnumerateArray()
        .Where(probe => probe.GetProperty("role").GetString() == "load").SelectMany(probe => probe.GetProperty("celsius").EnumerateArray())
        .Where(value => value.ValueKind == JsonValueKind.Number).Max(value => value.GetDecimal());

    private static List<(string? Kind, long From, long To)> Unjudged(JsonDocument series) =>
        [.. series.RootElement.GetProperty("unjudged").EnumerateArray().Select(time => (time.GetProperty("kind").GetString(), time.GetProperty("from").GetInt64(), time.GetProperty("to").GetInt64()))];

    private static long Minutes(PreparedServer server, int ago) => (server.Start - TimeSpan.FromMinutes(ago)).Milliseconds;

    [Fact]
    public void Reduction_OfAShortLine_IsTheLine()
    {
        var line = Enumerable.Range(0, 2000).Select(i => new LinePoint(Start + TimeSpan.FromSeconds(i), i)).ToList();

        LineReduction.Reduce(line, 2000).Should().BeSameAs(line);
    }
}
