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
        Instant? previous = null;
        foreach (var sample in recording)
        {
            cancellation.ThrowIfCancellationRequested();
            if (newest is not null && sample.At <= newest.At)
            {
                continue;
            }

            if (speed > 0 && previous is { } before)
            {
                await Task.Delay((sample.At - before) / speed, clock, cancellation);
            }

            previous = sample.At;
            yield return sample.Value is { } value
                ? ProbeSample.Good(probe, sample.At, value)
                : ProbeSample.Faulty(probe, sample.At, NoValue);
        }
    }
}
