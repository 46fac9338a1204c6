using System.Runtime.CompilerServices;
using ColdChain.Core.Readings;
using ColdChain.Edge.Sensors;
using ColdChain.Simulation.Tests.Checks;
using ColdChain.Simulation.Tests.Clockwork;
using ColdChain.Simulation.Tests.Truth;

namespace ColdChain.Simulation.Tests.Machines;

/// <summary>A probe or a signal that tells the truth, as well as it can at the moment.</summary>
internal sealed class SimulatedProbe(ISampled truth, Pump pump, TimeProvider clock, Ledger ledger) : IReadingSource
{
    public ProbeId Probe => truth.Id;

    public TimeSpan Interval => truth.Interval;

    public async IAsyncEnumerable<ProbeSample> ReadAsync(StoredSample? newest, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            // Delays are of whole milliseconds: one that is cut off would end before its time, again and again.
            var next = truth.UntilNext(pump.Now, TimeSpan.FromTicks(pump.Elapsed));
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(next.TotalMilliseconds)), clock, cancellation);
            if (truth.HasEnded)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellation);
            }

            var sample = truth.Read(pump.Now);
            ledger.Give(truth.Id.ToString(), new Given(sample.Value?.ToString(), sample.State, sample.Fault), pump.Now);
            yield return sample;
        }
    }
}
