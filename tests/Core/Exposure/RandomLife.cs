using ColdChain.Core.Exposure;
using ColdChain.Core.Readings;
using ColdChain.Core.Rules;

namespace ColdChain.Core.Tests.Exposure;

/// <summary>
/// A random life of red cells, minute by minute: in which storage unit, and what each of its two load probes tells. Everything follows from
/// the seed.
/// </summary>
internal sealed class RandomLife
{
    private static readonly int[] Temperatures = [500, 1000, 1999, 2000, 4000, 6000, 6001, 10000, 10001];
    private static readonly LevelScale Scale = LevelScale.Of(Life.British);

    private readonly int?[][] _probes;

    private RandomLife(int[] places, int?[][] probes) => (Places, _probes) = (places, probes);

    /// <summary>The storage unit of each minute; -1 between two stays.</summary>
    public int[] Places { get; }

    public int Minutes => Places.Length;

    public Instant End => Minute(Minutes);

    public static RandomLife Create(Random random)
    {
        var minutes = random.Next(100, 1500);
        var places = Runs(minutes, random, 400, () => random.Next(5) - 1);
        (places[0], places[^1]) = (1, 1); // Before the first stay and after the last there is no life to tell of.
        var probes = new[] { Course(), Course() };
        return new RandomLife(places, probes);

        int?[] Course() => Runs(minutes, random, random.Next(2) == 0 ? 60 : 500, () => random.Next(4) == 0 ? null : (int?)Temperatures[random.Next(3) > 0 ? 4 : random.Next(Temperatures.Length)]);
    }

    /// <summary>The temperatures that the probes tell at a minute; none when nobody knows.</summary>
    public IEnumerable<int> Told(int minute) => _probes.Select(probe => probe[minute]).OfType<int>();

    /// <summary>The same with nothing known from one minute to another.</summary>
    public RandomLife Silenced(int from, int to) => new(Places, [.. _probes.Select(probe => probe.Select((value, minute) => minute >= from && minute < to ? null : value).ToArray())]);

    /// <summary>The same with every stay in a storage unit of its own.</summary>
    public RandomLife Scattered() => new([.. Places.Select((place, minute) => place < 0 ? place : minute / 100)], _probes);

    /// <summary>The stays, cut at some minutes more.</summary>
    public List<Placement> Placements(params int[] cuts)
    {
        var placements = new List<Placement>();
        for (var from = 0; from < Minutes;)
        {
            var to = from + 1;
            while (to < Minutes && Places[to] == Places[from] && !cuts.Contains(to))
            {
                to++;
            }

            if (Places[from] >= 0)
            {
                placements.Add(Placement(from, to));
            }

            from = to;
        }

        return placements;
    }

    private Placement Placement(int from, int to) => new()
    {
        Unit = new StorageUnitId($"unit-{Places[from]}"),
        In = Minute(from),
        Out = Minute(to),
        Context = StorageContext.Storage,
        Pack = Life.British,
        Levels = [.. _probes.SelectMany((probe, i) => Levels(probe).Select(level => new ProbeLevel(new ProbeId(new DeviceId("pi"), $"{i}"), level)))],
    };

    private static IEnumerable<LevelInterval> Levels(int?[] probe)
    {
        for (var from = 0; from < probe.Length;)
        {
            var to = from + 1;
            while (to < probe.Length && probe[to] == probe[from])
            {
                to++;
            }

            if (probe[from] is { } milli)
            {
                var (low, high) = Scale.LevelOf(milli);
                yield return new LevelInterval(low, high, Minute(from), Minute(to), milli, milli, false, Minute(to));
            }

            from = to;
        }
    }

    private static T[] Runs<T>(int length, Random random, int longest, Func<T> next)
    {
        var values = new T[length];
        for (var (at, left, value) = (0, 0, default(T)!); at < length; at++, left--)
        {
            (left, value) = left > 0 ? (left, value) : (random.Next(1, longest), next());
            values[at] = value;
        }

        return values;
    }

    private static Instant Minute(int minute) => Some.Noon + TimeSpan.FromMinutes(minute);
}
