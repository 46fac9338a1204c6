using ColdChain.Core.Alerting;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server.Store;

namespace ColdChain.Server.Alerts;

/// <summary>
/// Hands messages to one channel. Each channel has a worker of its own, and each attempt a limit of time, so that none waits for another one. That an
/// attempt begins is committed before it does: after a crash nobody knows whether it was taken, and it counts as such.
/// </summary>
internal sealed class ChannelWorker(RecordStore store, IAlertChannel channel, MessageWriter writer, TimeProvider clock, ILogger logger)
{
    private const int DetailLengthMax = 200;

    /// <summary>How long one attempt may take.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(20);

    // Beyond the limit, so that no attempt begins while another one of the same message may go on.
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan RestAtMost = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RestAfterError = TimeSpan.FromSeconds(1);

    /// <summary>The most messages that are handed over at the same time.</summary>
    public int AtOnce { get; init; } = 32;

    /// <summary>Works until it is cancelled. A message that is being handed over keeps no other one waiting.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var underWay = new List<Task>();
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                var seen = store.Read(EventLog.LastId);
                underWay.RemoveAll(task => task.IsCompleted);
                var ready = await BeginAsync(AtOnce - underWay.Count, cancellation);
                underWay.AddRange(ready.Select(one => TrySendAsync(one, cancellation)));
                await (underWay.Count == AtOnce ? Task.WhenAny(underWay) : ready.Count == 0 ? RestAsync(seen, cancellation) : Task.CompletedTask);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                break;
            }
            catch (Exception error)
            {
                await TellAsync(error, cancellation);
            }
        }

        await Task.WhenAll(underWay); // What was sent is noted, whatever stops this program.
    }

    /// <summary>Sends some of what is due, and waits for what comes of it; false when nothing was due.</summary>
    public async Task<bool> WorkAsync(CancellationToken cancellation)
    {
        var wasDue = store.Read(session => MessageStore.EarliestDue(session, channel.Kind)) <= Instant.Now(clock);
        var ready = await BeginAsync(AtOnce, cancellation);
        await Task.WhenAll(ready.Select(one => SendAsync(one, cancellation)));
        return wasDue;
    }

    private async Task TrySendAsync((MessageRow Row, AlertMessage Message) one, CancellationToken cancellation)
    {
        try
        {
            await SendAsync(one, cancellation);
        }
        catch (Exception error)
        {
            await TellAsync(error, cancellation); // It is due again when its lease has run out.
        }
    }

    private async Task SendAsync((MessageRow Row, AlertMessage Message) one, CancellationToken cancellation)
    {
        var answer = await TryAsync(one.Message, cancellation);
        await store.WriteAsync(WritePriority.Decision, transaction => Note(transaction, one.Row, answer), CancellationToken.None);
    }

    private async Task TellAsync(Exception error, CancellationToken cancellation)
    {
        logger.LogError(error, "Messages by {Channel} could not be sent; it is tried again", channel.Kind);
        await Task.Delay(RestAfterError, clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    private async Task<List<(MessageRow Row, AlertMessage Message)>> BeginAsync(int max, CancellationToken cancellation)
    {
        var now = Instant.Now(clock);
        return store.Read(session => MessageStore.EarliestDue(session, channel.Kind)) <= now
            ? await store.WriteAsync(WritePriority.Decision, transaction => Begin(transaction, now, max), cancellation)
            : [];
    }

    private List<(MessageRow Row, AlertMessage Message)> Begin(StoreTransaction transaction, Instant now, int max)
    {
        var (ready, roster) = (new List<(MessageRow, AlertMessage)>(), new Roster(transaction, now));
        foreach (var row in MessageStore.Due(transaction, channel.Kind, now, max))
        {
            var incidents = NotificationStore.OfMessage(transaction, row.Id).Select(told => IncidentStore.Find(transaction, told.Incident)).OfType<IncidentRow>().DistinctBy(one => one.Id).ToList();
            var told = incidents.FindAll(Envelopes.MustTell);
            var outcomes = OutcomesOf(MessageStore.StatesOf(transaction, row.Id));
            if (told.Count == 0)
            {
                Finish(transaction, row, MessageStates.Withdrawn, EventKinds.AlertWithdrawn, "somebody has it", now);
            }
            else if (outcomes.Count > 0 && Attempts.NextAt(outcomes, now) is null)
            {
                Finish(transaction, row, MessageStates.GivenUp, EventKinds.AlertGivenUp, "it may have been taken twice", now);
            }
            else if (writer.Write(transaction, row, told, roster, now) is { } message)
            {
                MessageStore.Add(transaction, row.Id, new MessageState(MessageStates.Sending, now, ""));
                MessageStore.Wait(transaction, row.Id, row.Channel, now + Lease);
                ready.Add((row, message));
            }
            else
            {
                Finish(transaction, row, MessageStates.GivenUp, EventKinds.AlertGivenUp, "the person is not reached by this channel any more", now);
            }
        }

        return ready;
    }

    /// <summary>What came of each attempt. One without a word after it may have been taken.</summary>
    private static List<SendOutcome> OutcomesOf(List<MessageState> states)
    {
        var outcomes = new List<SendOutcome>();
        foreach (var state in states)
        {
            switch (state.State)
            {
                case MessageStates.Sending:
                    outcomes.Add(SendOutcome.Unsure);
                    break;
                case MessageStates.Refused:
                    outcomes[^1] = SendOutcome.Refused;
                    break;
            }
        }

        return outcomes;
    }

    private async Task<ChannelAnswer> TryAsync(AlertMessage message, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var time = new CancellationTokenSource(TimeLimit, clock);
        using var both = time.Token.Register(limit.Cancel);
        try
        {
            // Also from one that does not look at its token.
            return await channel.SendAsync(message, limit.Token).WaitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            return new ChannelAnswer(SendOutcome.Unsure, cancellation.IsCancellationRequested ? "the server was stopped meanwhile" : $"it did not answer within {TimeLimit.TotalSeconds:0} seconds");
        }
        catch (Exception error)
        {
            return new ChannelAnswer(SendOutcome.Unsure, error.Message);
        }
    }

    private void Note(StoreTransaction transaction, MessageRow row, ChannelAnswer answer)
    {
        var (now, detail) = (Instant.Now(clock), ShownText.Of(answer.Detail, DetailLengthMax));
        if (answer.Outcome == SendOutcome.Accepted)
        {
            Finish(transaction, row, MessageStates.Accepted, EventKinds.AlertAccepted, detail, now);
            return;
        }

        MessageStore.Add(transaction, row.Id, new MessageState(answer.Outcome == SendOutcome.Refused ? MessageStates.Refused : MessageStates.Unsure, now, detail));
        MessageEvents.Tell(transaction, EventKinds.AlertFailed, row, [], detail, now);
        if (Attempts.NextAt(OutcomesOf(MessageStore.StatesOf(transaction, row.Id)), now) is { } next)
        {
            MessageStore.Wait(transaction, row.Id, row.Channel, next);
        }
        else
        {
            Finish(transaction, row, MessageStates.GivenUp, EventKinds.AlertGivenUp, detail, now);
        }
    }

    private static void Finish(StoreTransaction transaction, MessageRow row, string state, string kind, string detail, Instant now)
    {
        MessageStore.Add(transaction, row.Id, new MessageState(state, now, detail));
        MessageStore.Finish(transaction, row.Id);
        MessageEvents.Tell(transaction, kind, row, [], detail, now);
    }

    private async Task RestAsync(long seenEvent, CancellationToken cancellation)
    {
        var due = store.Read(session => MessageStore.EarliestDue(session, channel.Kind));
        var rest = due is { } at ? at - Instant.Now(clock) : RestAtMost;
        if (rest > TimeSpan.Zero)
        {
            await store.Events.WaitForNewAsync(seenEvent, rest < RestAtMost ? rest : RestAtMost, clock, cancellation);
        }
    }
}

/// <summary>Runs a worker for each channel that is set up.</summary>
internal sealed class ChannelService(IEnumerable<ChannelWorker> workers) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(workers.Select(worker => Task.Run(() => worker.RunAsync(stoppingToken), CancellationToken.None)));
}
