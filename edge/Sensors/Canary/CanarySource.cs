using System.Runtime.CompilerServices;
using ColdChain.Core.Readings;

namespace ColdChain.Edge.Sensors.Canary;

/// <summary>A canary's probe, read at once and then at each tick. Its samples go the same way as all others: nothing in them says what it is.</summary>
internal sealed class CanarySource(ProbeId probe, CanaryCourse course, TimeSpan interval, TimeProvider clock) : IReadingSource
{
    public ProbeId Probe => probe;

    public TimeSpan Interval => interval;

    public async IAsyncEnumerable<ProbeSample> ReadAsync(StoredSample? newest, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var start = clock.GetTimestamp();
        while (true)
        {
            yield return ProbeSample.Good(probe, at: null, course.At(Instant.Now(clock)));
            var passed = clock.GetElapsedTime(start).Ticks % interval.Ticks;
            await Task.Delay(interval - TimeSpan.FromTicks(passed), clock, cancellation);
        }
    }
}
