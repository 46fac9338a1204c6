using System.Buffers;
using System.Net.Sockets;
using ColdChain.Mqtt.Codec;
using ColdChain.Mqtt.Packets;

namespace ColdChain.Mqtt.Tests;

/// <summary>A peer that sends exactly the bytes it is told to, right or wrong.</summary>
internal sealed class RawPeer(TcpClient tcp) : IAsyncDisposable
{
    private readonly ArrayBufferWriter<byte> received = new();
    private int consumed;

    public static async Task<RawPeer> ConnectAsync(int port)
    {
        var tcp = new TcpClient { NoDelay = true };
        await tcp.ConnectAsync("127.0.0.1", port, Patience.Token());
        return new RawPeer(tcp);
    }

    public static ConnectPacket Connect(string clientId, ushort keepAliveSeconds = 0) => new(clientId, CleanSession: true, keepAliveSeconds);

    public Task SendAsync(params Packet[] packets)
    {
        var bytes = new ArrayBufferWriter<byte>();
        foreach (var packet in packets)
        {
            PacketEncoder.Encode(packet, bytes);
        }

        return SendBytesAsync(bytes.WrittenMemory.ToArray());
    }

    public async Task SendBytesAsync(params byte[] bytes) => await tcp.GetStream().WriteAsync(bytes, Patience.Token());

    /// <summary>The next packet; null when the other side closed.</summary>
    public async Task<Packet?> ReadAsync()
    {
        while (true)
        {
            var decoding = PacketDecoder.Decode(new ReadOnlySequence<byte>(received.WrittenMemory[consumed..]), int.MaxValue);
            decoding.Fault.Should().BeNull();
            if (decoding.Packet is { } packet)
            {
                consumed += (int)decoding.Consumed;
                return packet;
            }

            if (await FillAsync() == 0)
            {
                return null;
            }
        }
    }

    /// <summary>All bytes until the other side closes.</summary>
    public async Task<byte[]> ReadToEndAsync()
    {
        while (await FillAsync() > 0)
        {
        }

        return received.WrittenSpan[consumed..].ToArray();
    }

    /// <summary>Says CONNECT and takes the CONNACK.</summary>
    public async Task<ConnectReturnCode> IntroduceAsync(ConnectPacket connect)
    {
        await SendAsync(connect);
        return (await ReadAsync()).Should().BeOfType<ConnAckPacket>().Subject.ReturnCode;
    }

    /// <summary>Vanishes without a word.</summary>
    public void Reset()
    {
        tcp.LingerState = new LingerOption(true, 0);
        tcp.Close();
    }

    public ValueTask DisposeAsync()
    {
        tcp.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<int> FillAsync()
    {
        try
        {
            var count = await tcp.GetStream().ReadAsync(received.GetMemory(4096), Patience.Token());
            received.Advance(count);
            return count;
        }
        catch (IOException)
        {
            return 0; // A reset is an end too.
        }
    }
}
