using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Mqtt.Link;

namespace ColdChain.Edge.Tests.Support;

/// <summary>
/// The server as the edge sees it: it keeps every reading once and answers packs and heartbeats with its whole statement.
/// </summary>
internal sealed class SimulatedServer
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, SortedDictionary<long, Reading>> _streams = [];
    private readonly List<(UpKind Kind, long First, long Last)> _packs = [];
    private readonly List<Status> _statuses = [];
    private string _epoch = "";

    public string Store { get; set; } = "store-1";

    /// <summary>A server that stores and says nothing.</summary>
    public bool Silent { get; set; }

    /// <summary>True for a test of two writers; otherwise a number that is used twice is an error of the agent.</summary>
    public bool TakesContradictions { get; set; }

    /// <summary>What it holds of the epoch that it heard last.</summary>
    public IReadOnlyList<Reading> Held => Locked(() => Stream().Values.ToList());

    public IReadOnlyList<(UpKind Kind, long First, long Last)> Packs => Locked(() => _packs.ToList());

    public IReadOnlyList<Status> Statuses => Locked(() => _statuses.ToList());

    /// <summary>Goes back to a backup that has readings only up to a number.</summary>
    public void RestoreBackup(long upTo) => Locked(() => Stream().Keys.Where(seq => seq > upTo).ToList().Count(Stream().Remove));

    /// <summary>Takes a message; returns the acknowledgement, or null when there is none.</summary>
    public MqttMessage? Receive(MqttMessage message)
    {
        Topics.TryParseUp(message.Topic, out var device, out var kind).Should().BeTrue();
        lock (_gate)
        {
            if (kind == UpKind.Status)
            {
                ControlCodec.TryDecodeStatus(message.Payload.Span, out var status, out var error).Should().BeTrue(error);
                _statuses.Add(status);
                _epoch = status.Epoch;
            }
            else
            {
                PackCodec.TryDecode(device, message.Payload.Span, out var pack, out var error).Should().BeTrue(error);
                Keep(kind, pack);
            }

            return Silent ? null : new MqttMessage(Topics.Ack(device), ControlCodec.EncodeAck(Statement()));
        }
    }

    private void Keep(UpKind kind, Pack pack)
    {
        _packs.Add((kind, pack.FirstSeq, pack.LastSeq));
        _epoch = pack.Epoch;
        foreach (var reading in pack.Readings)
        {
            if (!Stream().TryAdd(reading.Key.Seq, reading) && !TakesContradictions)
            {
                Stream()[reading.Key.Seq].Should().Be(reading, "a number means one reading for ever");
            }
        }
    }

    private Ack Statement()
    {
        var held = Stream().Keys.Aggregate(new List<(long First, long Last)>(), (runs, seq) =>
        {
            if (runs.Count > 0 && runs[^1].Last == seq - 1)
            {
                runs[^1] = (runs[^1].First, seq);
            }
            else
            {
                runs.Add((seq, seq));
            }

            return runs;
        });
        SeqRanges.TryParse(string.Join(',', held.Select(run => $"{run.First}-{run.Last}")), out var ranges).Should().BeTrue();
        var upTo = ranges.ContiguousUpTo;
        return new Ack(Store, _epoch, upTo, upTo == 0 ? ranges : ranges.Except(SeqRanges.Of(1, upTo)), [], "")
        {
            Contents = Stream().Values.Aggregate(new ContentSum(1, 0), (sum, reading) => sum.With(reading)),
        };
    }

    private SortedDictionary<long, Reading> Stream() => _streams.TryGetValue(_epoch, out var stream) ? stream : _streams[_epoch] = [];

    private T Locked<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }
}
