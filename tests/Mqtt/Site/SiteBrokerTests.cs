using System.Collections.Concurrent;
using System.Runtime.Versioning;
using System.Security.Cryptography.X509Certificates;
using ColdChain.Mqtt.Client;
using ColdChain.Mqtt.Link;

namespace ColdChain.Mqtt.Tests.Site;

/// <summary>What works through mosquitto with the configuration that a site installs.</summary>
[Trait("Needs", "mosquitto")]
[UnsupportedOSPlatform("windows")]
public sealed class SiteBrokerTests : IAsyncLifetime
{
    private readonly SiteScene site = new();

    public Task InitializeAsync() => site.InitializeAsync();

    public Task DisposeAsync() => site.DisposeAsync();

    [Fact]
    public async Task Device_WithItsPassword_IsHeardAndAnswered()
    {
        var server = await site.ListenAsync();
        var answers = new ConcurrentQueue<string>();
        var device = await site.ConnectAsync(site.Device("pi-1"), answers.Enqueue);
        (await device.SubscribeAsync("coldchain/v1/pi-1/down/#", Patience.Token())).Should().BeTrue();

        await device.PublishAsync(TestBench.Message("coldchain/v1/pi-1/up/live", "4.2"), Patience.Token());
        await Patience.UntilAsync(() => site.Heard.Contains("coldchain/v1/pi-1/up/live 4.2"));
        await server.PublishAsync(TestBench.Message("coldchain/v1/pi-1/down/ack", "stored"), Patience.Token());

        await Patience.UntilAsync(() => answers.Contains("coldchain/v1/pi-1/down/ack stored"));
    }

    [Fact]
    public async Task Device_WithItsCertificate_IsHeardUnderTheNameInIt()
    {
        await site.ListenAsync();
        using var certificate = site.CertificateOf("pi-3");
        var device = await site.ConnectAsync(site.CertificateDevice("whatever", certificate));

        await device.PublishAsync(TestBench.Message("coldchain/v1/pi-3/up/live", "4.2"), Patience.Token());

        await Patience.UntilAsync(() => site.Heard.Contains("coldchain/v1/pi-3/up/live 4.2"));
        await site.ExpectInLogAsync("as pi-3 (", "u'pi-3'");
    }

    [Fact]
    public async Task Device_CannotThrowAnotherOneOut()
    {
        await site.ListenAsync();
        var victim = await site.ConnectAsync(site.Device("pi-1"));
        var intruder = await site.ConnectAsync(site.Device("pi-2") with { ClientId = "pi-1" });
        await intruder.PublishAsync(TestBench.Message("coldchain/v1/pi-2/up/live", "here"), Patience.Token());

        await victim.PublishAsync(TestBench.Message("coldchain/v1/pi-1/up/live", "still here"), Patience.Token());

        await Patience.UntilAsync(() => site.Heard.Contains("coldchain/v1/pi-1/up/live still here"));
        victim.Closed.IsCompleted.Should().BeFalse();
    }

    [Fact]
    public async Task Device_ThatComesBack_TakesItsOwnConnectionOver()
    {
        var older = await site.ConnectAsync(site.Device("pi-1"));
        await site.ConnectAsync(site.Device("pi-1"));
        await older.Closed.WithinLimitAsync();
        await site.ExpectInLogAsync("Client pi-1 already connected, closing old connection");
    }

    [Fact]
    public async Task KeepAlive_IsKeptByPings()
    {
        var device = await site.ConnectAsync(site.Device("pi-1") with { KeepAlive = TimeSpan.FromSeconds(2) });
        await Patience.UntilAsync(() => site.Broker.Log.Count(line => line.Contains("Sending PINGRESP to pi-1", StringComparison.Ordinal)) > 3);
        device.Closed.IsCompleted.Should().BeFalse("the pings took longer than the broker would have waited");
    }

