namespace ColdChain.Simulation.Tests.Faults;

/// <summary>Which phases a run has, with which faults.</summary>
internal static class PhasePlan
{
    // One in so many is long: a site that is cut off for a day and a half.
    private const int LongEvery = 12;

    public static List<(string Phase, FaultKind[] Kinds, TimeSpan Length)> Make(Random random) =>
    [
        ("start", random.Next(2) == 0 ? [] : Some(random, 2), Minutes(random, 10, 30)),
        ("live", Some(random, 4), Minutes(random, 40, 150)),
        random.Next(LongEvery) == 0
            ? ("outage", [FaultKind.Cut, .. Some(random, 2)], Minutes(random, 600, 2200))
            : ("outage", Some(random, 3), Minutes(random, 40, 300)),
        ("backfill", Some(random, 4), Minutes(random, 20, 60)),
    ];

    private static FaultKind[] Some(Random random, int most)
    {
        var kinds = Enum.GetValues<FaultKind>();
        return [.. Enumerable.Range(0, random.Next(1, most + 1)).Select(_ => kinds[random.Next(kinds.Length)]).Distinct()];
    }

    private static TimeSpan Minutes(Random random, int from, int to) => TimeSpan.FromMinutes(random.Next(from, to));
}
