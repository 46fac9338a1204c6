using ColdChain.Core.Readings;
using ColdChain.Server.Dashboard.Series;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Ingest;
using ColdChain.Tests.Shared;

namespace ColdChain.Server.Tests.Projections;

/// <summary>A long chart shows the same from InfluxDB as from the record store: lines by the rule of the reduction, unknown time to the millisecond.</summary>
[Trait("Needs", "influxdb")]
public sealed class LongChartTests : IAsyncLifetime
{
    private InfluxServer _influx = null!;
    private LongChart _chart = null!;

    public async Task InitializeAsync()
    {
        _influx = await InfluxServer.StartedAsync();
        _chart = new LongChart(_influx.Options);
    }

    public async Task DisposeAsync()
    {
        await _chart.DisposeAsync();
        await _influx.DisposeAsync();
    }

    [Fact]
    public async Task Chart_OfAWeekWithEverythingInIt_IsTheSameFromBoth()
    {
        await _chart.MeasureAsync(LongChart.At(-1, 20), LongChart.At(1, 5.01));
        await _chart.MeasureAsync(LongChart.At(1, 7.5), LongChart.At(5, 12)); // a gap before
        await _chart.MeasureAsync(LongChart.At(5, 12.3), LongChart.At(6, 22)); // a gap, short; and silence at the end
        await _chart.MeasureAsync(LongChart.At(2, 3) + TimeSpan.FromSeconds(30), 9_800); // a peak of one reading
        await _chart.MeasureAsync(LongChart.At(2, 15), 5_000, Some.OtherEpoch); // contradicts the reading of the same instant
        await _chart.ContradictAsync(LongChart.At(4, 1));
        await _chart.ProjectAsync();
        await _chart.CompareAsync();

        var (fromStore, fromCopy) = (await _chart.FromStoreAsync(), await _chart.FromCopyAsync());

        fromCopy.Source.Copy.Should().Be(CopyState.Good);
        fromCopy.Source.ReachesTo.Should().Be(LongChart.From + LongChart.Length);
        fromStore.Source.Should().Be(new LineSource());
        ShouldBeTheSame(fromCopy, fromStore);
        fromStore.Unknown.Should().HaveCount(5, "two gaps, two contradictions and the silence at the end");
        Highest(fromCopy, LongChart.Load).Should().Be(9_800 - 125, "it is calibrated by the fleet of its own instant");
    }

    [Fact]
    public async Task Chart_OverASpike_HasItInNeither()
    {
        var spike = LongChart.At(2, 3) + TimeSpan.FromSeconds(30);
        await _chart.MeasureAsync(LongChart.From, LongChart.At(7, 0));
        await _chart.MeasureAsync(spike, 85_000);
        await _chart.ProjectAsync();
        await _chart.CompareAsync();
        await _chart.DisbelieveAsync(spike, spike + TimeSpan.FromSeconds(30));

        var (fromStore, fromCopy) = (await _chart.FromStoreAsync(), await _chart.FromCopyAsync());

        fromCopy.Source.Copy.Should().Be(CopyState.Good);
        ShouldBeTheSame(fromCopy, fromStore);
        Highest(fromCopy, LongChart.Load).Should().BeLessThan(6_000, "the copy has the spike, and does not know that it is one");
        fromCopy.Unjudged.Should().ContainSingle().Which.From.Should().Be(spike);
    }

    [Fact]
    public async Task Chart_WithReadingsThatAreNotProjectedYet_HasThemFromTheRecordStore_AndSaysSo()
    {
        await _chart.MeasureAsync(LongChart.From, LongChart.At(6, 20));
        await _chart.ProjectAsync();
        await _chart.CompareAsync();
        await _chart.MeasureAsync(LongChart.At(6, 20), LongChart.At(7, 0));
        await _chart.MeasureAsync(LongChart.At(3, 3) + TimeSpan.FromSeconds(30), 9_800);

        var fromCopy = await _chart.FromCopyAsync();

        fromCopy.Source.ReachesTo.Should().Be(LongChart.At(3, 3) + TimeSpan.FromSeconds(30));
        ShouldBeTheSame(fromCopy, await _chart.FromStoreAsync());
        Highest(fromCopy, LongChart.Load).Should().Be(9_800 - 125);
    }

