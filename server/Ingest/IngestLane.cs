using System.Threading.Channels;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Mqtt.Link;
using ColdChain.Server.Store;

namespace ColdChain.Server.Ingest;

/// <summary>
/// One lane: a bounded queue, and a loop that stores what waits in it, many messages in one commit. A message counts as received by MQTT
/// when it is in the queue; while that is full the senders wait. The live lane therefore never waits behind the backlog of the other.
/// </summary>
internal sealed class IngestLane(Intake intake, TimeProvider clock, ILogger logger)
{
    private const int WaitingMax = 512;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Channel<Inbound> _queue = Channel.CreateBounded<Inbound>(new BoundedChannelOptions(WaitingMax) { SingleReader = true });

    /// <summary>Takes a message from the link; completes when it is in the queue.</summary>
    public async Task ReceiveAsync(MqttMessage message, CancellationToken cancellation)
    {
        if (!Topics.TryParseUp(message.Topic, out var device, out var kind))
        {
            logger.LogWarning("Message on {Topic} dropped: its third level is no device name", message.Topic);
            return;
        }

        if (!await TryQueueAsync(new Inbound(device, kind, message.Payload, Instant.Now(clock), message.IsRetained), cancellation))
        {
            // The lane ends: the message is not received, and its sender keeps it, until the connection closes behind it.
            await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellation);
        }
    }

    /// <summary>Takes nothing more. What is queued is still stored, after which <see cref="RunAsync"/> ends.</summary>
    public void Complete() => _queue.Writer.TryComplete();

    public async Task RunAsync(CancellationToken cancellation)
    {
        while (await _queue.Reader.WaitToReadAsync(cancellation))
        {
            var batch = new List<Inbound>();
            while (batch.Count < WaitingMax && _queue.Reader.TryRead(out var message))
            {
                batch.Add(message);
            }

            await StoreAsync(batch, cancellation);
        }
    }

    private async ValueTask<bool> TryQueueAsync(Inbound message, CancellationToken cancellation)
    {
        while (await _queue.Writer.WaitToWriteAsync(cancellation))
        {
            if (_queue.Writer.TryWrite(message))
            {
                return true;
            }
        }

        return false;
    }

    // All at once, so that they share a commit. What could not be committed is tried until it is: a foreign device would never send it again.
    private async Task StoreAsync(List<Inbound> batch, CancellationToken cancellation)
    {
        while (batch.Count > 0)
        {
            var stored = await Task.WhenAll(batch.Select(message => TryStoreAsync(message, cancellation)));
            batch = [.. batch.Where((_, place) => !stored[place])];
            if (batch.Count > 0)
            {
                logger.LogError("The record store refuses to write; {Count} messages wait and their senders are held back", batch.Count);
                await Task.Delay(Pause, clock, cancellation);
            }
        }
    }

    private async Task<bool> TryStoreAsync(Inbound message, CancellationToken cancellation)
    {
        try
        {
            await intake.StoreAsync(message, cancellation);
            return true;
        }
        catch (StoreWriteException)
        {
            return false;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            logger.LogError(error, "A message of {Device} could not be stored", message.Device);
            return await TryRefuseAsync(message, error, cancellation);
        }
    }

    // A message on which our own code fails must not stop those behind it.
    private async Task<bool> TryRefuseAsync(Inbound message, Exception error, CancellationToken cancellation)
    {
        try
        {
            await intake.RefuseAsync(message, new RefusalCause(CountedAs.MessageServerFault, $"the server failed on it: {error.Message}"), cancellation);
            return true;
        }
        catch (Exception again) when (again is not OperationCanceledException)
        {
            logger.LogError(again, "A message of {Device} could not be kept as refused either", message.Device);
            return false;
        }
    }
}
