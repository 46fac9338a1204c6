namespace ColdChain.Simulation.Tests.Faults;

/// <summary>Which phases a run has, with which faults.</summary>
internal static class PhasePlan
{
    public static List<(string Phase, FaultKind[] Kinds, TimeSpan Length)> Make(Random random) =>
    [
        ("start", random.Next(2) == 0 ? [] : Some(random, 2), Minutes(random, 20, 60)),
        ("live", Some(random, 4), Minutes(random, 60, 360)),
        ("outage", random.Next(3) == 0 ? [FaultKind.ServerPartition, FaultKind.EdgePartition] : Some(random, 3), Minutes(random, 60, 600)),
        ("backfill", Some(random, 4), Minutes(random, 30, 120)),
    ];

    private static FaultKind[] Some(Random random, int most)
    {
        var kinds = Enum.GetValues<FaultKind>();
        return [.. Enumerable.Range(0, random.Next(1, most + 1)).Select(_ => kinds[random.Next(kinds.Length)]).Distinct()];
    }

    private static TimeSpan Minutes(Random random, int from, int to) => TimeSpan.FromMinutes(random.Next(from, to));
}
