using System.Collections.Concurrent;

namespace ColdChain.Simulation.Tests;

/// <summary>Many seeds, each on a thread of its own.</summary>
internal static class Seeds
{
    /// <summary>Runs the seeds of a range, both ends included, as many at once as there are processors; gives each when it is done.</summary>
    public static IEnumerable<SimulationResult> Run(int from, int to, SimulationOptions options)
    {
        using var results = new BlockingCollection<SimulationResult>();
        var next = from - 1;
        var threads = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(Work)).ToList();
        threads.ForEach(thread => thread.Start());
        for (var done = from; done <= to; done++)
        {
            yield return results.Take();
        }

        threads.ForEach(thread => thread.Join());

        void Work()
        {
            for (var seed = Interlocked.Increment(ref next); seed <= to; seed = Interlocked.Increment(ref next))
            {
                results.Add(Simulator.Run(seed, options));
            }
        }
    }
}
