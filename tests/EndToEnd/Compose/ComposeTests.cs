using System.Diagnostics;
using System.Text.RegularExpressions;

namespace ColdChain.EndToEnd.Tests.Compose;

/// <summary>What can be said of docker-compose.yml without a Docker engine.</summary>
public sealed partial class ComposeTests
{
    // A small computer of 2 GB keeps the rest for its system.
    private const int MegabytesForAll = 1700;

    public static TheoryData<string> Names => [.. ComposeFile.Services.Select(service => service.Name)];

    [Fact]
    public void Site_HasWhatItNeeds() => ComposeFile.Services.Select(service => service.Name).Should()
        .BeEquivalentTo("setup", "mosquitto", "server", "edge-1", "edge-2", "influxdb", "influxdb-users", "grafana");

    [Theory]
    [MemberData(nameof(Names))]
    public void Service_IsPinnedAndConfined(string name)
    {
        var service = ComposeFile.Service(name);

        service.Image.Should().MatchRegex(@":\d+\.\d+\.\d+$", "a tag that moves is another program tomorrow");
        service.Text("user").Should().Be("${STACK_UID:-1000}:${STACK_GID:-1000}", "nothing runs as root");
        service.Text("read_only").Should().Be("true");
        service.List("cap_drop").Should().Equal("ALL");
        service.List("security_opt").Should().Equal("no-new-privileges:true");
        service.MemoryMegabytes.Should().BePositive();
        service.Text("cpus").Should().MatchRegex(@"^[0-9.]+$");
        service.Text("pids_limit").Should().MatchRegex(@"^\d+$");
        service.Restart.Should().BeOneOf("unless-stopped", "no");
        service.Node["logging"]!["options"]!["max-size"]!.GetValue<string>().Should().NotBeEmpty("a log must not fill the disk");
        (service.HealthCheck is null).Should().Be(service.Restart == "no", "what runs on is watched, what ends says so by its end");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Service_NamesOnlyWhatThereIs(string name)
    {
        var service = ComposeFile.Service(name);

        service.DependsOn.Should().BeSubsetOf(ComposeFile.Services.Select(other => other.Name));
        service.Networks.Should().BeSubsetOf(ComposeFile.Networks.Keys);
        service.Secrets.Select(secret => secret.Secret).Should().BeSubsetOf(ComposeFile.Secrets.Keys);
        service.Ports.Where(port => !port.StartsWith("127.0.0.1:", StringComparison.Ordinal)).Should().BeEmpty("nobody signs in yet");
        if (service.IsBuilt)
        {
            File.Exists(Path.Combine(Repository.Root, service.Dockerfile)).Should().BeTrue();
        }
    }

    [Fact]
    public void Memory_OfAllServicesTogether_FitsASmallComputer() =>
        ComposeFile.Lasting.Sum(service => service.MemoryMegabytes).Should().BeLessThan(MegabytesForAll);

    [Fact]
    public void Server_WaitsForNobody() => ComposeFile.Service("server").DependsOn.Should().BeEmpty("it judges without broker and without InfluxDB");

    [Fact]
    public void Networks_OfDevicesAndSeries_LeadNowhereElse() =>
        ComposeFile.Networks.Where(network => network.Value["internal"]?.GetValue<string>() == "true").Select(network => network.Key).Should().BeEquivalentTo("devices", "series");

    [Fact]
    public void Secrets_AreFilesThatGitIgnores_AndEachIsUsed()
    {
        ComposeFile.Secrets.Keys.Should().BeEquivalentTo(ComposeFile.Services.SelectMany(service => service.Secrets).Select(secret => secret.Secret).Distinct());
        foreach (var file in ComposeFile.Secrets.Values.Append("./deploy/state/fleet.yaml"))
        {
            using var git = Process.Start(new ProcessStartInfo("git", ["check-ignore", "--quiet", file]) { WorkingDirectory = Repository.Root })!;
            git.WaitForExit();
            git.ExitCode.Should().Be(0, file);
        }
    }

    [Fact]
    [Trait("Needs", "compose")]
    public void File_IsOneThatComposeTakes()
    {
        // Compose 1.29 does not know this key yet; it only says that a missing folder is an error.
        var text = File.ReadAllText(ComposeFile.Path);
        NewKey().Count(text).Should().BeGreaterThan(5);
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("docker-compose.yml"), NewKey().Replace(text, ""));
        var start = new ProcessStartInfo("docker-compose", ["--file", folder.File("docker-compose.yml"), "--project-directory", Repository.Root, "config", "--quiet"])
        {
            RedirectStandardError = true,
        };

        using var compose = Process.Start(start)!;
        var errors = compose.StandardError.ReadToEnd();
        compose.WaitForExit();

        compose.ExitCode.Should().Be(0, errors);
    }

    [GeneratedRegex(@", bind: \{create_host_path: false\}")]
    private static partial Regex NewKey();
}
