using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ColdChain.EndToEnd.Tests.Processes;

/// <summary>SIGTERM ends every program, whoever hangs at the other end. That it ends is asserted, not how fast.</summary>
public sealed class GracefulStopTests : IDisposable
{
    private const string FreePorts = "http: {listen: '127.0.0.1:0'}\nmqtt: {listen: '127.0.0.1:0'}\n";

    private readonly SmallSite _site = new();

    [Fact]
    public async Task Server_WithClientsThatNeverRead_Ends()
    {
        await using var server = _site.StartServer(FreePorts);
        var pages = new Uri(await server.LineAsync("Pages and API:"));
        var mqtt = IPEndPoint.Parse(await server.LineAsync("MQTT:"));
        using var browser = await SayAsync(pages.Port, "GET /live HTTP/1.1\r\nHost: localhost\r\n\r\n");
        using var asking = await SayAsync(pages.Port, "GET /api/v1/units HTTP/1.1\r\nHost: loc"); // And never ends its request.
        using var device = await SayAsync(mqtt.Port, "\u0010"); // The beginning of a CONNECT.
        using var mute = await SayAsync(mqtt.Port, "");

        (await server.StopAsync("TERM")).Should().Be(0, server.Output);
    }

    [Fact]
    public async Task Server_WithABrokerThatNeverAnswers_Ends()
    {
        using var broker = new SilentPeer();
        await using var server = _site.StartServer($"http: {{listen: '127.0.0.1:0'}}\nbroker: {{host: 127.0.0.1, port: {broker.Port}, tls: false}}\n");
        (await server.LineAsync("Broker:")).Should().Be($"127.0.0.1:{broker.Port}");
        await Eventually.HoldsAsync(() => broker.Taken >= 2, "the server connects on two connections");

        (await server.StopAsync("TERM")).Should().Be(0, server.Output);
    }

    [Theory]
    [InlineData("false")]
    [InlineData("true")]
    public async Task Edge_WithABrokerThatNeverAnswers_Ends(string tls)
    {
        using var broker = new SilentPeer();
        await using var edge = _site.StartEdge($"{{host: 127.0.0.1, port: {broker.Port}, tls: {tls}}}");
        await Eventually.HoldsAsync(() => broker.Taken >= 1, "the agent connects");

        (await edge.StopAsync("TERM")).Should().Be(0, edge.Output);
    }

    public void Dispose() => _site.Dispose();

    private static async Task<TcpClient> SayAsync(int port, string text)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text));
        return client;
    }
}
