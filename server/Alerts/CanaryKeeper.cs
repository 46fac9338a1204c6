using ColdChain.Core.Alerting;
using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Alerts;

/// <summary>
/// Looks whether the canary's alarm comes through: from a probe over the broker, the judgement and the ladder up to a channel that took the message. Then
/// it takes that alarm on in the software's name, so that nobody has to. It is the only alarm that software takes on: of a storage unit that holds no blood.
/// </summary>
internal sealed class CanaryKeeper(RecordStore store, FleetView fleet, AlertOptions options, CanaryOptions canary, TimeProvider clock, ILogger<CanaryKeeper> logger) : BackgroundService
{
    private const int MessagesMax = 50;

    private static readonly TimeSpan RestAtMost = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RestAfterError = TimeSpan.FromSeconds(1);

    private readonly Instant _startedAt = Instant.Now(clock);

    /// <summary>After how long without its alarm something is wrong: half a turn late.</summary>
    public TimeSpan LateAfter => canary.Every * 1.5;

    /// <summary>When its alarm last came through; the start of this server, when it never did.</summary>
    public Instant CameThroughAt => store.Read(session => EventLog.NewestOfUnit(session, canary.Unit, EventKinds.CanaryCameThrough))?.At ?? _startedAt;

    /// <summary>Why there can be no alarm of it; null when there can.</summary>
    public string? Fault => fleet.Current.FindUnit(canary.Unit)?.Site == canary.Site ? null
        : $"The fleet has no storage unit {canary.Unit} at site {canary.Site}, which alerts.canary names.";

    /// <summary>Takes its alarm on, if a channel has taken a message of it.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        if (store.Read(Told) is not null)
        {
            await store.WriteAsync(WritePriority.Decision, TakeOn, cancellation);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var seen = store.Read(EventLog.LastId);
                await LookAsync(stoppingToken);
                await store.Events.WaitForNewAsync(seen, RestAtMost, clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                logger.LogError(error, "Whether the canary's alarm came through could not be noted; it is tried again");
                await Task.Delay(RestAfterError, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            }
        }
    }

    private void TakeOn(StoreTransaction transaction)
    {
        if (Told(transaction) is not var (incident, message, takenAt))
        {
            return; // A person was faster.
        }

        var now = Instant.Now(clock);
        var row = incident with { State = incident.State.Acknowledge(now, now + options.AcknowledgedFor) };
        Incidents.Tell(transaction, EventKinds.CanaryCameThrough, row, now, new
        {
            message = message.Id, channel = AlertWords.Of(message.Channel), takenAt = $"{takenAt}", afterSeconds = (takenAt - incident.OpenedAt).TotalSeconds,
        });
        new Incidents(fleet.Current, options).Save(transaction, row, now);
    }

    // Light and sound at the site are no proof that anybody far away would be told. And of what is critical something is held: that is for people.
    private (IncidentRow Incident, MessageRow Message, Instant TakenAt)? Told(StoreSession session)
    {
        if (IncidentStore.FindOpen(session, new Cause(CauseKind.Unit, $"{canary.Unit}")) is not { State: { IsAcknowledged: false, Severity: Severity.Warning } } incident || incident.Site != canary.Site)
        {
            return null;
        }

        foreach (var message in MessageStore.OfIncident(session, incident.Id, MessagesMax).Where(message => message.MadeAt >= incident.State.RoundFrom && message.Channel != AlertChannel.Annunciator))
        {
            if (MessageStore.StatesOf(session, message.Id).Find(state => state.State == MessageStates.Accepted) is { } taken)
            {
                return (incident, message, taken.At);
            }
        }

        return null;
    }
}
