using System.Threading.Channels;
using ColdChain.Core.Readings;
using ColdChain.Mqtt.Link;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Identity;

/// <summary>
/// Counts whom the endpoint refuses and tells of it in the event log, where a quality manager sees that somebody tries to be a device, or
/// that a device's certificate ran out. The endpoint does not wait for it.
/// </summary>
internal sealed class RefusedPeers(RecordStore store, FleetView fleet, TimeProvider clock, ILogger<RefusedPeers> logger) : BackgroundService
{
    // Whoever knocks thousands of times a second is counted as far as the writer gets on.
    private const int WaitingMax = 1000;

    private static readonly TimeSpan RestAfterError = TimeSpan.FromSeconds(5);

    private readonly Channel<(MqttEvent Refusal, Instant At)> _waiting =
        Channel.CreateBounded<(MqttEvent, Instant)>(new BoundedChannelOptions(WaitingMax) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>Takes what the endpoint reports, of which only refusals are kept.</summary>
    public void Take(MqttEvent happened)
    {
        if (happened.Kind is MqttEventKind.Refused or MqttEventKind.TopicRefused)
        {
            _waiting.Writer.TryWrite((happened, Instant.Now(clock)));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (refusal, at) in _waiting.Reader.ReadAllAsync(stoppingToken))
        {
            while (!await TryStoreAsync(refusal, at, stoppingToken))
            {
                await Task.Delay(RestAfterError, clock, stoppingToken);
            }
        }
    }

    private async Task<bool> TryStoreAsync(MqttEvent refusal, Instant at, CancellationToken cancellation)
    {
        try
        {
            await store.WriteAsync(WritePriority.Reading, transaction => Store(transaction, refusal, at), cancellation);
            return true;
        }
        catch (StoreWriteException error)
        {
            logger.LogError("A refusal at the endpoint could not be entered; it is tried again: {Reason}", error.Message);
            return false;
        }
    }

    // Who was refused chose the name: only that of an enrolled device is sure to be one of few.
    private void Store(StoreTransaction transaction, MqttEvent refusal, Instant at)
    {
        var (kind, what) = refusal.Kind == MqttEventKind.TopicRefused
            ? (EventKinds.TopicRefused, CountedAs.TopicRefused)
            : (EventKinds.ConnectionRefused, CountedAs.ConnectionRefused);
        var who = DeviceId.TryParse(refusal.Who, out var named) ? named : DeviceCounts.OtherStrangers;
        var times = fleet.Current.FindDevice(who) is not null
            ? DeviceCounts.Add(transaction, who, what, 1, at)
            : DeviceCounts.AddStranger(transaction, who, what, at);
        if (times is not null)
        {
            EventLog.Append(transaction, at, kind, null, who.Value, new { cause = what, reason = refusal.Text, times });
        }
    }
}
