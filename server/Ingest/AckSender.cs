using System.Threading.Channels;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Mqtt.Link;
using ColdChain.Server.Store;

namespace ColdChain.Server.Ingest;

/// <summary>
/// Tells devices what is durably held. A statement is made from the store at the moment of sending, so that it says committed things only
/// and many packs share one. All statements leave on one link, one after another: on two links an older one could overtake a newer
/// and make the device send again what is held.
/// </summary>
internal sealed class AckSender(IMqttLink link, RecordStore store, TimeProvider clock, ILogger logger)
{
    private const int WaitingMax = 100_000;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Channel<(DeviceId Device, string Epoch)> _queue = Channel.CreateBounded<(DeviceId, string)>(WaitingMax);
    private readonly HashSet<(DeviceId, string)> _waiting = [];

    /// <summary>Asks for a statement. When too many wait it is left out: the device sends again, and asks anew by that.</summary>
    public void Post(DeviceId device, string epoch)
    {
        lock (_waiting)
        {
            if (!_waiting.Contains((device, epoch)) && _queue.Writer.TryWrite((device, epoch)))
            {
                _waiting.Add((device, epoch));
            }
        }
    }

    public async Task RunAsync(CancellationToken cancellation)
    {
        while (await _queue.Reader.WaitToReadAsync(cancellation))
        {
            while (_queue.Reader.TryRead(out var asked))
            {
                await AnswerAsync(asked.Device, asked.Epoch, cancellation);
            }
        }
    }

    private async Task AnswerAsync(DeviceId device, string epoch, CancellationToken cancellation)
    {
        // Before the store is read: what is committed from here on asks for another statement.
        Take(device, epoch);
        try
        {
            await SendAsync(device, epoch, cancellation);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            logger.LogWarning(error, "Acknowledgement to {Device} waits: {Reason}", device, error.Message);
            Post(device, epoch);
            await Task.Delay(Pause, clock, cancellation);
            await link.WaitUntilConnectedAsync(cancellation);
        }
    }

    private void Take(DeviceId device, string epoch)
    {
        lock (_waiting)
        {
            _waiting.Remove((device, epoch));
        }
    }

    private async Task SendAsync(DeviceId device, string epoch, CancellationToken cancellation)
    {
        if (store.Read(session => AckStatement.Of(session, store.Id, device, epoch)) is { } ack)
        {
            await link.PublishAsync(new MqttMessage(Topics.Ack(device), ControlCodec.EncodeAck(ack)), cancellation);
        }
    }
}
