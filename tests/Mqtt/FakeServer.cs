using System.Net;
using System.Net.Sockets;
using ColdChain.Mqtt.Client;
using ColdChain.Mqtt.Link;
using ColdChain.Mqtt.Packets;

namespace ColdChain.Mqtt.Tests;

/// <summary>A server that answers exactly what the test says, right or wrong.</summary>
internal sealed class FakeServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly List<IAsyncDisposable> opened = [];

    public FakeServer() => listener.Start();

    public MqttClientOptions Options => new() { Host = "127.0.0.1", Port = ((IPEndPoint)listener.LocalEndpoint).Port, ClientId = "pi-1" };

    public async Task<RawPeer> AcceptAsync()
    {
        var peer = new RawPeer(await listener.AcceptTcpClientAsync(Patience.Token()));
        opened.Add(peer);
        return peer;
    }

    /// <summary>A client and the peer that it is connected to.</summary>
    public async Task<(MqttClient Client, RawPeer Peer)> ConnectAsync(
        Func<MqttClientOptions, MqttClientOptions>? change = null, TimeProvider? time = null, Func<MqttMessage, CancellationToken, Task>? handler = null)
    {
        var options = change?.Invoke(Options) ?? Options;
        var connecting = MqttClient.ConnectAsync(options, handler ?? ((_, _) => Task.CompletedTask), time ?? TimeProvider.System, Patience.Token());
        var peer = await AcceptAsync();
        (await peer.ReadAsync()).Should().BeOfType<ConnectPacket>();
        await peer.SendAsync(new ConnAckPacket(SessionPresent: false, ConnectReturnCode.Accepted));
        var client = await connecting;
        opened.Add(client);
        return (client, peer);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var one in opened)
        {
            await one.DisposeAsync();
        }

        listener.Stop();
    }
}
