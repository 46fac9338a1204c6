using System.Buffers;
using System.Net.Sockets;
using ColdChain.Fuzz.Tests.Engine;
using ColdChain.Fuzz.Tests.Served;
using ColdChain.Mqtt.Codec;
using ColdChain.Mqtt.Packets;

namespace ColdChain.Fuzz.Tests.Mqtt;

/// <summary>
/// Bytes to the endpoint of a running server, with its ingest behind it. It answers in MQTT, ends the connection, logs no fault of its own,
/// and serves the next device.
/// </summary>
internal sealed class EndpointTarget(RunningServer server) : FuzzTarget
{
    private const int PacketSizeMax = 64 * 1024;
    private const int InputsBetweenGoodOnes = 100;

    private int _inputs;

    public override string Name => "mqtt-endpoint";

    public override IReadOnlyList<byte[]> Words => MqttWords.All;

    public override IEnumerable<byte[]> Giants =>
    [
        [.. MqttWords.All[0], .. new byte[10 * 1024 * 1024]],
        [.. MqttWords.All[0], .. Enumerable.Range(0, 5000).SelectMany(_ => MqttWords.Encode(new PingReqPacket()))],
        MqttWords.Encode(new ConnectPacket(new string('\u0001', 20_000), CleanSession: true, KeepAliveSeconds: 0) { UserName = new string('\n', 20_000) }),
    ];

    public override async Task<string> FeedAsync(byte[] input, CancellationToken cancellation)
    {
        var answers = await AnswersAsync(input, cancellation);
        server.Log.RequireCalm();
        if (++_inputs % InputsBetweenGoodOnes == 0)
        {
            await server.Good.PublishAsync(cancellation);
        }

        return string.Join(' ', answers);
    }

    public override async Task SettleAsync(CancellationToken cancellation) => await server.Good.PublishAsync(cancellation);

    private async Task<List<string>> AnswersAsync(byte[] input, CancellationToken cancellation)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server.App.MqttAddress, cancellation);
        var reading = ReadToEndAsync(socket, cancellation);
        await Pieces.SendAsync(socket, input, cancellation);
        return Packets(await reading);
    }

    private static List<string> Packets(byte[] bytes)
    {
        var answers = new List<string>();
        var rest = new ReadOnlySequence<byte>(bytes);
        while (!rest.IsEmpty)
        {
            var decoding = PacketDecoder.Decode(rest, PacketSizeMax);
            if (decoding.Packet is not { } packet)
            {
                // The one answer in another version's form.
                return Convert.ToHexString(bytes) == "2003008400" ? ["refused as 5.0"] : throw new InvalidOperationException($"the endpoint answered {Convert.ToHexString(bytes)}");
            }

            answers.Add(packet is ConnAckPacket ack ? $"CONNACK {ack.ReturnCode}" : packet.GetType().Name);
            rest = rest.Slice(decoding.Consumed);
        }

        return answers;
    }

    private static async Task<byte[]> ReadToEndAsync(Socket socket, CancellationToken cancellation)
    {
        var received = new ArrayBufferWriter<byte>();
        try
        {
            while (await socket.ReceiveAsync(received.GetMemory(4096), cancellation) is > 0 and var count)
            {
                received.Advance(count);
            }
        }
        catch (SocketException)
        {
            // Closed with our bytes unread: a reset is an end too.
        }

        return received.WrittenSpan.ToArray();
    }
}