    [Fact]
    public async Task Chart_OfADayOnWhichInfluxLostAReading_HasTheDayFromTheRecordStore()
    {
        await _chart.MeasureAsync(LongChart.From, LongChart.At(7, 0));
        await _chart.MeasureAsync(LongChart.At(3, 3) + TimeSpan.FromSeconds(30), 9_800);
        await _chart.ProjectAsync();
        await _influx.QueryAsync($"DELETE FROM temperature WHERE time = {(LongChart.At(3, 3) + TimeSpan.FromSeconds(30)).Milliseconds}ms");
        await _chart.CompareAsync();

        var fromCopy = await _chart.FromCopyAsync();

        fromCopy.Source.Copy.Should().Be(CopyState.Good, "the other days are equal");
        Highest(fromCopy, LongChart.Load).Should().Be(9_800 - 125);
        ShouldBeTheSame(fromCopy, await _chart.FromStoreAsync());
    }

    [Fact]
    public async Task Chart_BeforeTheFirstComparison_IsTheRecordStores()
    {
        await _chart.MeasureAsync(LongChart.From, LongChart.At(7, 0));
        await _chart.ProjectAsync();

        await ShouldFallBackAsync(CopyState.Incomplete);
    }

    [Fact]
    public async Task Chart_WhileInfluxLacksMostOfIt_IsTheRecordStores()
    {
        await _chart.MeasureAsync(LongChart.From, LongChart.At(3, 0));
        await _chart.ProjectAsync();
        await _chart.CompareAsync();
        await _chart.MeasureAsync(LongChart.At(3, 0), LongChart.At(7, 0));

        await ShouldFallBackAsync(CopyState.Incomplete);
    }

    [Fact]
    public async Task Chart_WhileInfluxIsDown_IsTheRecordStores()
    {
        await _chart.MeasureAsync(LongChart.From, LongChart.At(7, 0));
        await _chart.ProjectAsync();
        await _chart.CompareAsync();
        (await _chart.FromCopyAsync()).Source.Copy.Should().Be(CopyState.Good);

        await _influx.KillAsync();

        await ShouldFallBackAsync(CopyState.NoAnswer);
    }

    private async Task ShouldFallBackAsync(CopyState state)
    {
        var (fromStore, fromCopy) = (await _chart.FromStoreAsync(), await _chart.FromCopyAsync());

        fromCopy.Source.Should().Be(new LineSource(state));
        fromCopy.Should().BeEquivalentTo(fromStore, options => options.Excluding(series => series.Source).WithStrictOrdering());
    }

    private static void ShouldBeTheSame(UnitSeries copy, UnitSeries store)
    {
        copy.Unknown.Should().Equal(store.Unknown);
        copy.Limits.Should().Equal(store.Limits);
        copy.Probes.Select(probe => (probe.Probe, probe.Role)).Should().Equal(store.Probes.Select(probe => (probe.Probe, probe.Role)));
        foreach (var (fromCopy, fromStore) in copy.Probes.Zip(store.Probes))
        {
            Breaks(fromCopy).Should().Equal(Breaks(fromStore));
            Differences(Steps(fromCopy, copy), Steps(fromStore, copy)).Should().BeEmpty("of each step of {0} the lowest and the highest stay", fromStore.Probe);
            fromCopy.Line.Should().HaveCountLessThan(SeriesReader.PointsMax + 100);
        }
    }

    private static List<Instant> Breaks(ProbeSeries series) => [.. series.Line.Where(point => point.Milli is null).Select(point => point.At)];

    // The drawn steps are a whole number of the copy's: 15 minutes of a week.
    private static List<(Instant Step, int? Lowest, int? Highest)> Steps(ProbeSeries series, UnitSeries drawn)
    {
        var grid = new TimeGrid(drawn.Source.Step!.Value * Math.Ceiling(LineReduction.StepFor(LongChart.Length, SeriesReader.PointsMax) / drawn.Source.Step.Value));
        return [.. series.Line.Where(point => point.Milli is not null)
            .GroupBy(point => grid.StartOf(point.At))
            .Select(step => (step.Key, step.Min(point => point.Milli), step.Max(point => point.Milli)))];
    }

    private static List<string> Differences(List<(Instant Step, int? Lowest, int? Highest)> copy, List<(Instant Step, int? Lowest, int? Highest)> store) =>
        [.. copy.Except(store).Select(step => $"{step} from InfluxDB").Concat(store.Except(copy).Select(step => $"{step} from the record store"))];

    private static int? Highest(UnitSeries series, ProbeId probe) => series.Probes.Single(one => one.Probe == probe).Line.Max(point => point.Milli);
}
