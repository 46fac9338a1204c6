using ColdChain.Simulation.Tests.Checks;
using ColdChain.Simulation.Tests.Faults;

namespace ColdChain.Simulation.Tests;

/// <summary>What a run came to.</summary>
/// <param name="Seed">Its seed.</param>
/// <param name="Hash">The hash over its trace: the same for the same seed.</param>
/// <param name="Violations">What did not hold, with the phase in which that was seen.</param>
/// <param name="Tail">What happened last.</param>
/// <param name="Counts">The faults.</param>
/// <param name="FridgeDays">The simulated days, times the storage units.</param>
/// <param name="Readings">The readings that edges committed.</param>
/// <param name="Questions">How often somebody asked whether a blood unit may be issued, and how often the answer was yes.</param>
internal sealed record SimulationResult(
    int Seed, string Hash, IReadOnlyList<(string Phase, Violation Violation)> Violations, IReadOnlyCollection<string> Tail, FaultCounts Counts, double FridgeDays, long Readings,
    (int Asked, int Yes) Questions)
{
    public string Report() => Violations.Count == 0
        ? $"seed {Seed}: no violation, trace {Hash}"
        : $"""
          seed {Seed}: {Violations.Count} violation(s), trace {Hash}
          {string.Join('\n', Violations.Take(10).Select(entry => $"  in phase {entry.Phase}: {entry.Violation}"))}
          what happened last:
          {string.Join('\n', Tail.Select(line => "  " + line))}
          again: dotnet run --project tests/Simulation -- --seed {Seed}
          """;
}
