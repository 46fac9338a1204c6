using System.Collections;
using ColdChain.Edge.Configuration;
using ColdChain.Hosting.Configuration;
using ColdChain.Server;
using ColdChain.Server.Configuration;

namespace ColdChain.EndToEnd.Tests.Compose;

/// <summary>The very files that docker-compose.yml mounts, read as the programs read them, with the environment that it gives them.</summary>
[Trait("Needs", "mosquitto")]
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class ConfigurationTests(SetUpSite site) : IClassFixture<SetUpSite>
{
    // What differs between a container and this machine: where its secrets and its fleet file lie.
    private const string InContainer = "/run/secrets/";

    [Fact]
    public void Mounts_AreThere_OnceTheSiteIsSetUp()
    {
        foreach (var (source, target, isReadOnly) in ComposeFile.Services.SelectMany(service => service.Mounts))
        {
            Path.Exists(site.File(source)).Should().BeTrue(source);
            isReadOnly.Should().Be(!IsWritten(target), "{0} is written to by nobody but the program whose data it is", target);
        }

        ComposeFile.Secrets.Values.Should().OnlyContain(file => File.Exists(site.File(file)) && new FileInfo(site.File(file)).Length > 0);
    }

    [Fact]
    public void SecondSetUp_ChangesNothing()
    {
        var before = ComposeFile.Secrets.Values.Append("./deploy/state/fleet.yaml").ToDictionary(file => file, file => File.ReadAllText(site.File(file)));

        site.Run();

        before.Should().OnlyContain(file => File.ReadAllText(site.File(file.Key)) == file.Value);
    }

    [Fact]
    public void Secrets_ArePrivate()
    {
        foreach (var file in ComposeFile.Secrets.Values.Where(file => !file.EndsWith("ca.pem", StringComparison.Ordinal)))
        {
            File.GetUnixFileMode(site.File(file)).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
        }
    }

    [Fact]
    public void Server_TakesItsConfiguration()
    {
        var service = ComposeFile.Service("server");
        var overrides = ServerConfig.FromEnvironment(Environment(service));
        overrides.Set("fleet", site.File(SourceOf(service, "/etc/coldchain/fleet.yaml")), "the fleet file");
        SetSecrets(service, overrides, ("broker:caFile", "ca.pem"), ("broker:passwordFile", "broker-server"), ("influx:passwordFile", "influx-server"));
        var file = ConfigFile.Read(site.File(SourceOf(service, "/etc/coldchain/server.yaml")), overrides);

        var options = ServerConfig.Read(file);

        file.Errors.Texts.Should().BeEmpty();
        StartChecks.Errors(options).Should().BeEmpty();
        options.DataFolder.Should().Be(service.Mounts.Single(mount => mount.Source == "./deploy/state/server").Target);
        options.Broker.Should().BeEquivalentTo(new { Host = "mosquitto", Port = 8884, User = "coldchain-server" });
        options.Influx!.Address.Should().Be(new Uri("http://influxdb:8086"));
        service.Ports.Should().Contain($"127.0.0.1:8080:{options.Http.Port}");
    }

    [Theory]
    [InlineData("edge-1")]
    [InlineData("edge-2")]
    public void Edge_TakesItsConfiguration(string name)
    {
        var service = ComposeFile.Service(name);
        var overrides = Overrides.FromEnvironment(Environment(service), EdgeConfigFile.VariablePrefix);
        SetSecrets(service, overrides, ("broker:caFile", "ca.pem"), ("broker:passwordFile", "broker-password"));

        var config = EdgeConfigFile.Read(site.File(SourceOf(service, "/etc/coldchain/edge.yaml")), overrides);

        config.Device.Value.Should().Be(name, "its account at the broker has that name");
        config.Broker.Should().BeEquivalentTo(new { Host = "mosquitto", Port = 8883, User = name });
        Path.GetDirectoryName(config.OutboxPath).Should().Be(service.Mounts.Single(mount => mount.Source == $"./deploy/state/{name}").Target);
        config.Sources.Should().HaveCount(4);
    }

    private static bool IsWritten(string target) => target.StartsWith("/var/lib/", StringComparison.Ordinal) || target is "/deploy/secrets" or "/deploy/state";

    private static string SourceOf(ComposeService service, string target) => service.Mounts.Single(mount => mount.Target == target).Source;

    private static Hashtable Environment(ComposeService service) => new(service.Environment.ToDictionary());

    // The files in the configuration are those that the service's secrets make.
    private void SetSecrets(ComposeService service, Overrides overrides, params (string Key, string File)[] secrets)
    {
        foreach (var (key, file) in secrets)
        {
            var (secret, _) = service.Secrets.Single(one => one.File == file);
            File.ReadAllText(site.File(service.Mounts.First(mount => mount.Target.EndsWith(".yaml", StringComparison.Ordinal)).Source)).Should().Contain(InContainer + file);
            overrides.Set(key, site.File(ComposeFile.Secrets[secret]), $"the secret {secret}");
        }
    }
}
