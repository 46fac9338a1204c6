using ColdChain.Core.Excursions;
using ColdChain.Core.Exposure;
using ColdChain.Core.Readings;
using ColdChain.Core.Signals;

namespace ColdChain.Core.Tests.Excursions;

/// <summary>
/// A random storage unit with three load probes and one air probe: temperatures that wander about both limits, gaps, faults, contradicting
/// claims of two epochs, and a change of limits half way; a door, mains and an agitator that change, fail and contradict themselves. Everything follows from the seed.
/// </summary>
internal sealed record Trace(UnitPlan Plan, IReadOnlyList<Reading> Readings, Instant Now)
{
    private static readonly DeviceId Device = new("pi-1");

    public static Trace Create(int seed, int samples)
    {
        var random = new Random(seed);
        var start = Some.Noon;
        var readings = new List<Reading>();
        var minute = 0;
        for (var i = 0; i < samples; i++)
        {
            minute += random.Next(12) == 0 ? random.Next(16, 300) : random.Next(1, 6);
            readings.AddRange(AtMinute(start + TimeSpan.FromMinutes(minute), i, random));
            readings.AddRange(SignalsAtMinute(start + TimeSpan.FromMinutes(minute), i, random));
        }

        var end = start + TimeSpan.FromMinutes(minute);
        return new Trace(PlanFor(start, start + TimeSpan.FromMinutes(minute / 2), random), readings, end + TimeSpan.FromMinutes(random.Next(0, 400)));
    }

    private static IEnumerable<Reading> AtMinute(Instant at, int i, Random random)
    {
        string[] probes = ["top", "middle", "bottom", "air"];
        for (var p = 0; p < probes.Length; p++)
        {
            if (random.Next(5) == 0)
            {
                continue;
            }

            var milli = random.Next(40) == 0 ? 85_000 : 4000 + random.Next(-5, 6) * 500;
            var reading = Some.Reading(at, milli, seq: i * 8 + p + 1, probe: new ProbeId(Device, probes[p]));
            yield return random.Next(15) == 0 ? reading with { Value = null, Fault = "no-answer" } : reading;
            if (random.Next(25) == 0)
            {
                var claimed = random.Next(2) == 0 ? milli : milli + 1500;
                yield return reading with { Key = reading.Key with { Epoch = "other" }, Value = Celsius.FromMilli(claimed) };
            }
        }
    }

    private static IEnumerable<Reading> SignalsAtMinute(Instant at, int i, Random random)
    {
        string[] signals = ["door", "mains", "agitator"];
        for (var s = 0; s < signals.Length; s++)
        {
            if (random.Next(5) == 0)
            {
                continue;
            }

            var isOn = random.Next(4) > 0;
            var reading = Some.Reading(at, 0, seq: i * 8 + 4 + s + 1, probe: new ProbeId(Device, signals[s])) with { Value = null, State = isOn };
            yield return random.Next(15) == 0 ? reading with { State = null, Fault = "missing" } : reading;
            if (random.Next(25) == 0)
            {
                yield return reading with { Key = reading.Key with { Epoch = "other" }, State = random.Next(2) == 0 };
            }
        }
    }

    private static PlannedSignal[] SignalsFor(Instant start, Instant change, Random random)
    {
        var gap = TimeSpan.FromMinutes(15);
        PlannedSignal Planned(string name, SignalKind kind, SignalRule before, SignalRule after)
        {
            var id = new ProbeId(Device, name);
            return new PlannedSignal(id, kind, new SignalJudge(id, [new SignalSpan(start, change, before), new SignalSpan(change, Instant.End, after)]));
        }

        SignalRule Rule(SignalKind kind) => SignalRule.Of(kind, isAgitated: true, gap);
        return [
            Planned("door", SignalKind.Door, Rule(SignalKind.Door), Rule(SignalKind.Door)),
            Planned("mains", SignalKind.Mains, Rule(SignalKind.Mains), Rule(SignalKind.Mains) with { MaxGap = TimeSpan.FromMinutes(5) }),
            Planned("agitator", SignalKind.Agitation, Rule(SignalKind.Agitation), random.Next(2) == 0 ? Rule(SignalKind.Agitation) : SignalRule.Of(SignalKind.Agitation, isAgitated: null, gap))];
    }

    private static UnitPlan PlanFor(Instant start, Instant change, Random random)
    {
        var before = Some.Rule(low: 2000, high: 6000) with { Delay = TimeSpan.FromMinutes(random.Next(3) * 5) };
        var after = before with { High = Celsius.FromMilli(5000) };
        ProbeJudge Judge(int calibration) => new([
            new RuleSpan(start, change, before), new RuleSpan(change, Instant.End, random.Next(2) == 0 ? after : before, calibration)]);
        PlannedProbe Load(string name, int calibration) => new(new ProbeId(Device, name), ProbeRole.Load, Judge(calibration), new LevelFold([
            new LevelSpan(start, change, new LevelScale([1999, 6000]), before.MaxGap),
            new LevelSpan(change, Instant.End, new LevelScale([1999, 5000, 6000]), before.MaxGap, calibration)]));
        return new UnitPlan(new StorageUnitId("fridge-1"), [
            Load("top", 0),
            Load("middle", -120),
            Load("bottom", 0),
            new PlannedProbe(new ProbeId(Device, "air"), ProbeRole.Air, Judge(0))])
        {
            Signals = SignalsFor(start, change, random),
        };
    }
}
