using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Edge.LocalAlarm;
using ColdChain.Edge.Outbox;
using ColdChain.Hosting.Waiting;
using ColdChain.Mqtt.Link;
using Microsoft.Extensions.Logging;

namespace ColdChain.Edge.Uplink;

/// <summary>
/// The way up: what is in the outbox and not in the server's last statement is sent until it is.
/// <code>
///             ┌─ live lane ──── the newest rows, at once ───────────────→ up/live
///   outbox ───┤
///             └─ backfill lane ─ everything older, oldest first ────────→ up/backfill
///      ↑                                                                     │
///      └──────────── Apply ←─ the server's statement ←─ down/ack ←───────────┘
///   sampling progress ─→ heartbeat ─→ up/status (answered with a statement)
/// </code>
/// PUBACK only says that the next pack may go; a row is delivered when a statement covers it. Memory is bounded by the lanes' windows.
/// </summary>
internal sealed partial class TwoLaneUplink(
    IMqttLink link, SqliteOutbox outbox, DeviceId device, DeviceClock clock, SamplingProgress progress, Supervision supervision, UplinkOptions options,
    ILogger logger)
{
    private readonly InFlight _inFlight = new(clock.Time, options.AckTimeout);
    private readonly Pulse _pulse = new(clock.Time);
    private readonly Backoff _reconnecting = new(options.BackoffFirst, options.BackoffMax, options.JitterSeed);
    private readonly Backoff _resending = new(options.BackoffFirst, options.BackoffMax, options.JitterSeed + 1);
    private readonly TaskCompletionSource _obeyed = new(); // A statement, since the start.
    private TaskCompletionSource _statement = new();
    private TaskCompletionSource _epochLeft = new();

    /// <summary>Tells the live lane that there are new rows.</summary>
    public void Appended() => _pulse.Fire();

    /// <summary>
    /// Runs until it is cancelled. A broken connection begins a new session; every failure of the world is logged and waited out.
    /// </summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var subscribed = false; // Once: the link repeats it at every new connection.
        while (true)
        {
            await link.WaitUntilConnectedAsync(cancellation);
            try
            {
                if (!subscribed)
                {
                    await link.SubscribeAsync(Topics.Ack(device), OnAckAsync, cancellation);
                    subscribed = true;
                }

                await SessionAsync(cancellation);
            }
            catch (MqttLinkException e)
            {
                var pause = _reconnecting.Failed();
                logger.LogInformation("The session ended ({Reason}); the next one begins in {Pause}.", e.Message, pause);
                await Task.Delay(pause, clock.Time, cancellation);
            }
            catch (Exception e) when (e is not OperationCanceledException && !OutboxFile.IsDamage(e))
            {
                // Whatever it is, sampling goes on: what is not sent waits in the outbox.
                var pause = _reconnecting.Failed();
                logger.LogError(e, "Sending failed; it begins anew in {Pause}, and readings are kept until then.", pause);
                await Task.Delay(pause, clock.Time, cancellation);
            }
        }
    }

    private async Task SessionAsync(CancellationToken cancellation)
    {
        // Nothing that was under way can be counted on: until a statement covers it, it is backlog.
        _inFlight.Clear();
        _statement = new TaskCompletionSource();
        if (_epochLeft.Task.IsCompleted)
        {
            (_liveFrom, _epochLeft) = (1, new TaskCompletionSource());
        }

        await SendStatusAsync(cancellation);
        using var session = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task[] lanes = [LiveLaneAsync(session.Token), BackfillLaneAsync(session.Token), HeartbeatAsync(session.Token)];
        var first = await Task.WhenAny([.. lanes, _epochLeft.Task]);
        session.Cancel();
        await Task.WhenAll(lanes).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await first; // Throws what ended the session, unless it ends for a new epoch; the others only followed.
    }

    private Task OnAckAsync(MqttMessage message, CancellationToken cancellation)
    {
        if (!ControlCodec.TryDecodeAck(message.Payload.Span, out var ack, out var error))
        {
            logger.LogWarning("An acknowledgement is not readable and was left out: {Error}", error);
            return Task.CompletedTask;
        }

        switch (outbox.Apply(ack))
        {
            case AckOutcome.ForeignStore:
                logger.LogError(
                    "Record store {Store} acknowledged readings, but this outbox belongs to another one; it is not obeyed. If the server was "
                    + "replaced on purpose, start the agent once with --forget-store: everything still in the outbox is then sent again.",
                    ShownText.Of(ack.Store));
                break;
            case AckOutcome.Cloned:
                Wakeup.Complete(_epochLeft); // The numbers under way mean other readings now: a new session begins.
                break;
            case AckOutcome.ClonedAndKept:
                logger.LogError("The server's statement contradicts this outbox, which cannot be told from a copy; it is not obeyed.");
                break;
            case AckOutcome.OtherEpoch:
                logger.LogInformation("An acknowledgement speaks of epoch {Epoch}, an earlier outbox of this device.", ack.Epoch);
                break;
            default:
                Obeyed(ack);
                break;
        }

        return Task.CompletedTask;
    }

    private void Obeyed(Ack ack)
    {
        supervision.Mark();
        if (_inFlight.Settle(ack.Covered()) > 0)
        {
            _resending.Succeeded();
            Volatile.Write(ref _backfillRests, 0);
        }

        _reconnecting.Succeeded();
        Wakeup.Complete(_statement);
        Wakeup.Complete(_obeyed);
        _pulse.Fire();
    }
}
