using ColdChain.Core.Readings;

namespace ColdChain.Simulation.Tests.Truth;

/// <summary>Makes up a place: its units, what happens to their temperatures, and the blood that comes and goes.</summary>
internal static class Generator
{
    private static readonly (string Product, string Kind, int SetMilli, int LowMilli, int HighMilli)[] Kinds =
    [
        ("RBC", "refrigerator", 4000, 2000, 6000),
        ("RBC", "refrigerator", 4000, 2000, 6000),
        ("PLT", "incubator", 22_000, 20_000, 24_000),
        ("FFP_A", "freezer", -32_000, -45_000, -25_000),
    ];

    public static SiteTruth Make(Random random, Instant start, TimeSpan length)
    {
        var devices = new List<DeviceTruth>();
        var units = new List<UnitTruth>();
        var count = length > TimeSpan.FromHours(8) ? 1 : random.Next(1, 4);
        for (var number = 1; number <= count; number++)
        {
            var (product, kind, set, low, high) = Kinds[random.Next(Kinds.Length)];
            var site = $"site-{random.Next(1, 3)}";
            var id = new DeviceId($"pi-{number:000}");
            var interval = TimeSpan.FromMinutes(random.Next(2) == 0 ? 5 : random.Next(3, 6));
            var bumps = Happenings(random, start, length, set, low, high);
            var phaseMost = random.Next(2) == 0 ? 1 : 20_000; // All at once, or each at a moment of its own.
            string[] loads = random.Next(3) == 0 ? ["load", "load-2"] : ["load"];
            ProbeTruth[] probes =
            [
                .. loads.Select(name => Probe(name, new TemperatureCourse(set, 40, random.Next(), bumps))),
                Probe("air", new TemperatureCourse(set, 200, random.Next(), [.. bumps.Select(Livelier)])),
            ];
            var signals = Signals.Make(random, id, product, start, length, interval);
            devices.Add(new DeviceTruth(id, site, probes, [.. signals.Select(signal => signal.Truth)]));
            List<Mounting> mountings = [.. probes[..^1].Select(probe => new Mounting(probe.Id, true, random.Next(3) == 0 ? random.Next(-200, 201) : 0)), new(probes[^1].Id, false, 0)];
            units.Add(new UnitTruth($"unit-{number}", site, kind, [new Use(start - TimeSpan.FromMinutes(1), Instant.End, product, mountings) { Signals = [.. signals.Select(signal => signal.Mounting)] }]));

            ProbeTruth Probe(string name, TemperatureCourse course) => new(new ProbeId(id, name), course, new Pace(interval, TimeSpan.FromMilliseconds(random.Next(0, phaseMost))));
        }

        var truth = new SiteTruth { Devices = devices, Units = units };
        Fill(random, truth, start, length);
        truth.Change = random.Next(2) == 0 ? FleetChanges.Make(random, truth, start, length) : null;
        return truth;
    }

    private static Bump Livelier(Bump bump) => bump with { Milli = bump.Milli * 3 / 2 };

    // No faster than contents can change.
    // Small ones all the time, and now and then one that reaches a limit, exactly or beyond.
    private static List<Bump> Happenings(Random random, Instant start, TimeSpan length, int set, int low, int high)
    {
        var bumps = new List<Bump>();
        for (var at = start + TimeSpan.FromMinutes(random.Next(20, 200)); at < start + length;)
        {
            var up = random.Next(4) != 0;
            var toLimit = (up ? high : low) - set;
            var milli = random.Next(6) switch
            {
                0 => toLimit,
                1 => toLimit + (up ? 1 : -1),
                2 => toLimit + ((up ? 1 : -1) * random.Next(100, 4000)),
                _ => toLimit * random.Next(5, 60) / 100,
            };
            var bump = new Bump(at, Minutes(random, 70, 180), Minutes(random, 0, 90), Minutes(random, 70, 180), milli);
            bumps.Add(bump);
            at = at + bump.Rise + bump.Stay + bump.Fall + Minutes(random, 10, 300);
        }

        return bumps;
    }

    private static void Fill(Random random, SiteTruth truth, Instant start, TimeSpan length)
    {
        var number = 0;
        foreach (var unit in truth.Units)
        {
            for (var i = random.Next(1, 5); i > 0; i--)
            {
                Wander(random, truth, unit, $"W0000{26:00}{++number:000000}", start, start + length);
            }
        }
    }

    // From one unit to another of the same product, entered at once or hours later.
    private static void Wander(Random random, SiteTruth truth, UnitTruth first, string donation, Instant start, Instant end)
    {
        var product = first.Uses[0].Product;
        var homes = truth.Units.Where(unit => unit.Uses[0].Product == product).ToList();
        var (unit, at) = (first, start + Minutes(random, 2, 240));
        while (at < end - TimeSpan.FromMinutes(30))
        {
            var stay = new StayTruth(unit.Id, donation, product, at, at + Late(random));
            truth.Stays.Add(stay);
            at += Minutes(random, 30, 900);
            if (random.Next(3) == 0 || at >= end - TimeSpan.FromMinutes(30))
            {
                return;
            }

            stay.Out = at;
            unit = homes[random.Next(homes.Count)];
            at += Minutes(random, 0, 60);
        }
    }

    private static TimeSpan Late(Random random) => random.Next(3) == 0 ? Minutes(random, 10, 240) : TimeSpan.FromSeconds(random.Next(1, 60));

    private static TimeSpan Minutes(Random random, int from, int to) => TimeSpan.FromMilliseconds(random.Next(from * 60_000, to * 60_000));
}
