using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;

namespace ColdChain.Server.Tests.Quarantine;

/// <summary>What goes into a storage unit, out of it, and into another one: by the API, by a scanner, and by a list of another system.</summary>
public sealed class StorageOnHoldTests
{
    private const string Held = "/api/v1/units/fridge-1/contents";
    private const string Free = "/api/v1/units/fridge-2/contents";
    private const string Other = "W000026100001";

    [Fact]
    public async Task StorageUnitOnHold_TakesNothingIn_AndSaysWhereElse()
    {
        await using var scene = await StaffedScene.AfterAnExcursionAsync();
        await using var server = await scene.ServeAsync();

        var refused = await server.PostAsync(Held, new { donation = "=W00002610000300", product = "RBC" }, 409);

        ((string)refused["reason"]!).Should().Contain("fridge-1 is on hold").And.Contain("finding 1");
        ((string)refused["cure"]!).Should().Be("put it into fridge-2");
        (await server.GetAsync(Held)).AsArray().Should().HaveCount(1);
        await server.PostAsync(Free, new { donation = "=W00002610000300", product = "RBC" }, 201);
    }

    [Fact]
    public async Task StorageUnitOnHold_WhatWasInsideBefore_IsAFactAndHeld()
    {
        await using var scene = await StaffedScene.AfterAnExcursionAsync();
        await using var server = await scene.ServeAsync();

        var entered = await server.PostAsync(Held, new { donation = "=W00002610000300", product = "RBC", @in = "2026-11-22T08:30:00Z" }, 201);

        entered["holds"]!.AsArray().Should().ContainSingle();
    }

    [Fact]
    public async Task Move_IntoAStorageUnitOnHold_LeavesItWhereItIs()
    {
        await using var scene = await StaffedScene.AfterAnExcursionAsync();
        await using var server = await scene.ServeAsync();

        await server.PostAsync($"{Free}/move", new { donation = $"={Other}00", product = "RBC", to = "fridge-1" }, 409);
        (await server.GetAsync(Free)).AsArray().Should().ContainSingle(stay => stay!["out"] == null);

        await server.PostAsync($"{Held}/move", new { donation = $"={StaffedScene.Donation}00", product = "RBC", to = "fridge-2" }, 200);
        (await server.GetAsync(Held)).AsArray().Should().BeEmpty();
        (await server.GetAsync(Free)).AsArray().Should().HaveCount(2);
        await server.PostAsync($"{Free}/move", new { donation = $"={Other}00", product = "RBC", to = "fridge-2" }, 400);
    }

    [Fact]
    public async Task List_WithAFaultOnAnyLine_EntersNothingAndNamesAll()
    {
        await using var scene = await StaffedScene.AfterAnExcursionAsync();
        await using var server = await scene.ServeAsync();
        const string list = """
            donation,product,unit
            W000026100003,RBC,fridge-2
            W000026100003,RBC,fridge-2
            W0000261000,RBC,fridge-2
            W000026100005,BEER,fridge-2
            W000026100006,RBC,fridge-9
            W000026100007,RBC
            """;

        var refused = await SendAsync(server, list, 400);

        refused["lines"]!.AsArray().Select(line => ((string)line!)[..7]).Should().Equal("Line 3:", "Line 4:", "Line 5:", "Line 6:", "Line 7:");
        ((string)refused["reason"]!).Should().Contain("nothing was entered");
        (await server.GetAsync(Free)).AsArray().Should().ContainSingle();
        await SendAsync(server, "donation,unit\n1,2", 400);
        (await server.GetAsync(Free)).AsArray().Should().ContainSingle();
    }

    [Fact]
    public async Task List_OfAStorageUnit_IsAllThatIsInside()
    {
        await using var scene = await StaffedScene.AfterAnExcursionAsync();
        await using var server = await scene.ServeAsync();

        var taken = await SendAsync(server, "donation,product,unit\nW000026100003,RBC,fridge-2\nW000026123456,RBC,fridge-2\nW000026100009,RBC,fridge-1\n", 200);

        taken["left"]!.AsArray().Select(stay => $"{stay!["unit"]} {stay["donationNumber"]}").Should().BeEquivalentTo(["fridge-2 W000026100001", "fridge-1 W000026123456"]);
        taken["entered"]!.AsArray().Select(stay => $"{stay!["unit"]} {stay["donationNumber"]}").Should()
            .Equal("fridge-2 W000026100003", "fridge-2 W000026123456", "fridge-1 W000026100009");
        taken["intoHeld"]!.AsArray().Select(stay => (string)stay!["donationNumber"]!).Should().Equal("W000026100009");
        (await server.GetAsync(Free)).AsArray().Should().HaveCount(2);
        (await SendAsync(server, "donation,product,unit\nW000026100003,RBC,fridge-2\n,,fridge-1\n", 400))["lines"]!.ToJsonString().Should().Contain("is not after the start", "no time has passed");
        server.App.Store.Read(session => EventLog.Read(session, 0, 1000)).Should().ContainSingle(row => row.Kind == EventKinds.StockTaken);
    }

