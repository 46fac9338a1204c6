using ColdChain.Edge.LocalAlarm;
using ColdChain.Edge.Outbox;
using ColdChain.Edge.Sensors;
using ColdChain.Edge.Uplink;
using ColdChain.Mqtt.Link;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace ColdChain.Edge;

/// <summary>
/// One device: <c>sources → outbox → uplink</c>. The sources, the outbox and the link belong to the caller, who disposes them after
/// <see cref="RunAsync"/> has ended. Its loops run on <paramref name="loops"/>: the thread pool, or one thread of a simulator.
/// </summary>
internal sealed class EdgeAgent(
    EdgeAgentOptions options, IReadOnlyList<IReadingSource> sources, SqliteOutbox outbox, IMqttLink link, DeviceClock clock, ILogger logger,
    TaskScheduler? loops = null)
{
    private const int BatchMax = 500;
    private static readonly TimeSpan PruneEvery = TimeSpan.FromHours(1);

    private readonly Supervision _supervision = new(clock.Time);

    /// <summary>What the agent has stored so far.</summary>
    public SamplingProgress Progress { get; } = new();

    /// <summary>Runs until it is cancelled, and then ends without an error. A recording that has ended does not end the agent.</summary>
    /// <exception cref="SqliteException">The outbox was damaged while in use: start again, which sets the file aside.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var uplink = new TwoLaneUplink(link, outbox, options.Device, clock, Progress, _supervision, Paced(options.Uplink), logger);
        using var all = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        List<Task> running =
        [
            RunLoop(() => uplink.RunAsync(all.Token)),
            RunLoop(() => PruneAsync(all.Token)),
            .. options.NotSupervised is { } lamp ? [RunLoop(() => new SupervisionLamp(lamp, _supervision, clock.Time, logger).RunAsync(all.Token))] : Array.Empty<Task>(),
            .. options.SiteAlarm is { } alarm ? [RunLoop(() => new SiteAlarmLamp(alarm, link, options.Device, clock.Time, logger).RunAsync(all.Token))] : Array.Empty<Task>(),
            .. sources.Select(source => RunLoop(() => SampleAsync(source, uplink, all.Token))),
        ];
        await FirstFailureOrEndAsync(running);
        all.Cancel();
        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (running.FirstOrDefault(task => task.IsFaulted) is { } failed)
        {
            await failed;
        }
    }

    // Started, not called: a source that never waits (a recording) must not keep the others from starting.
    private Task RunLoop(Func<Task> loop) =>
        Task.Factory.StartNew(loop, CancellationToken.None, TaskCreationOptions.DenyChildAttach, loops ?? TaskScheduler.Default).Unwrap();

    // As systemd's watchdog is set: above twice the longest interval, so that one slow read is no alarm.
    private UplinkOptions Paced(UplinkOptions uplink)
    {
        var within = 2 * sources.Select(source => source.Interval).DefaultIfEmpty().Max();
        return within > uplink.ProgressWithin ? uplink with { ProgressWithin = within } : uplink;
    }

    private static async Task FirstFailureOrEndAsync(IEnumerable<Task> running)
    {
        var waiting = running.ToList();
        while (waiting.Count > 0)
        {
            var ended = await Task.WhenAny(waiting);
            waiting.Remove(ended);
            if (!ended.IsCompletedSuccessfully)
            {
                return;
            }
        }
    }

    private async Task SampleAsync(IReadingSource source, TwoLaneUplink uplink, CancellationToken cancellation)
    {
        var (batch, faults) = (new List<Measurement>(), new FaultLog(logger));
        await using var samples = source.ReadAsync(outbox.Newest(source.Probe), cancellation).GetAsyncEnumerator(cancellation);
        while (true)
        {
            var next = samples.MoveNextAsync();
            // One transaction for what came without waiting; nothing waits in memory while the source waits.
            if (batch.Count > 0 && (batch.Count == BatchMax || !next.IsCompleted))
            {
                await StoreAsync(batch, cancellation);
                uplink.Appended();
                Progress.Mark();
                batch.Clear();
            }

            if (!await next)
            {
                break;
            }

            faults.Note(samples.Current);
            batch.Add(clock.Stamp(samples.Current));
        }

        await StoreAsync(batch, cancellation);
        uplink.Appended();
        logger.LogInformation("The source of {Probe} has ended.", source.Probe);
    }

    // A full disk passes; a damaged file does not, and only a new start can set it aside.
    private async Task StoreAsync(List<Measurement> batch, CancellationToken cancellation)
    {
        while (batch.Count > 0)
        {
            try
            {
                outbox.Append(batch);
                return;
            }
            catch (SqliteException e) when (!OutboxFile.IsDamage(e))
            {
                logger.LogCritical(
                    e, "{Count} sample(s) could not be stored; make room on the outbox's disk or replace it. Trying again in {Pause}.",
                    batch.Count, options.StoreRetryEvery);
                await Task.Delay(options.StoreRetryEvery, clock.Time, cancellation);
            }
        }
    }

    private async Task PruneAsync(CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                if (clock.Now is { } now && outbox.Prune(now - options.Retention) is > 0 and var rows)
                {
                    logger.LogInformation("Removed {Rows} acknowledged rows older than {Retention}.", rows, options.Retention);
                }
            }
            catch (SqliteException e) when (!OutboxFile.IsDamage(e))
            {
                // A card that is full has no room to remove anything either; sampling must not end for that.
                logger.LogWarning(e, "Old rows could not be removed; make room on the outbox's disk. Trying again in {Pause}.", PruneEvery);
            }

            await Task.Delay(PruneEvery, clock.Time, cancellation);
        }
    }
}
