using System.Net;
using System.Text.RegularExpressions;
using ColdChain.Server.Store;

namespace ColdChain.Server.Tests.Quarantine;

/// <summary>The pages on which people work on what is held, by their forms and without a script.</summary>
public sealed partial class CasePageTests
{
    private const string Case = "/excursions/1/case";

    [Fact]
    public async Task Story_ByForms_EndsWithASignatureThatShowsAllOfIt()
    {
        await using var staffed = await StaffedScene.OpenAsync();
        await DoAsync(staffed, "tariq", $"{Case}/enter", ("kind", "step"), ("word", "door-closed"), ("note", "It was ajar"));
        await DoAsync(staffed, "tariq", $"{Case}/enter", ("kind", "cause"), ("word", "door-open"), ("note", ""));
        await DoAsync(staffed, "amina", $"{Case}/enter", ("kind", "assessment"), ("word", ""), ("note", "Short, below 10 °C."));
        var holds = Choices(await PageAsync(staffed, "amina", Case));
        holds.Should().HaveCount(2, "the storage unit and its blood unit");
        await DoAsync(staffed, "amina", $"{Case}/propose", [("kind", "release"), ("reason", "As assessed."), .. holds]);

        var own = await SendAsync(staffed, "amina", $"{Case}/sign", [("kind", "release"), ("reason", "As assessed."), ("code", staffed.NextCode()), .. holds]);
        own.Status.Should().Be(HttpStatusCode.Conflict);
        own.Html.Should().Contain("another person must sign");
        var wrong = await SendAsync(staffed, "badr", $"{Case}/sign", [("kind", "release"), ("reason", "Agreed."), ("code", "000000"), .. holds]);
        wrong.Status.Should().Be(HttpStatusCode.Forbidden);
        wrong.Html.Should().Contain("role=\"alert\"");
        await DoAsync(staffed, "badr", $"{Case}/sign", [("kind", "release"), ("reason", "Agreed."), ("code", staffed.NextCode()), .. holds]);

        var page = await PageAsync(staffed, "badr", Case);
        page.Should().Contain("data-signed=\"release\"").And.Contain("Badr B.").And.Contain("Africa/Casablanca").And.Contain("SHA-256").And.Contain("It was ajar");
        Choices(page).Should().BeEmpty();
        (await staffed.IssueCheckAsync()).Should().Be("yes");
    }

    [Fact]
    public async Task Form_OfWhoMayNot_IsNotThere()
    {
        await using var staffed = await StaffedScene.OpenAsync();

        var technician = await PageAsync(staffed, "tariq", Case);
        technician.Should().Contain("name=\"hold\"").And.Contain($"{Case}/propose").And.NotContain($"{Case}/sign");
        var admin = await PageAsync(staffed, "zineb", Case);
        admin.Should().NotContain("name=\"hold\"").And.NotContain($"{Case}/enter");
        using var elsewhere = await (await staffed.BrowserAsync("omar")).Client.GetAsync(new Uri(Case, UriKind.Relative));
        elsewhere.StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Holds_OfTheList_AreReleasedTogetherWhereTheGroundIsGone()
    {
        await using var staffed = await StaffedScene.OpenAsync();
        await staffed.Api.PostAsync("/api/v1/units/fridge-1/contents", new { donation = "=W00002610000300", product = "RBC", @in = "2026-11-22T08:30:00Z" }, 201);
        await staffed.Api.PostAsync("/api/v1/units/fridge-1/contents/leave", new { donation = "=W00002610000300", product = "RBC", @out = "2026-11-22T09:00:00Z" }, 200);
        var list = await PageAsync(staffed, "badr", "/holds?state=ground-removed");
        var gone = Choices(list);
        gone.Should().ContainSingle();

        await DoAsync(staffed, "badr", "/holds/sign", [("kind", "release"), ("reason", "It had left before."), ("code", staffed.NextCode()), .. gone]);

        Choices(await PageAsync(staffed, "badr", "/holds?state=ground-removed")).Should().BeEmpty();
        Choices(await PageAsync(staffed, "badr", "/holds?unit=fridge-1")).Should().HaveCount(2);
        (await PageAsync(staffed, "badr", $"/holds?donation={StaffedScene.Donation}")).Should().Contain(StaffedScene.Donation);
    }

    [Fact]
    public async Task LookBack_ByItsForm_IsFollowedUp()
    {
        await using var staffed = await StaffedScene.OpenAsync();
        await staffed.PostAsync("badr", "/api/v1/holds/decisions", new { kind = "discard", reason = "Warm.", holds = await staffed.SeenAsync("blood-unit"), code = staffed.NextCode() }, 200);
        await staffed.Api.PostAsync("/api/v1/units/fridge-1/contents/leave", new { donation = $"={StaffedScene.Donation}00", product = "RBC" }, 200);
        staffed.Clock.Now += TimeSpan.FromMinutes(1);
        await staffed.DeliverLateAsync("pi-001/load", "09:33", "9");
        (await PageAsync(staffed, "badr", "/look-back")).Should().Contain("data-open").And.Contain("1 open");
        var form = new[] { ("finding", "1"), ("exposure", ""), ("donation", StaffedScene.Donation), ("product", "RBC") };

        var empty = await SendAsync(staffed, "badr", "/look-back", [.. form, ("follow-up", "receiver-informed"), ("note", "")]);
        empty.Status.Should().Be(HttpStatusCode.BadRequest);
        await DoAsync(staffed, "badr", "/look-back", [.. form, ("follow-up", "receiver-informed"), ("note", "Ward 3")]);
        (await staffed.GetAsync("badr", "/api/v1/look-back?open=true")).AsArray().Should().ContainSingle();
        await staffed.PostAsync("badr", "/api/v1/look-back", new { findingId = 1, donation = "=W00002612345600", product = "RBC", followUp = "recalled" }, 201);

        (await staffed.GetAsync("badr", "/api/v1/look-back?open=true")).AsArray().Should().BeEmpty();
        (await PageAsync(staffed, "badr", "/look-back")).Should().Contain("Ward 3").And.Contain("0 open");
        await staffed.PostAsync("badr", "/api/v1/look-back", new { findingId = 1, donation = "=W00002610000100", product = "RBC", followUp = "recalled" }, 404);
        staffed.Events(EventKinds.FollowUpEntered).Should().HaveCount(2).And.OnlyContain(row => row.Who == "person:badr");
    }

    private static async Task<string> PageAsync(StaffedScene staffed, string name, string path)
    {
        var address = $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}lang=en";
        return WebUtility.HtmlDecode(await (await staffed.BrowserAsync(name)).Client.GetStringAsync(new Uri(address, UriKind.Relative)));
    }

    private static async Task DoAsync(StaffedScene staffed, string name, string action, params (string Name, string Value)[] fields)
    {
        var (status, html) = await SendAsync(staffed, name, action, fields);
        status.Should().Be(HttpStatusCode.Found, html);
    }

    private static async Task<(HttpStatusCode Status, string Html)> SendAsync(StaffedScene staffed, string name, string action, params (string Name, string Value)[] fields)
    {
        using var answer = await (await staffed.BrowserAsync(name)).SendAsync("/account", $"{action}?lang=en", fields);
        return (answer.StatusCode, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()));
    }

    private static (string Name, string Value)[] Choices(string html) => [.. Choice().Matches(html).Select(match => ("hold", match.Groups[1].Value))];

    [GeneratedRegex("name=\"hold\" value=\"([^\"]+)\"")]
    private static partial Regex Choice();
}
