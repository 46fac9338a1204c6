using System.Runtime.CompilerServices;
using ColdChain.Core.Readings;

namespace ColdChain.Edge.Sensors.Replay;

/// <summary>
/// A probe that answers what was recorded, with the recorded instants. The speed says how many times faster than it was recorded; 0 is as
/// fast as the outbox takes it.
/// </summary>
internal sealed class ReplaySource(
    ProbeId probe, IReadOnlyList<RecordedSample> recording, double speed, TimeProvider clock) : IReadingSource
{
    public const string NoValue = "no-value-recorded";

    public ProbeId Probe => probe;

    public TimeSpan Interval => TimeSpan.Zero;

    public async IAsyncEnumerable<ProbeSample> ReadAsync(StoredSample? newest, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var begin = clock.GetTimestamp();
        Instant? first = null;
        foreach (var sample in recording)
        {
            cancellation.ThrowIfCancellationRequested();
            if (newest is not null && sample.At <= newest.At)
            {
                continue;
            }

            // By the time since the beginning: pauses that are each a little too long would add up.
            first ??= sample.At;
            if (speed > 0 && ((sample.At - first.Value) / speed) - clock.GetElapsedTime(begin) is { Ticks: > 0 } left)
            {
                await Task.Delay(left, clock, cancellation);
            }

            yield return sample.Value is { } value
                ? ProbeSample.Good(probe, sample.At, value)
                : ProbeSample.Faulty(probe, sample.At, NoValue);
        }
    }
}
