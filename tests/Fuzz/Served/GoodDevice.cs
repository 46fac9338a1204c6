using System.Text;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Mqtt.Client;
using ColdChain.Mqtt.Link;

namespace ColdChain.Fuzz.Tests.Served;

/// <summary>A device that does everything right: what it sends next is stored and acknowledged, whatever others have sent before.</summary>
internal sealed class GoodDevice(int port, string secret)
{
    public const string Name = "good";

    private const string Epoch = "00112233445566778899aabbccddeeff";

    private static readonly DeviceId Device = new(Name);

    private long _seq;

    /// <summary>Connects, publishes one reading and returns when the server has said that it holds it.</summary>
    public async Task PublishAsync(CancellationToken cancellation)
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var seq = ++_seq;
        var options = new MqttClientOptions { Host = "127.0.0.1", Port = port, ClientId = Name, UserName = Name, Password = Encoding.UTF8.GetBytes(secret) };
        await using var client = await MqttClient.ConnectAsync(options, (message, _) => Take(message, seq, held), TimeProvider.System, cancellation);
        await client.SubscribeAsync(Topics.Ack(Device), cancellation);
        await client.PublishAsync(new MqttMessage(Topics.Up(Device, UpKind.Live), PackCodec.Encode(Pack(seq))), cancellation);
        await held.Task.WaitAsync(cancellation);
    }

    private static Task Take(MqttMessage message, long seq, TaskCompletionSource held)
    {
        if (ControlCodec.TryDecodeAck(message.Payload.Span, out var ack, out var error) && ack.UpTo >= seq)
        {
            held.TrySetResult();
        }
        else if (error.Length > 0)
        {
            held.TrySetException(new InvalidOperationException($"the server's acknowledgement cannot be read: {error}"));
        }

        return Task.CompletedTask;
    }

    private static Pack Pack(long seq) => new(Device, Epoch,
    [
        new Reading
        {
            Key = new ReadingKey(Device, Epoch, seq),
            Probe = new ProbeId(Device, "load"),
            MeasuredAt = Instant.Now(TimeProvider.System),
            Value = Celsius.FromMilli(4000),
        },
    ]);
}
