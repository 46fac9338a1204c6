using ColdChain.Core.Readings;
using ColdChain.Core.Wire;

namespace ColdChain.Edge.Tests.Support;

/// <summary>What a record store makes of packs that may contradict each other: the first content of a number is held, the others are kept.</summary>
internal sealed class HeldReadings
{
    private readonly Dictionary<string, SortedDictionary<long, Reading>> _streams = [];

    /// <summary>Everything that ever arrived, held or contradicting, by what was measured.</summary>
    public HashSet<(ProbeId Probe, Instant? At, Celsius? Value)> Arrived { get; private init; } = [];

    public int Conflicts { get; private set; }

    /// <summary>A backup: what is taken here afterwards is not in it.</summary>
    public HeldReadings Copy()
    {
        var copy = new HeldReadings { Arrived = [.. Arrived], Conflicts = Conflicts };
        foreach (var (epoch, readings) in _streams)
        {
            copy._streams[epoch] = new SortedDictionary<long, Reading>(readings);
        }

        return copy;
    }

    public void Take(IEnumerable<Reading> readings)
    {
        foreach (var reading in readings)
        {
            Arrived.Add((reading.Probe, reading.MeasuredAt, reading.Value));
            Conflicts += Stream(reading.Key.Epoch).TryAdd(reading.Key.Seq, reading) || Stream(reading.Key.Epoch)[reading.Key.Seq] == reading ? 0 : 1;
        }
    }

    public Ack Statement(string epoch) => new("store-1", epoch, 0, SeqRanges.From(Stream(epoch).Keys), [], "")
    {
        Contents = Stream(epoch).Values.Aggregate(new ContentSum(1, 0), (sum, reading) => sum.With(reading)),
    };

    private SortedDictionary<long, Reading> Stream(string epoch) => _streams.TryGetValue(epoch, out var stream) ? stream : _streams[epoch] = [];
}
