using System.Globalization;
using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;

namespace ColdChain.Server.Tests.Fleet;

/// <summary>Fridge 2 warms by 1.2 °C an hour since 11:20; its probe is corrected by −0.125 °C.</summary>
public sealed class ForecastsTests
{
    private static readonly StorageUnitId Fridge = new("fridge-2");

    [Fact]
    public async Task Fridge_ThatWarms_IsExpectedAtItsLimit()
    {
        await using var scene = await WarmingAsync("11:55");

        var forecast = Of(scene)!;

        forecast.Trend.PerHour.Should().BeApproximately(1.2, 0.01);
        forecast.Trend.Celsius.Should().BeApproximately(4.575, 0.01);
        forecast.Limit!.Value.Milli.Should().Be(6000);
        (forecast.ReachesAt!.Value - Scene.At("11:55")).TotalMinutes.Should().BeApproximately(73, 4, "a little later than along the line: it slows down towards the room");
    }

    [Fact]
    public async Task Sample_InDoubt_TakesTheForecastAway()
    {
        await using var scene = await WarmingAsync("11:50");
        await scene.MeasureAsync("pi-002/load", "11:55", "11:55", "85");
        await scene.JudgeAsync("11:56");

        Of(scene).Should().BeNull();
    }

    [Fact]
    public async Task Spike_IsLeftOut()
    {
        await using var scene = await WarmingAsync("11:50");
        await scene.MeasureAsync("pi-002/load", "11:52", "11:52", "85");
        await scene.MeasureAsync("pi-002/load", "11:55", "11:55", "4.7");
        await scene.JudgeAsync("12:00");

        Of(scene)!.Trend.PerHour.Should().BeApproximately(1.2, 0.01);
    }

    [Fact]
    public async Task AlarmTest_IsNoTrend()
    {
        await using var scene = await WarmingAsync("11:55");
        await scene.Write(transaction => WindowStore.Insert(transaction, new WindowRow(
            0, Fridge, WindowKinds.AlarmTest, new ProbeId(new DeviceId("pi-002"), "load"), Scene.At("11:20"), Scene.At("12:00"), "test", "Amina", Scene.At("11:20"), null, null)));

        Of(scene).Should().BeNull("nothing that was measured since says anything of the contents");
    }

    [Fact]
    public async Task Silence_TakesTheForecastAway()
    {
        await using var scene = await WarmingAsync("11:55");
        await scene.JudgeAsync("12:20");

        Of(scene).Should().BeNull();
    }

    private static async Task<Scene> WarmingAsync(string until)
    {
        var scene = await Scene.OpenAsync();
        await scene.MeasureAsync("pi-002/load", "06:00", "11:15", "4");
        var celsius = 4.0m;
        for (var at = Scene.At("11:20"); at <= Scene.At(until); at += TimeSpan.FromMinutes(5), celsius += 0.1m)
        {
            var time = at.ToDateTimeOffset().ToString("HH:mm", CultureInfo.InvariantCulture);
            await scene.MeasureAsync("pi-002/load", time, time, celsius.ToString(CultureInfo.InvariantCulture));
        }

        await scene.JudgeAsync("12:00");
        return scene;
    }

    private static Forecast? Of(Scene scene)
    {
        var forecasts = new Forecasts(scene.Packs);
        return scene.Read(session => forecasts.Of(session, UnitOverviews.Read(session, scene.Fleet, Fridge, scene.Clock.Now)!, scene.Clock.Now));
    }
}
