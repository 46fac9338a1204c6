using System.Net;
using ColdChain.Core.Readings;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;

namespace ColdChain.Server.Tests.Dashboard;

/// <summary>Fridge 1 was warm from 7:02 on, and for half an hour; at 8:00 its blood unit went to fridge 2, and at noon all that becomes known.</summary>
public sealed class ExcursionPageTests
{
    private const string Donation = "W000026123456";

    [Fact]
    public async Task Api_NamesWhoHadLeft_AndHowLateItWasFound()
    {
        await using var scene = await FoundAtNoonAsync();
        await using var server = await scene.ServeAsync();

        var answer = await server.GetAsync("/api/v1/excursions/1");

        answer["excursion"]!["foundLate"]!.GetValue<bool>().Should().BeTrue();
        answer["excursion"]!["discoveredAt"]!.GetValue<string>().Should().Be("2026-11-22T12:00:00.000Z");
        answer["versions"]![0]!["foundAfterSeconds"]!.GetValue<decimal>().Should().Be((decimal)(Scene.At("12:00") - Scene.At("07:02")).TotalSeconds);
        var left = answer["left"]!.AsArray().Should().ContainSingle().Subject!;
        (left["donationNumber"]!.GetValue<string>(), left["leftAt"]!.GetValue<string>(), left["wentTo"]!.GetValue<string>())
            .Should().Be((Donation, "2026-11-22T08:00:00.000Z", "fridge-2"));
    }

    [Theory]
    [InlineData("fr", "Excursion n° 1", "Trop chaud", "découverte après coup : 4 h 58 min plus tard (13:00)", "Poches sorties avant la découverte")]
    [InlineData("en", "Excursion no. 1", "Too warm", "found late: 4 h 58 min later (13:00)", "Blood units that had left before it was found")]
    public async Task Page_TellsTheSame(string language, string title, string side, string late, string left)
    {
        await using var scene = await FoundAtNoonAsync();
        await using var server = await scene.ServeAsync();

        var page = await PageAsync(server, $"/excursions/1?lang={language}");

        page.Should().Contain(title).And.Contain(side).And.Contain(late).And.Contain(left);
        page.Should().Contain(Donation).And.Contain("Fridge 2").And.Contain("eu-edqm");
        (await PageAsync(server, $"/units/fridge-1?lang={language}")).Should().Contain($"/excursions/1?lang={language}").And.Contain($"/excursions/1?lang={language}#left-title");
    }

    [Theory]
    [InlineData("2", "Temps inconnu n°")]
    [InlineData("1", "Aucune.")]
    public async Task Page_OfWhatNobodyLeftBefore_SaysSo(string id, string words)
    {
        await using var scene = await SceneFleet.AtNoonAsync();
        await using var server = await scene.ServeAsync();

        (await PageAsync(server, $"/excursions/{id}?lang=fr")).Should().Contain(words);
    }

    [Theory]
    [InlineData("99")]
    [InlineData("one")]
    [InlineData("-1")]
    public async Task Page_OfNoExcursion_IsNotFoundInWords(string id)
    {
        await using var scene = await SceneFleet.AtNoonAsync();
        await using var server = await scene.ServeAsync();

        using var answer = await server.AskAsync($"/excursions/{id}?lang=en");

        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
        WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()).Should().Contain($"No excursion has the number “{id}”.");
    }

    private static async Task<Scene> FoundAtNoonAsync()
    {
        var scene = await Scene.OpenAsync();
        await scene.Write(transaction =>
        {
            ContentsStore.TryLeave(transaction, new StorageUnitId("fridge-1"), Donation, "RBC", Scene.At("08:00"), Scene.At("08:00"));
            ContentsStore.TryEnter(transaction, new ContentsRow(0, new StorageUnitId("fridge-2"), Donation, "RBC", Scene.At("08:05"), null, Scene.At("08:05"), null));
        });
        await scene.MeasureAsync("pi-001/load", "06:00", "07:00", "4");
        await scene.MeasureAsync("pi-001/load", "07:05", "07:30", "9");
        await scene.MeasureAsync("pi-001/load", "07:35", "11:55", "4");
        await scene.JudgeAsync("12:00");
        return scene;
    }

    private static async Task<string> PageAsync(ServedScene server, string path) =>
        WebUtility.HtmlDecode(await (await server.AskAsync(path)).Content.ReadAsStringAsync()).Replace('\u202f', ' ');
}