    [Fact]
    public async Task BrokerThatHangs_IsNoticed_AndConnectedAgain()
    {
        var events = new EventLog();
        var options = site.Device("pi-1") with { KeepAlive = TimeSpan.FromSeconds(1), ReplyTimeout = TimeSpan.FromSeconds(3) };
        await using var link = ReconnectingLink.Start(options, ReconnectOptions.Default, events.Add, TimeProvider.System, new Random(1));
        await link.WaitUntilConnectedAsync(Patience.Token());

        site.Broker.Freeze();
        await events.ExpectAsync(MqttEventKind.Lost, "no answer to PINGREQ within 3 s");
        site.Broker.Thaw();

        await link.WaitUntilConnectedAsync(Patience.Token());
        await link.PublishAsync(TestBench.Message("coldchain/v1/pi-1/up/live"), Patience.Token());
    }

    [Fact]
    public async Task BrokersCertificate_WhoseTimeIsOverOrHasNotCome_IsRefused_AndTheGoodOneTakenAgain()
    {
        using var authority = site.Authority();
        var good = (await File.ReadAllTextAsync(site.Broker.File("mosquitto/broker.pem")), await File.ReadAllTextAsync(site.Broker.File("mosquitto/broker.key")));

        await RestartWithAsync(PemOf(authority.IssueExpired("localhost")));
        await ShouldBeRefusedAsync("*its certificate 'CN=localhost' expired at *: have a new one made");
        await RestartWithAsync(PemOf(authority.IssueForLater("localhost")));
        await ShouldBeRefusedAsync("*its certificate 'CN=localhost' is valid from *: set the clock");

        await RestartWithAsync(good);
        await site.ConnectAsync(site.Device("pi-1"));
    }

    [Fact]
    public async Task Server_HasTwoConnections()
    {
        var live = await site.ConnectAsync(site.Server("live"));
        var backfill = await site.ConnectAsync(site.Server("backfill"));

        await live.PublishAsync(TestBench.Message("coldchain/v1/pi-1/down/ack"), Patience.Token());
        await backfill.PublishAsync(TestBench.Message("coldchain/v1/pi-1/down/ack"), Patience.Token());

        live.Closed.IsCompleted.Should().BeFalse();
    }

    [Fact]
    public async Task NewDevice_EntersAfterAReload_AndARemovedOneNoMoreAfterARestart()
    {
        using var certificate = site.CertificateOf("pi-3");
        site.Broker.Provision("device", "pi-4");
        site.Broker.Reload();
        await site.ExpectInLogAsync("Reloading config");
        (await CanConnectAsync(site.Device("pi-4"))).Should().BeTrue();
        await site.ConnectAsync(site.CertificateDevice("pi-3", certificate));
        var (removedDevice, removedCertificate) = (site.Device("pi-4"), site.CertificateDevice("pi-3", certificate));

        site.Broker.Provision("remove", "pi-4", "pi-3").Should().Contain("removed the account of pi-4").And.Contain("revoked ");
        await site.Broker.KillAsync();
        await site.Broker.StartAsync();

        (await CanConnectAsync(removedDevice)).Should().BeFalse();
        (await CanConnectAsync(removedCertificate)).Should().BeFalse();
        (await CanConnectAsync(site.Device("pi-1"))).Should().BeTrue();
    }

    private static (string Certificate, string Key) PemOf(X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPrivateKey()!; // Made with one.
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    private async Task RestartWithAsync((string Certificate, string Key) pem)
    {
        await site.Broker.KillAsync();
        await File.WriteAllTextAsync(site.Broker.File("mosquitto/broker.pem"), pem.Certificate);
        await File.WriteAllTextAsync(site.Broker.File("mosquitto/broker.key"), pem.Key);
        await site.Broker.StartAsync();
    }

    private Task ShouldBeRefusedAsync(string reason) =>
        site.Invoking(s => s.ConnectAsync(s.Device("pi-1"))).Should().ThrowAsync<MqttLinkException>().WithMessage(reason);

    private async Task<bool> CanConnectAsync(MqttClientOptions options)
    {
        try
        {
            await site.ConnectAsync(options);
            return true;
        }
        catch (MqttLinkException)
        {
            return false;
        }
    }
}
