using ColdChain.Core.Excursions;
using ColdChain.Core.Exposure;
using ColdChain.Core.Readings;

namespace ColdChain.Core.Tests.Excursions;

/// <summary>
/// Simulates what the server does around the pure evaluation: it keeps readings in arrival order, remembers checkpoints and findings, and
/// evaluates after each batch from the checkpoint before the earliest new instant, in one go or in slices.
/// </summary>
internal sealed class MemoryEvaluator(UnitPlan plan, int samplesMax = int.MaxValue)
{
    private UnitPlan _plan = plan;
    private readonly Dictionary<ReadingKey, Reading> _readings = [];
    private readonly Dictionary<long, Finding> _current = [];
    private readonly Dictionary<long, Condition> _conditions = [];
    private SortedList<Instant, Checkpoint> _checkpoints = [];
    private Checkpoint? _head;
    private long _lastId;

    public IReadOnlyCollection<Finding> Current => _current.Values;

    public List<ProbeLevel> Levels { get; } = [];
    public IReadOnlyCollection<Condition> Conditions => _conditions.Values;

    public List<FindingChange> History { get; } = [];

    public int EarlyStops { get; private set; }

    public int Slices { get; private set; }

    public void Receive(IEnumerable<Reading> batch, Instant now)
    {
        var fresh = batch.Where(reading => _readings.TryAdd(reading.Key, reading)).ToList();
        if (fresh.Count > 0)
        {
            Evaluate(fresh.Min(Time), fresh.Max(Time), now);
        }
    }

    /// <summary>Another fleet comes into force, which differs from an instant on.</summary>
    public void Replan(UnitPlan other, Instant from, Instant now)
    {
        _plan = other;
        if (_readings.Count > 0)
        {
            Evaluate(from, Instant.End, now);
        }
    }

    private void Evaluate(Instant lowest, Instant highest, Instant now)
    {
        var start = lowest > _head?.At ? _head : _checkpoints.Values.LastOrDefault(checkpoint => checkpoint.At < lowest);
        var later = _head is null ? [] : _checkpoints.Values.Where(checkpoint => checkpoint.At >= highest).ToList();
        var result = Evaluation.Run(new EvaluationInput
        {
            Plan = _plan,
            Start = start,
            Later = later,
            Head = _head,
            Samples = SampleSequence.Of(Sorted().Where(reading => start is null || Time(reading) > start.At)),
            Known = [.. _current.Values.Where(f => start is null || f.Stretch.SettledAt is null || f.Stretch.SettledAt > start.At)],
            KnownConditions = [.. _conditions.Where(c => start is null || c.Value.SettledAt is null || c.Value.SettledAt > start.At).Select(c => new KnownCondition(c.Key, c.Value))],
            Now = now,
            NextId = () => ++_lastId,
            SamplesMax = samplesMax,
        });
        Apply(result, start);
        if (result.StoppedAt is { } stopped)
        {
            Slices++;
            var next = stopped + TimeSpan.FromMilliseconds(1);
            Evaluate(next, Instant.Max(next, highest), now);
        }
    }

    private void Apply(EvaluationResult result, Checkpoint? start)
    {
        History.AddRange(result.Changes);
        foreach (var change in result.Changes)
        {
            _current.Remove(change.Finding.Id);
            if (change.Status == FindingStatus.Current)
            {
                _current.Add(change.Finding.Id, change.Finding);
            }
        }

        var reached = result.AgreedAt ?? result.StoppedAt ?? Instant.End;
        Levels.RemoveAll(level => level.Interval.SettledAt > (start?.At ?? Instant.Beginning) && level.Interval.SettledAt <= reached);
        Levels.AddRange(result.Levels);
        foreach (var change in result.ConditionChanges)
        {
            var id = change.Before?.Id ?? ++_lastId;
            _conditions.Remove(id);
            if (change.Status == ConditionStatus.Current)
            {
                _conditions.Add(id, change.Condition);
            }
        }

        EarlyStops += result.AgreedAt is null ? 0 : 1;
        var kept = _checkpoints.Values.Where(c =>
            c.At <= (start?.At ?? Instant.Beginning) || c.At >= (result.AgreedAt ?? Instant.End) || c.At > (result.StoppedAt ?? Instant.End));
        _checkpoints = new SortedList<Instant, Checkpoint>(kept.Concat(result.Checkpoints).ToDictionary(c => c.At));
        _head = result.Present is { } present ? new Checkpoint(_readings.Values.Max(Time), present.Head) : _head;
    }

    private IEnumerable<Reading> Sorted() => _readings.Values
        .OrderBy(Time).ThenBy(reading => reading.Key.Epoch, StringComparer.Ordinal).ThenBy(reading => reading.Key.Seq);

    private static Instant Time(Reading reading) => reading.MeasuredAt!.Value;
}
