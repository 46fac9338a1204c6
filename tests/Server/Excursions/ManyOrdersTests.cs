using System.Globalization;
using System.Text;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server.Quarantine;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;

namespace ColdChain.Server.Tests.Excursions;

/// <summary>
/// Three hundred fridges with one and the same day in one real record store. To each, the readings come in an order, in packs and with
/// duplicates of its own, the contents are entered at moments of their own, and the fleet is corrected somewhere in between. All three
/// hundred come out alike.
/// </summary>
public sealed class ManyOrdersTests
{
    private const int Fridges = 300;
    private const int Rounds = 6;
    private const string Epoch = "0123456789abcdef0123456789abcdef";
    private static readonly Instant Start = Scene.At("06:00");
    private static readonly Instant Noon = Scene.At("12:00");

    [Fact]
    public async Task Outcome_OfThreeHundredOrdersInTheStore_IsOne()
    {
        await using var scene = await Scene.OpenAsync(Fleet("-0.250"));
        var arrivals = Enumerable.Range(0, Fridges).Select(Arrivals).ToList();
        await scene.JudgeAsync("12:00");
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var arrive in arrivals.SelectMany(of => of.Where((_, i) => i % Rounds == round)))
            {
                await arrive(scene);
            }

            if (round == Rounds / 2)
            {
                await scene.LoadFleetAsync(Fleet("0.000"));
            }

            await scene.JudgeAsync("12:00");
        }

        var outcomes = Enumerable.Range(0, Fridges).Select(fridge => Outcome(scene, fridge)).ToList();

        outcomes[0].Should().Contain("high").And.Contain("low").And.Contain("unknown").And.Contain("blood-unit 0").And.NotContain("blood-unit 2");
        outcomes.Distinct().Should().ContainSingle();
    }

    /// <summary>The things that happen to one fridge, in its own order; to the first one, as they were.</summary>
    private static List<Func<Scene, Task>> Arrivals(int fridge)
    {
        var random = new Random(fridge);
        var readings = Readings(fridge).ToArray();
        var packs = new List<Pack>();
        for (var done = 0; done < readings.Length;)
        {
            var count = Math.Min(readings.Length - done, random.Next(1, 12));
            packs.Add(new Pack(readings[0].Key.Device, Epoch, readings[done..(done + count)]));
            done += count;
        }

        List<Func<Scene, Task>> happens =
        [
            .. packs.Concat(packs.Where(_ => random.Next(4) == 0)).Select(pack => (Func<Scene, Task>)(scene => scene.DeliverAsync(pack, Noon))),
            .. Enumerable.Range(0, Stays.Length).Select(number => (Func<Scene, Task>)(scene => EnterAsync(scene, fridge, number))),
        ];
        var order = happens.ToArray();
        if (fridge > 0)
        {
            random.Shuffle(order);
        }

        return [.. order];
    }

    /// <summary>Six hours of one fridge: too warm for a while, then too cold, twice for a moment, and silent for longer than it may be.</summary>
    private static IEnumerable<Reading> Readings(int fridge)
    {
        var (seq, probe) = (0L, new ProbeId(new DeviceId($"pi-{fridge}"), "load"));
        for (var minute = 0; minute < 360; minute += 6)
        {
            var milli = minute switch { < 30 => 4000, < 48 => 6400, 60 => 6010, < 66 => 5000, 66 => 1500, 72 => 6200, > 78 and < 330 => (int?)null, _ => 4125 };
            if (milli is { } value)
            {
                yield return new Reading { Key = new ReadingKey(probe.Device, Epoch, ++seq), Probe = probe, MeasuredAt = Start + TimeSpan.FromMinutes(minute), Value = Celsius.FromMilli(value) };
            }
        }
    }

    /// <summary>From when to when each blood unit was inside, in minutes: the third one left before anything happened.</summary>
    private static readonly (int In, int? Out)[] Stays = [(0, null), (40, 70), (0, 29), (100, 320)];

    private static Task EnterAsync(Scene scene, int fridge, int number)
    {
        var (from, to) = (Start + TimeSpan.FromMinutes(Stays[number].In), Stays[number].Out is { } minute ? Start + TimeSpan.FromMinutes(minute) : (Instant?)null);
        var stay = new NewStay(Unit(fridge), new BloodUnit(Donation(fridge, number), "RBC"), from, to) { IsFact = true };
        return scene.Write(transaction => ContentsEntry.Enter(transaction, scene.Fleet, scene.Packs, stay, Noon));
    }

    private static string Outcome(Scene scene, int fridge)
    {
        var text = new StringBuilder();
        var findings = scene.Read(session => FindingStore.Current(session, Unit(fridge)));
        foreach (var finding in findings.Select(row => row.Finding).OrderBy(f => f.Stretch.Start).ThenBy(f => f.Stretch.Side))
        {
            text.Append(CultureInfo.InvariantCulture, $"{FindingWords.Of(finding.Stretch.Side)} {finding.AlarmedAt} {finding.Stretch.ToJson()}\n");
        }

        var holds = scene.Read(session => HoldStore.OfUnit(session, Unit(fridge))).Where(hold => hold.State == HoldWords.Held);
        foreach (var line in holds.Select(hold => $"{hold.Kind} {Number(fridge, hold)} since {hold.Since}").Order(StringComparer.Ordinal))
        {
            text.Append(line).Append('\n');
        }

        return text.ToString();
    }

    private static string Number(int fridge, HoldRow hold) =>
        string.Join(' ', Enumerable.Range(0, Stays.Length).Where(number => hold.Donation == Donation(fridge, number)));

    private static StorageUnitId Unit(int fridge) => new($"fridge-{fridge}");

    private static string Donation(int fridge, int number) => string.Create(CultureInfo.InvariantCulture, $"W000026{(fridge * 10) + number:000000}");

    private static string Fleet(string correction)
    {
        var text = new StringBuilder("sites: [{ id: rabat, name: Rabat, zone: Africa/Casablanca }]\ndevices:\n");
        foreach (var fridge in Enumerable.Range(0, Fridges))
        {
            text.Append(CultureInfo.InvariantCulture, $"  - {{ id: pi-{fridge}, site: rabat }}\n");
        }

        text.Append("storage-units:\n");
        foreach (var fridge in Enumerable.Range(0, Fridges))
        {
            text.Append(CultureInfo.InvariantCulture, $$"""
                  - id: fridge-{{fridge}}
                    name: Fridge {{fridge}}
                    site: rabat
                    kind: refrigerator
                    history: [{ from: {{Start}}, rules: eu-edqm, product: RBC, context: storage, probes: [{ id: pi-{{fridge}}/load, role: load, calibration-offset: {{correction}} }] }]

                """);
        }

        return text.ToString();
    }
}
