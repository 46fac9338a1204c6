using System.Net;
using System.Text;
using ColdChain.Mqtt.Client;
using ColdChain.Mqtt.Endpoint;
using ColdChain.Mqtt.Link;
using ColdChain.Mqtt.Packets;

namespace ColdChain.Mqtt.Tests;

/// <summary>
/// An endpoint on a free loopback port with its clients. Disposing it closes all and fails the test for any unexpected fault.
/// </summary>
internal sealed class TestBench : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> clients = [];

    public TestBench(Func<MqttEndpointOptions, MqttEndpointOptions>? change = null, TimeProvider? time = null, IEndpointPolicy? policy = null)
    {
        var options = new MqttEndpointOptions { Listeners = [new MqttListener(new IPEndPoint(IPAddress.Loopback, 0))] };
        Endpoint = MqttEndpoint.Start(change?.Invoke(options) ?? options, policy ?? new TestPolicy(), Events.Add, time ?? TimeProvider.System);
    }

    public EventLog Events { get; } = new();

    /// <summary>True when the test itself makes something fail in an unexpected way.</summary>
    public bool ExpectsFaults { get; init; }

    public MqttEndpoint Endpoint { get; }

    public int Port => Endpoint.LocalEndPoint.Port;

    public static MqttMessage Message(string topic, string text = "", QualityOfService qos = QualityOfService.AtLeastOnce) =>
        new(topic, Encoding.UTF8.GetBytes(text), qos);

    public MqttClientOptions ClientOptions(string clientId) => new() { Host = "127.0.0.1", Port = Port, ClientId = clientId };

    public async Task<MqttClient> ConnectAsync(
        string clientId, Func<MqttMessage, CancellationToken, Task>? handler = null, Func<MqttClientOptions, MqttClientOptions>? change = null)
    {
        var options = change?.Invoke(ClientOptions(clientId)) ?? ClientOptions(clientId);
        var client = await MqttClient.ConnectAsync(options, handler ?? ((_, _) => Task.CompletedTask), TimeProvider.System, Patience.Token());
        clients.Add(client);
        return client;
    }

    public ReconnectingLink StartLink(string clientId, TimeProvider? time = null)
    {
        var link = ReconnectingLink.Start(
            ClientOptions(clientId),
            new ReconnectOptions(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(200)),
            Events.Add,
            time ?? TimeProvider.System,
            new Random(1));
        clients.Add(link);
        return link;
    }

    public async Task<RawPeer> ConnectRawAsync()
    {
        var raw = await RawPeer.ConnectAsync(Port);
        clients.Add(raw);
        return raw;
    }

    /// <summary>A raw peer that is connected as a client.</summary>
    public async Task<RawPeer> ConnectRawAsync(string clientId, ushort keepAliveSeconds = 0)
    {
        var raw = await ConnectRawAsync();
        (await raw.IntroduceAsync(RawPeer.Connect(clientId, keepAliveSeconds))).Should().Be(ConnectReturnCode.Accepted);
        return raw;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in clients)
        {
            await client.DisposeAsync();
        }

        await Endpoint.DisposeAsync();
        if (!ExpectsFaults)
        {
            Events.ShouldHoldNoFault();
        }
    }
}
