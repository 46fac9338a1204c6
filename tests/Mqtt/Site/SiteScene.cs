using System.Collections.Concurrent;
using System.Runtime.Versioning;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ColdChain.Mqtt.Client;
using ColdChain.Mqtt.Link;
using ColdChain.Tests.Shared;

namespace ColdChain.Mqtt.Tests.Site;

/// <summary>A site with its broker, the devices pi-1 and pi-2 (by password) and pi-3 (by certificate), and a server that hears them.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class SiteScene : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> heard = new();
    private readonly List<IAsyncDisposable> clients = [];
    private SiteBroker broker = null!; // Made by InitializeAsync, which comes first.

    internal SiteBroker Broker => broker;

    /// <summary>Topic and text of what the server heard.</summary>
    internal IReadOnlyCollection<string> Heard => heard;

    public async Task InitializeAsync()
    {
        broker = await SiteBroker.StartAsync("pi-1", "pi-2");
        broker.Provision("device", "--certificate", "pi-3");
    }

    public async Task DisposeAsync()
    {
        foreach (var client in clients)
        {
            await client.DisposeAsync();
        }

        await broker.DisposeAsync();
    }

    /// <summary>How a device signs in with its password.</summary>
    internal MqttClientOptions Device(string name) => Options(name, broker.DevicePort) with
    {
        UserName = name, Password = Password(broker.DevicePasswordFile(name)),
    };

    /// <summary>How a device signs in with a certificate; without one it shows none.</summary>
    internal MqttClientOptions CertificateDevice(string name, X509Certificate2? certificate) => Options(name, broker.CertificatePort) with
    {
        Tls = Tls with { ClientCertificate = certificate },
    };

    /// <summary>How the server signs in.</summary>
    internal MqttClientOptions Server(string clientId) => Options(clientId, broker.ServerPort) with
    {
        UserName = "coldchain-server", Password = Password(broker.ServerPasswordFile),
    };

    /// <summary>The certificate that the site's script made for a device.</summary>
    internal X509Certificate2 CertificateOf(string device) =>
        X509Certificate2.CreateFromPemFile(broker.File($"devices/{device}/certificate.pem"), broker.File($"devices/{device}/key.pem"));

    /// <summary>The site's authority, to make what its script would not.</summary>
    internal Certificates Authority() =>
        new(X509Certificate2.CreateFromPemFile(broker.File("authority/ca.pem"), broker.File("authority/ca.key")));

    internal async Task<MqttClient> ConnectAsync(MqttClientOptions options, Action<string>? hear = null)
    {
        Task HearAsync(MqttMessage message, CancellationToken cancellation)
        {
            hear?.Invoke(TextOf(message));
            return Task.CompletedTask;
        }

        var client = await MqttClient.ConnectAsync(options, HearAsync, TimeProvider.System, Patience.Token());
        clients.Add(client);
        return client;
    }

    /// <summary>Connects the server, which from then on hears every device.</summary>
    internal async Task<MqttClient> ListenAsync()
    {
        var server = await ConnectAsync(Server("server"), heard.Enqueue);
        (await server.SubscribeAsync("coldchain/v1/+/up/#", Patience.Token())).Should().BeTrue();
        return server;
    }

    internal Task ExpectInLogAsync(params string[] parts) =>
        Patience.UntilAsync(
            () => broker.Log.Any(line => parts.All(part => line.Contains(part, StringComparison.Ordinal))),
            $"a line with {string.Join(" and ", parts)} in the broker's log:\n{string.Join('\n', broker.Log)}");

    private MqttClientTls Tls => new() { Roots = [X509CertificateLoader.LoadCertificateFromFile(broker.CaFile)] };

    private MqttClientOptions Options(string clientId, int port) => new() { Host = "localhost", Port = port, ClientId = clientId, Tls = Tls };

    private static byte[] Password(string file) => Encoding.UTF8.GetBytes(File.ReadAllText(file).Trim());

    private static string TextOf(MqttMessage message) => $"{message.Topic} {Encoding.UTF8.GetString(message.Payload.Span)}";
}
