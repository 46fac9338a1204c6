using System.Text.RegularExpressions;
using ColdChain.Hosting.Configuration;
using ColdChain.Server.Configuration;
using ColdChain.Server.Tests.Store;
using ColdChain.Tests.Shared;

namespace ColdChain.Server.Tests.Configuration;

/// <summary>The files that an operator starts from are held against the server that reads them.</summary>
public sealed class DistributionTests : IDisposable
{
    private static readonly string Sample = File.ReadAllText(Path.Combine(Repository.Root, "server", "server.yaml"));
    private static readonly string[] Unit = File.ReadAllLines(Path.Combine(Repository.Root, "server", "coldchain-server.service"));

    private readonly TempFolder _folder = new();

    [Fact]
    public void Sample_SaysTheDefaults()
    {
        var (options, errors) = Read(Sample);

        errors.Should().BeEmpty();
        options.Should().BeEquivalentTo(new ServerOptions { DataFolder = _folder.File("data"), FleetFile = _folder.File("fleet.yaml") });
    }

    [Fact]
    public void Sample_WithEveryKeyInUse_HasNoUnknownKey()
    {
        var errors = Read(InUse(Sample)).Errors;

        errors.Should().NotBeEmpty("the files that it names are not there").And.OnlyContain(error => error.Contains("there is no file"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("audit")]
    [InlineData("http")]
    [InlineData("mqtt")]
    [InlineData("broker")]
    [InlineData("alerts")]
    [InlineData("influx")]
    [InlineData("reports")]
    [InlineData("clock")]
    public void Sample_HasEveryKeyThatTheServerKnows(string section)
    {
        var yaml = section.Length == 0 ? "noSuchKey: 1" : $"{section}: {{noSuchKey: 1}}";
        var known = Read(yaml).Errors.Single(error => error.Contains("'noSuchKey' is not a key")).Split("; use ")[1].Split(", or remove it")[0].Split(", ");

        known.Where(key => !Keys(section).Contains(key)).Should().BeEmpty("server/server.yaml explains every key");
    }

    [Theory]
    [InlineData("Type=notify")]
    [InlineData("User=coldchain-server")]
    [InlineData("StateDirectory=coldchain-server")]
    [InlineData("Environment=COLDCHAIN_DATA=/var/lib/coldchain-server")]
    [InlineData("Restart=always")]
    [InlineData("RestartPreventExitStatus=2")]
    [InlineData("ProtectSystem=strict")]
    [InlineData("NoNewPrivileges=yes")]
    [InlineData("CapabilityBoundingSet=")]
    public void Unit_KeepsThePromise(string line) => Unit.Should().Contain(line);

    [Fact]
    public void Unit_StartsTheServer_AndWaitsForItsEnd()
    {
        Unit.Should().ContainSingle(line => line.StartsWith("ExecStart=", StringComparison.Ordinal)).Which
            .Should().EndWith($"/{Path.GetFileName(typeof(ServerApp).Assembly.Location)} serve --config /etc/coldchain/server.yaml");
        var stop = Regex.Match(string.Join('\n', Unit), @"^TimeoutStopSec=(\d+)s$", RegexOptions.Multiline);
        TimeSpan.FromSeconds(int.Parse(stop.Groups[1].Value, null)).Should().BeGreaterThan(new ServerOptions { DataFolder = "", FleetFile = "" }.StopAtMost);
    }

    public void Dispose() => _folder.Dispose();

    // A number sign without a blank before a key, or with the key's own indentation behind it, is a key that is not in use.
    private static string InUse(string yaml) => Regex.Replace(yaml, @"^#(?=(  )*(- )?\{?\w+:)", "", RegexOptions.Multiline);

    private static List<string> Keys(string section)
    {
        var top = "";
        var keys = new List<string>();
        foreach (Match line in Regex.Matches(InUse(Sample), @"^(?<deep>  )?(?<key>\w+):", RegexOptions.Multiline))
        {
            var isDeep = line.Groups["deep"].Success;
            top = isDeep ? top : line.Groups["key"].Value;
            if (isDeep ? top == section : section.Length == 0)
            {
                keys.Add(line.Groups["key"].Value);
            }
        }

        return keys;
    }

    private (ServerOptions Options, IReadOnlyList<string> Errors) Read(string yaml)
    {
        File.WriteAllText(_folder.File("server.yaml"), yaml);
        var file = ConfigFile.Read(_folder.File("server.yaml"), new Overrides());
        return (ServerConfig.Read(file), file.Errors.Texts);
    }
}
