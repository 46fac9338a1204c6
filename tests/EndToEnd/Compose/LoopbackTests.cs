using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace ColdChain.EndToEnd.Tests.Compose;

/// <summary>The set of docker-compose.yml from Debian's packages, as <c>deploy/loopback.sh</c> starts it.</summary>
[Trait("Needs", "mosquitto")]
[Trait("Needs", "influxdb")]
public sealed partial class LoopbackTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task Readings_OfTwoDevices_ArriveInInfluxThroughMosquitto_AndTheSetGoesOnWhereItWas()
    {
        int pages;
        await using (var site = Start())
        {
            await site.LineAsync("loopback.sh: running until Ctrl-C");
            site.Output.Should().Contain("edge-1 has readings in InfluxDB").And.Contain("edge-2 has readings in InfluxDB");
            pages = PortIn(site.Output, PagesPort());

            Run(ComposeFile.Service("server").HealthCheck!, (":8080", $":{pages}"), ("/8080", $"/{pages}")).Should().Be(0, "the container's own check");
            Run(ComposeFile.Service("server").HealthCheck!, ("/8080", $"/{FreePort()}")).Should().NotBe(0);
            Run(ComposeFile.Service("influxdb").HealthCheck!, ("/8086", $"/{PortIn(await File.ReadAllTextAsync(_folder.File("influxdb.conf")), HttpPort())}")).Should().Be(0);
            Run(ComposeFile.Service("edge-1").HealthCheck!, ("/var/lib/coldchain", _folder.File("state/edge-1"))).Should().Be(0);
            Run(ComposeFile.Service("edge-1").HealthCheck!, ("/var/lib/coldchain", _folder.File("state/grafana"))).Should().NotBe(0, "no outbox is written there");

            (await site.StopAsync("INT")).Should().Be(130);
        }

        ProcessesIn(_folder.Path).Should().BeEmpty("it stops what it started");
        new Action(() => Connect(pages)).Should().Throw<SocketException>();

        await using var again = Start("--check");
        (await again.EndAsync()).Should().Be(0, again.Output);
        ProcessesIn(_folder.Path).Should().BeEmpty();
    }

    [Fact]
    public async Task WrongUse_IsNamed()
    {
        await using var site = ProgramProcess.Run("bash", [Script, "--cheque"], null);

        (await site.EndAsync()).Should().Be(1);
        site.Output.Should().Contain("unknown argument '--cheque'; known are --check");
    }

    public void Dispose() => _folder.Dispose();

    private static string Script => Path.Combine(Repository.Root, "deploy", "loopback.sh");

    private ProgramProcess Start(params string[] arguments) =>
        ProgramProcess.Run("bash", [Script, "--folder", _folder.Path, "--programs", AppContext.BaseDirectory.TrimEnd('/'), .. arguments], null);

    private static int PortIn(string text, Regex form) => int.Parse(form.Match(text).Groups[1].Value, CultureInfo.InvariantCulture);

    // As Docker runs it: CMD-SHELL by a shell, CMD by itself.
    private static int Run(IReadOnlyList<string> healthCheck, params (string InContainer, string Here)[] places)
    {
        var words = healthCheck.Select(word => places.Aggregate(word, (text, place) => text.Replace(place.InContainer, place.Here, StringComparison.Ordinal))).ToList();
        using var process = Process.Start(words[0] == "CMD-SHELL" ? new ProcessStartInfo("sh", ["-c", words[1]]) : new ProcessStartInfo(words[1], words[2..]))!;
        process.WaitForExit();
        return process.ExitCode;
    }

    private static List<string> ProcessesIn(string folder) =>
    [
        .. Directory.GetDirectories("/proc").Where(process => int.TryParse(Path.GetFileName(process), out _))
            .Select(process => File.Exists(Path.Combine(process, "cmdline")) ? Command(process) : "")
            .Where(command => command.Contains(folder, StringComparison.Ordinal)),
    ];

    private static string Command(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' ');
        }
        catch (IOException)
        {
            return ""; // It ended meanwhile.
        }
    }

    private static void Connect(int port)
    {
        using var client = new TcpClient();
        client.Connect(IPAddress.Loopback, port);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex(@"pages: http://localhost:(\d+)")]
    private static partial Regex PagesPort();

    [GeneratedRegex(@"\[http\]\s+bind-address = ""127\.0\.0\.1:(\d+)""")]
    private static partial Regex HttpPort();
}
