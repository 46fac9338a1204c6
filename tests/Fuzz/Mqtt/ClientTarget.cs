using System.Net;
using System.Net.Sockets;
using ColdChain.Fuzz.Tests.Engine;
using ColdChain.Mqtt.Client;
using ColdChain.Mqtt.Link;

namespace ColdChain.Fuzz.Tests.Mqtt;

/// <summary>Bytes of a hostile server to the client: it says why it cannot go on, and never anything unexpected.</summary>
internal sealed class ClientTarget : FuzzTarget, IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public ClientTarget()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
    }

    public override string Name => "mqtt-client";

    public override IReadOnlyList<byte[]> Words => MqttWords.All;

    public override IEnumerable<byte[]> Giants => [[.. MqttWords.All[1], .. new byte[10 * 1024 * 1024]]];

    public override async Task<string> FeedAsync(byte[] input, CancellationToken cancellation)
    {
        var connecting = ConnectAsync(cancellation);
        using var server = await _listener.AcceptAsync(cancellation);
        await Pieces.SendAsync(server, input, cancellation);
        var answer = await connecting;
        ErrorText.RequirePlain(answer);
        return answer.Contains("unexpected", StringComparison.Ordinal) ? throw new InvalidOperationException(answer) : answer;
    }

    public void Dispose() => _listener.Dispose();

    private async Task<string> ConnectAsync(CancellationToken cancellation)
    {
        var options = new MqttClientOptions { Host = "127.0.0.1", Port = ((IPEndPoint)_listener.LocalEndPoint!).Port, ClientId = "pi-7" }; // It listens.
        try
        {
            await using var client = await MqttClient.ConnectAsync(options, (_, _) => Task.CompletedTask, TimeProvider.System, cancellation);
            var ends = await Task.WhenAll(
                EndOfAsync(client.SubscribeAsync("coldchain/v1/pi-7/down/#", cancellation)),
                EndOfAsync(client.PublishAsync(new MqttMessage("coldchain/v1/pi-7/up/live", "[]"u8.ToArray()), cancellation)));
            return $"{string.Join(", ", ends)}: {await client.Closed.WaitAsync(cancellation)}";
        }
        catch (MqttLinkException refused)
        {
            return refused.InnerException?.Message ?? refused.Message; // Without the port, which differs from run to run.
        }
    }

    private static async Task<string> EndOfAsync(Task asked)
    {
        try
        {
            await asked;
            return "answered";
        }
        catch (MqttLinkException)
        {
            return "broken";
        }
    }
}
