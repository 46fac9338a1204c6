using System.Runtime.CompilerServices;
using ColdChain.Core.Readings;

namespace ColdChain.Edge.Sensors.Simulated;

/// <summary>
/// A probe of a <see cref="SimulatedUnit"/>. The samples lie on whole multiples of the interval. What lies in the past (the history, or the
/// time the agent was not running) is generated at once; then one sample comes at each tick of the clock.
/// </summary>
internal sealed class SimulatedSource(
    ProbeId probe, ProbeRole role, SimulatedUnit unit, TimeSpan interval, Instant historyFrom, TimeProvider clock) : IReadingSource
{
    public ProbeId Probe => probe;

    public TimeSpan Interval => interval;

    public async IAsyncEnumerable<ProbeSample> ReadAsync(StoredSample? newest, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (run, next) = newest is { } stored && stored.At >= historyFrom
            ? (Continue(stored), NextTick(stored.At))
            : (ModelRun.Settled(unit, historyFrom), NextTick(historyFrom - TimeSpan.FromMilliseconds(1)));
        while (true)
        {
            await UntilAsync(next, cancellation);
            yield return unit.Sample(probe, role, next, run.AdvanceTo(next));
            next += interval;
        }
    }

    private ModelRun Continue(StoredSample stored) =>
        stored.Value is { } value ? ModelRun.From(unit, role, stored.At, value) : ModelRun.Settled(unit, stored.At);

    private Instant NextTick(Instant after)
    {
        var step = (long)interval.TotalMilliseconds;
        return new Instant(((after.Milliseconds / step) + 1) * step);
    }

    private async ValueTask UntilAsync(Instant instant, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var wait = instant - Instant.Now(clock);
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, clock, cancellation);
        }
    }
}