    [Fact]
    public async Task List_SentAgain_ChangesNothing()
    {
        await using var scene = await StaffedScene.AfterAnExcursionAsync();
        await using var server = await scene.ServeAsync();

        var taken = await SendAsync(server, "donation,product,unit\n\"W000026100001\",RBC,fridge-2\n", 200);

        taken.ToJsonString().Should().Be("""{"entered":[],"left":[],"unchanged":1,"intoHeld":[]}""");
    }

    [Theory]
    [InlineData("]C0=W00002610000300", "fridge-2", "in", "W0000 26 100003 L")]
    [InlineData("=W00002610000300", "fridge-2", "in", "W0000 26 100003 L")]
    [InlineData("W0000 26 100003 L", "fridge-2", "in", "W0000 26 100003 L")]
    [InlineData("]d1=W00002610000100", "", "out", "W0000 26 100001 P")]
    [InlineData("=W00002612345600", "fridge-2", "move", "W0000 26 123456 *")]
    public async Task Scan_OfADonationNumber_IsEnteredAndAnsweredWithTheIssueCheck(string scan, string unit, string what, string label)
    {
        await using var staffed = await StaffedAsync();

        var (status, html) = await ScanAsync(staffed, ("what", what), ("unit", unit), ("product", "RBC"), ("scan", scan));

        status.Should().Be(HttpStatusCode.OK, html);
        html.Should().Contain(label).And.Contain("data-answer=");
        staffed.Store.Read(session => EventLog.Read(session, 0, 1000)).Should().Contain(row => row.Kind.StartsWith("contents-", StringComparison.Ordinal) && row.Who == "person:tariq");
    }

    [Theory]
    [InlineData("W000026100003", "lacks its check character")]
    [InlineData("W0000 26 100003 A", "does not fit its check character")]
    [InlineData("]C1=W00002610000300", "GS1")]
    public async Task Scan_ThatMayNameAnotherBloodUnit_IsRefused(string scan, string reason)
    {
        await using var staffed = await StaffedAsync();

        var (status, html) = await ScanAsync(staffed, ("what", "in"), ("unit", "fridge-2"), ("product", "RBC"), ("scan", scan));

        status.Should().Be(HttpStatusCode.BadRequest);
        html.Should().Contain(reason);
        (await staffed.Api.GetAsync(Free)).AsArray().Should().ContainSingle();
    }

    [Fact]
    public async Task Scan_OfOneBarcode_WaitsForTheOther_AndIntoAHeldStorageUnitIsRefused()
    {
        await using var staffed = await StaffedAsync();

        (await ScanAsync(staffed, ("what", "in"), ("unit", "fridge-2"), ("product", ""), ("scan", "=W00002610000300"))).Html.Should().Contain("Now scan the product code").And.Contain("value=\"=W00002610000300\"");
        var (status, html) = await ScanAsync(staffed, ("what", "in"), ("unit", "fridge-1"), ("product", "RBC"), ("scan", "=W00002610000300"));

        status.Should().Be(HttpStatusCode.Conflict);
        html.Should().Contain("on hold and takes nothing in");
    }

    private static async Task<StaffedScene> StaffedAsync()
    {
        var staffed = await StaffedScene.ServeAsync(await StaffedScene.AfterAnExcursionAsync());
        await staffed.AddAsync("tariq", Core.People.Role.Technician, Core.People.Scope.Nation);
        return staffed;
    }

    private static async Task<(HttpStatusCode Status, string Html)> ScanAsync(StaffedScene staffed, params (string Name, string Value)[] fields)
    {
        using var answer = await (await staffed.BrowserAsync("tariq")).SendAsync("/scan?lang=en", "/scan?lang=en", fields);
        return (answer.StatusCode, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()));
    }

    private static async Task<JsonNode> SendAsync(ServedScene server, string list, int status)
    {
        using var client = new HttpClient { BaseAddress = server.App.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.App.Token.Value);
        using var content = new StringContent(list, Encoding.UTF8, "text/csv");
        return await ServedScene.BodyAsync(await client.PostAsync(new Uri("/api/v1/stock-snapshot", UriKind.Relative), content), status);
    }
}
