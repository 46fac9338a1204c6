using ColdChain.Core.Readings;

namespace ColdChain.Simulation.Tests.Truth;

/// <summary>Makes up a change of the fleet: it counts from an instant, and is entered before or after that.</summary>
internal static class FleetChanges
{
    private const int CalibrationMost = 300;

    /// <summary>A change that the place allows.</summary>
    public static FleetChange Make(Random random, SiteTruth truth, Instant start, TimeSpan length)
    {
        var at = start + random.NextDouble() * length * 0.9;
        var entered = random.Next(2) == 0 ? start + random.NextDouble() * (at - start) : at + random.NextDouble() * (start + length - at);
        var unit = truth.Units[random.Next(truth.Units.Count)];
        var other = truth.Units[random.Next(truth.Units.Count)];
        return random.Next(4) switch
        {
            0 when Other(unit.Uses[^1].Product) is { } product => new FleetChange("another product", entered, [(unit, Changed(unit, at, use => use with { Product = product }))]),
            1 when unit != other => Swap(truth, unit, other, at, entered),
            2 when unit != other && Loads(unit).Count > 1 => Give(truth, unit, other, at, entered),
            _ => new FleetChange("another calibration", entered, [(unit, Changed(unit, at, use => use with { Probes = Calibrated(random, use.Probes) }))]),
        };
    }

    private static string? Other(string product) => product switch
    {
        "RBC" => "WB", // By the same figures.
        "FFP_A" => "FFP_B",
        _ => null,
    };

    // Each of two units gets the other one's first load probe.
    private static FleetChange Swap(SiteTruth truth, UnitTruth unit, UnitTruth other, Instant at, Instant entered)
    {
        var (mine, theirs) = (Loads(unit)[0], Loads(other)[0]);
        var (here, there) = (Probe(truth, mine).CourseAt(at), Probe(truth, theirs).CourseAt(at));
        Probe(truth, mine).Move(at, there);
        Probe(truth, theirs).Move(at, here);
        return new FleetChange("swapped probes", entered, [(unit, Changed(unit, at, Put(theirs, mine))), (other, Changed(other, at, Put(mine, theirs)))]);

        static Func<Use, Use> Put(Mounting put, Mounting taken) => use => use with { Probes = [.. use.Probes.Select(probe => probe == taken ? put : probe)] };
    }

    // One unit's second load probe goes to another unit.
    private static FleetChange Give(SiteTruth truth, UnitTruth unit, UnitTruth other, Instant at, Instant entered)
    {
        var given = Loads(unit)[1];
        Probe(truth, given).Move(at, Probe(truth, Loads(other)[0]).CourseAt(at));
        return new FleetChange("moved probe", entered,
        [
            (unit, Changed(unit, at, use => use with { Probes = [.. use.Probes.Where(probe => probe != given)] })),
            (other, Changed(other, at, use => use with { Probes = [.. use.Probes, given] })),
        ]);
    }

    private static IReadOnlyList<Mounting> Calibrated(Random random, IReadOnlyList<Mounting> probes) =>
        [.. probes.Select(probe => probe.IsLoad ? probe with { CalibrationMilli = random.Next(-CalibrationMost, CalibrationMost + 1) } : probe)];

    private static IReadOnlyList<Use> Changed(UnitTruth unit, Instant at, Func<Use, Use> change) =>
        [.. unit.Uses.SkipLast(1), unit.Uses[^1] with { To = at }, change(unit.Uses[^1]) with { From = at }];

    private static List<Mounting> Loads(UnitTruth unit) => [.. unit.Uses[^1].Probes.Where(probe => probe.IsLoad)];

    private static ProbeTruth Probe(SiteTruth truth, Mounting mounting) =>
        truth.Devices.SelectMany(device => device.Probes).First(probe => probe.Id == mounting.Probe);
}
