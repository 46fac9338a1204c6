using System.Text.Json.Nodes;
using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;

namespace ColdChain.Server.Tests.Excursions;

/// <summary>A declared cause explains why a probe is silent. It never explains a temperature, nor makes a state better.</summary>
public sealed class SilenceCauseTests
{
    private static readonly StorageUnitId Fridge = new("fridge-1");

    [Fact]
    public async Task Probe_SilentWithItsSite_NamesTheSite()
    {
        await using var scene = await SilentAsync(SilenceTold.WithSite, celsius: "4");

        var events = scene.Read(session => EventLog.NewestOfUnit(session, Fridge, 100)).Where(row => row.Kind == EventKinds.ProbeSilent).ToList();

        events.Should().NotBeEmpty();
        events.Select(row => JsonNode.Parse(row.Payload)!["cause"]!.ToJsonString()).Should()
            .AllBe("""{"scope":"site","subject":"rabat","since":"2026-11-22T09:01:00.000Z"}""");
    }

    [Fact]
    public async Task Probe_SilentWhileItsDeviceTalks_HasNoCause()
    {
        await using var scene = await SilentAsync(null, celsius: "4");

        scene.Read(session => EventLog.NewestOfUnit(session, Fridge, 100)).Where(row => row.Kind == EventKinds.ProbeSilent)
            .Should().NotBeEmpty().And.OnlyContain(row => row.Payload.Contains("\"cause\":null"));
    }

    [Theory]
    [InlineData("4", "09:20", "Unverified")]
    [InlineData("9", "09:10", "OutOfRange")]
    public async Task Unit_OfASilentDevice_SaysSo_AndIsNoBetterForIt(string celsius, string at, string state)
    {
        await using var scene = await SilentAsync(SilenceTold.Itself, celsius, at);

        var overview = scene.Read(session => UnitOverviews.Read(session, scene.Fleet, Fridge, Scene.At(at)))!;

        overview.State.ToString().Should().Be(state);
        overview.Reasons.Should().Contain("Device pi-001 has not been heard since 2026-11-22T09:00:00.000Z.");
    }

    private static async Task<Scene> SilentAsync(string? told, string celsius, string at = "09:20")
    {
        var scene = await Scene.OpenAsync();
        await scene.MeasureAsync("pi-001/load", "06:00", "08:55", "4");
        await scene.MeasureAsync("pi-001/load", "09:00", "09:00", celsius);
        await scene.MeasureAsync("pi-001/air", "06:00", "09:00", "4");
        await scene.JudgeAsync("09:00");
        if (told is not null)
        {
            await scene.Write(transaction =>
            {
                SilenceStore.Save(transaction, new SilenceRow(SilenceScope.Device, "pi-001", "rabat", Scene.At("09:00"), Scene.At("09:03"), told, null));
                if (told == SilenceTold.WithSite)
                {
                    SilenceStore.Save(transaction, new SilenceRow(SilenceScope.Site, "rabat", "rabat", Scene.At("09:01"), Scene.At("09:04"), SilenceTold.Itself, null));
                }
            });
        }

        await scene.JudgeAsync(at);
        return scene;
    }
}
