using System.Collections.Concurrent;
using System.Runtime.Versioning;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ColdChain.Mqtt.Client;
using ColdChain.Mqtt.Link;
using ColdChain.Tests.Shared;

namespace ColdChain.Mqtt.Tests.Site;

/// <summary>Our client through mosquitto with the configuration that a site installs.</summary>
[Trait("Needs", "mosquitto")]
[UnsupportedOSPlatform("windows")]
public sealed class SiteBrokerTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> received = new();
    private SiteBroker site = null!; // Made by InitializeAsync, which comes first.

    public async Task InitializeAsync() => site = await SiteBroker.StartAsync("pi-1", "pi-2");

    public async Task DisposeAsync() => await site.DisposeAsync();

    [Fact]
    public async Task Device_WithItsPassword_IsHeardByTheServer()
    {
        await using var server = await ServerAsync();
        (await server.SubscribeAsync("coldchain/v1/+/up/#", Patience.Token())).Should().BeTrue();
        await using var device = await MqttClient.ConnectAsync(Device("pi-1"), HearAsync, TimeProvider.System, Patience.Token());

        await device.PublishAsync(TestBench.Message("coldchain/v1/pi-1/up/live", "4.2"), Patience.Token());

        await Patience.UntilAsync(() => received.Contains("coldchain/v1/pi-1/up/live 4.2"));
    }

    [Fact]
    public async Task Device_WithItsCertificate_IsHeardByTheServer()
    {
        site.Provision("device", "--certificate", "pi-3");
        await using var server = await ServerAsync();
        (await server.SubscribeAsync("coldchain/v1/+/up/#", Patience.Token())).Should().BeTrue();
        using var certificate = X509Certificate2.CreateFromPemFile(site.File("devices/pi-3/certificate.pem"), site.File("devices/pi-3/key.pem"));
        var options = Device("pi-3") with { Port = site.CertificatePort, UserName = null, Password = null };
        options = options with { Tls = options.Tls! with { ClientCertificate = certificate } };
        await using var device = await MqttClient.ConnectAsync(options, HearAsync, TimeProvider.System, Patience.Token());

        await device.PublishAsync(TestBench.Message("coldchain/v1/pi-3/up/live", "4.2"), Patience.Token());

        await Patience.UntilAsync(() => received.Contains("coldchain/v1/pi-3/up/live 4.2"));
    }

    private async Task<MqttClient> ServerAsync() => await MqttClient.ConnectAsync(
        Options("server", site.ServerPort, "coldchain-server", site.ServerPasswordFile), HearAsync, TimeProvider.System, Patience.Token());

    private MqttClientOptions Device(string name)
    {
        var password = site.DevicePasswordFile(name);
        return Options(name, site.DevicePort, name, File.Exists(password) ? password : null);
    }

    private MqttClientOptions Options(string clientId, int port, string user, string? passwordFile) => new()
    {
        Host = "localhost",
        Port = port,
        ClientId = clientId,
        UserName = user,
        Password = passwordFile is null ? null : Encoding.UTF8.GetBytes(File.ReadAllText(passwordFile).Trim()),
        Tls = new MqttClientTls { Roots = [X509CertificateLoader.LoadCertificateFromFile(site.CaFile)] },
    };

    private Task HearAsync(MqttMessage message, CancellationToken cancellation)
    {
        received.Enqueue($"{message.Topic} {Encoding.UTF8.GetString(message.Payload.Span)}");
        return Task.CompletedTask;
    }
}
