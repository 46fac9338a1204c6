using System.Runtime.CompilerServices;
using ColdChain.Core.Readings;
using ColdChain.Core.Signals;

namespace ColdChain.Edge.Sensors.Simulated;

/// <summary>
/// A signal of a <see cref="SimulatedUnit"/>, looked at every second: a reading whenever it changes, and at each whole multiple of the interval.
/// What lies in the past (the history, or the time the agent was not running) is generated at once.
/// </summary>
internal sealed class SimulatedSwitch(
    ProbeId signal, SignalKind kind, SimulatedUnit unit, TimeSpan interval, Instant historyFrom, TimeProvider clock) : IReadingSource
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    public ProbeId Probe => signal;

    public TimeSpan Interval => interval;

    public async IAsyncEnumerable<ProbeSample> ReadAsync(StoredSample? newest, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var step = (long)Step.TotalMilliseconds;
        var after = newest is { } stored && stored.At >= historyFrom ? stored.At : historyFrom - TimeSpan.FromMilliseconds(1);
        var last = default(bool?);
        for (var at = new Instant(((after.Milliseconds / step) + 1) * step); ; at += Step)
        {
            var wait = at - Instant.Now(clock);
            cancellation.ThrowIfCancellationRequested();
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, clock, cancellation);
            }

            var isOn = unit.IsOn(kind, at);
            if (isOn != last || at.Milliseconds % (long)interval.TotalMilliseconds == 0)
            {
                last = isOn;
                yield return ProbeSample.OfState(signal, at, isOn);
            }
        }
    }
}
