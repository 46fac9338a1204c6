using System.Runtime.Versioning;
using System.Security.Cryptography.X509Certificates;
using ColdChain.Mqtt.Client;
using ColdChain.Mqtt.Link;
using ColdChain.Tests.Shared;

namespace ColdChain.Mqtt.Tests.Site;

/// <summary>
/// Everybody who must not get in at the doors of the site's broker. Each is told why by its own link's event, the broker's log has a line,
/// and the next good sign-in works.
/// </summary>
[Trait("Needs", "mosquitto")]
[UnsupportedOSPlatform("windows")]
public sealed class SignInRefusalTests(SiteScene site) : IClassFixture<SiteScene>, IDisposable
{
    private const string WrongAccount = "return code 5 (NotAuthorized): check user name and password";
    private const string NotAuthorised = "disconnected, not authorised";

    private readonly Certificates strangers = new("somebody else's root");
    private readonly EventLog events = new();

    public void Dispose() => strangers.Dispose();

    [Fact]
    public Task AnotherAuthority() => RefusedAsync(
        site.Device("pi-1") with { Tls = new MqttClientTls { Roots = [strangers.Root] } },
        "its certificate 'CN=coldchain broker' comes from the authority 'CN=ColdChain authority",
        "Client <unknown>");

    [Fact]
    public Task AnotherName()
    {
        var options = site.Device("pi-1");
        return RefusedAsync(
            options with { Tls = options.Tls! with { ServerName = "mqtt.example" } },
            "is for 'localhost', '127.0.0.1', not for 'mqtt.example': connect by a name that it has",
            "Client <unknown>");
    }

    [Fact]
    public Task NoTls() => RefusedAsync(site.Device("pi-1") with { Tls = null }, "it may expect TLS on this port", "OpenSSL Error");

    [Fact]
    public Task WrongPassword() => RefusedAsync(site.Device("pi-1") with { Password = "guess"u8.ToArray() }, WrongAccount, NotAuthorised);

    [Fact]
    public Task UnknownUser() => RefusedAsync(site.Device("pi-1") with { UserName = "pi-99" }, WrongAccount, NotAuthorised);

    [Fact]
    public Task Anonymous() => RefusedAsync(site.Device("pi-1") with { UserName = null, Password = null }, WrongAccount, NotAuthorised);

    [Fact]
    public Task Device_AtTheServersDoor() => RefusedAsync(site.Device("pi-1") with { Port = site.Broker.ServerPort }, WrongAccount, NotAuthorised);

    [Fact]
    public Task Server_AtTheDevicesDoor() => RefusedAsync(site.Server("server") with { Port = site.Broker.DevicePort }, WrongAccount, NotAuthorised);

    [Fact]
    public Task NoCertificate() =>
        RefusedAsync(site.CertificateDevice("pi-3", null), "alert certificate required), before it answered", "peer did not return a certificate");

    [Fact]
    public Task CertificateOfAnotherAuthority() =>
        RefusedAsync(site.CertificateDevice("pi-3", strangers.Issue("pi-3")), "alert unknown ca), before it answered", "certificate verify failed");

    [Fact]
    public async Task CertificateWhoseTimeIsOver()
    {
        using var authority = site.Authority();
        var options = site.CertificateDevice("pi-3", authority.IssueExpired("pi-3"));
        await RefusedAsync(options, "alert certificate expired), before it answered", "certificate verify failed");
    }

    [Fact]
    public async Task CertificateOfTheBrokerItself()
    {
        using var broker = X509Certificate2.CreateFromPemFile(site.Broker.File("mosquitto/broker.pem"), site.Broker.File("mosquitto/broker.key"));
        await RefusedAsync(site.CertificateDevice("pi-3", broker), "alert unsupported certificate), before it answered", "certificate verify failed");
    }

    private async Task RefusedAsync(MqttClientOptions options, string reason, string loggedByTheBroker)
    {
        var before = site.Broker.Log.Count;
        await using var link = ReconnectingLink.Start(options, ReconnectOptions.Default, events.Add, TimeProvider.System, new Random(1));

        var told = await events.ExpectAsync(MqttEventKind.ConnectFailed);

        told.Should().StartWith($"Cannot connect to localhost:{options.Port} as '{options.ClientId}': ").And.Contain(reason);
        await Patience.UntilAsync(() => site.Broker.Log.Skip(before).Any(line => line.Contains(loggedByTheBroker, StringComparison.Ordinal)));
        await site.ConnectAsync(site.Device("pi-2"));
    }
}
