using System.Text.Json.Nodes;

namespace ColdChain.EndToEnd.Tests.Demo;

public sealed class DemoTests
{
    [Fact]
    public async Task Demo_StartedTwice_ShowsAnExcursionWithItsHoldsAndGoesOnFromThere()
    {
        using var folder = new TempFolder();
        long excursion;
        await using (var first = DemoProcess.Start("--port", "0", "--data", folder.Path))
        {
            using var client = await first.ClientAsync();
            await first.LineAsync("ready");
            (await DemoProcess.ListAsync(client, "api/v1/units")).Should().HaveCount(13);
            await ATechnicianSeesTheOwnDepotAsync(first, client.BaseAddress!);
            excursion = await OpenExcursionAsync(client);
            await ItsContentsAreHeldAsync(client, excursion);
            (await first.InterruptAsync()).Should().Be(0, first.Output);
            first.Output.Should().EndWith("stopped.").And.NotContain("fail:");
        }

        await using var second = DemoProcess.Start("--port", "0", "--data", folder.Path);
        using var again = await second.ClientAsync();
        await second.LineAsync("ready");
        (await DemoProcess.ListAsync(again, "api/v1/excursions")).Select(item => (long)item!["id"]!).Should().Contain(excursion);
        await ItsContentsAreHeldAsync(again, excursion);
    }

    [Fact]
    public async Task Demo_WithAPortInUse_SaysSoAndEnds()
    {
        using var folder = new TempFolder();
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;

        await using var demo = DemoProcess.Start("--port", $"{port}", "--data", folder.Path);

        await Eventually.HoldsAsync(() => demo.Output.Contains($"{port}", StringComparison.Ordinal), "the demo names the port");
        demo.Output.Should().NotContain("Unhandled exception");
    }

    private static async Task ATechnicianSeesTheOwnDepotAsync(DemoProcess demo, Uri address)
    {
        var line = (await demo.LineAsync("Sign in:   technician")).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        using var technician = new FormSession(address);
        await technician.SignInAsync("technician", line[0]);
        (await DemoProcess.ListAsync(technician.Client, "api/v1/units")).Should().HaveCount(3).And.OnlyContain(unit => (string)unit!["site"]! == "oasis");
    }

    private static async Task<long> OpenExcursionAsync(HttpClient client)
    {
        JsonNode? found = null;
        await Eventually.HoldsAsync(
            async () => (found = (await DemoProcess.ListAsync(client, "api/v1/excursions?open=true")).FirstOrDefault()) is not null,
            "a load probe leaves its limits");
        ((string)found!["side"]!).Should().Be("high");
        ((string)found["probe"]!).Should().EndWith("/load");
        return (long)found["id"]!;
    }

    private static async Task ItsContentsAreHeldAsync(HttpClient client, long excursion)
    {
        var holds = (await DemoProcess.ListAsync(client, "api/v1/holds")).Where(hold => (long?)hold!["excursionId"] == excursion).ToList();
        holds.Where(hold => (string)hold!["kind"]! == "storage-unit").Should().ContainSingle();
        var held = holds.Where(hold => (string)hold!["kind"]! == "blood-unit").ToList();
        held.Should().NotBeEmpty();
        foreach (var hold in held)
        {
            var check = await client.GetStringAsync($"api/v1/issue-check?donation={hold!["donationNumber"]}&product={hold["product"]}");
            ((string)JsonNode.Parse(check)!["answer"]!).Should().Be("no", check);
        }
    }
}
