using ColdChain.Core.Wire;
using ColdChain.Hosting.Clocks;
using ColdChain.Mqtt.Link;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Ingest;

/// <summary>
/// Takes what devices publish into the record store, and acknowledges it after the commit.
/// <code>
/// live link ─────→ live lane ─────┐                        ┌→ packs, streams, marks, events (one commit)
///                                 ├→ intake → the writer ──┤
/// backfill link ─→ backfill lane ─┘                        └→ ack sender → live link
/// </code>
/// </summary>
internal sealed class IngestService : BackgroundService
{
    /// <summary>The longest time that a stop waits for what was received to be stored.</summary>
    private static readonly TimeSpan DrainAtMost = TimeSpan.FromSeconds(5);

    private readonly IMqttLink _live;
    private readonly IMqttLink _backfill;
    private readonly IngestLane _liveLane;
    private readonly IngestLane _backfillLane;
    private readonly AckSender _acks;
    private readonly IngestCounter _counter = new();
    private readonly TimeProvider _clock;
    private readonly TaskScheduler _loops;
    private volatile Task _lanes = Task.CompletedTask;

    public IngestService(
        IMqttLink live, IMqttLink backfill, RecordStore store, FleetView fleet, TimeProvider clock, ILogger<IngestService> logger, TaskScheduler? loops = null,
        IClockAuthority? authority = null)
    {
        (_live, _backfill, _clock, _loops) = (live, backfill, clock, loops ?? TaskScheduler.Default);
        _acks = new AckSender(live, store, clock, logger);
        var intake = new Intake(store, fleet, _acks, _counter, authority ?? new AssumedClock());
        (_liveLane, _backfillLane) = (new IngestLane(intake, clock, logger), new IngestLane(intake, clock, logger));
    }

    public IngestCounts Counts => _counter.Now;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await SubscribeAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Asks for what devices publish: what comes waits for <see cref="RunAsync"/>.</summary>
    public async Task SubscribeAsync(CancellationToken cancellation)
    {
        await _live.SubscribeAsync(Topics.AllLive, _liveLane.ReceiveAsync, cancellation);
        await _live.SubscribeAsync(Topics.AllStatus, _liveLane.ReceiveAsync, cancellation);
        await _backfill.SubscribeAsync(Topics.AllBackfill, _backfillLane.ReceiveAsync, cancellation);
    }

    /// <summary>
    /// Takes nothing more and stores what has been received: MQTT has acknowledged it, and a foreign device would not send it again.
    /// </summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _liveLane.Complete();
        _backfillLane.Complete();
        await _lanes.WaitAsync(DrainAtMost, _clock, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => RunAsync(stoppingToken);

    /// <summary>Stores and acknowledges until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        Task[] loops = [RunLoop(_liveLane.RunAsync, cancellation), RunLoop(_backfillLane.RunAsync, cancellation), RunLoop(_acks.RunAsync, cancellation)];
        _lanes = Task.WhenAll(loops[..2]);

        // A loop that failed would leave the others looking alive while its messages wait for ever: the host ends, and is started again.
        await await Task.WhenAny(loops);
        await Task.WhenAll(loops);
    }

    private Task RunLoop(Func<CancellationToken, Task> loop, CancellationToken cancellation) =>
        Task.Factory.StartNew(() => loop(cancellation), cancellation, TaskCreationOptions.DenyChildAttach, _loops).Unwrap();
}
