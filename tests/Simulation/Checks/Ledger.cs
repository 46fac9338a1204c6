using ColdChain.Core.Readings;

namespace ColdChain.Simulation.Tests.Checks;

/// <summary>A row that an edge committed, as it was bound to its statement.</summary>
internal sealed record CommittedRow(
    string Device, string Epoch, long Seq, string Probe, long? MeasuredAt, string? Celsius, string? Fault, string? RawFrame, string? Boot, long? Mono, Instant TrueTime)
{
    /// <summary>The state of a signal; null for anything else.</summary>
    public bool? State { get; init; }

    /// <summary>When it was measured, whatever the device's clock said.</summary>
    public required Instant TrueMeasuredAt { get; init; }

    public Reading ToReading() => new()
    {
        Key = new ReadingKey(new DeviceId(Device), Epoch, Seq),
        Probe = ProbeId.TryParse(Probe, out var probe) ? probe : throw new InvalidOperationException($"'{Probe}' is no probe."),
        MeasuredAt = MeasuredAt is { } at ? new Instant(at) : null,
        Value = Celsius is null ? null : Core.Readings.Celsius.TryParse(Celsius, out var value) ? value : throw new InvalidOperationException($"'{Celsius}' is no temperature."),
        State = State,
        Fault = Fault,
        RawFrame = RawFrame,
        Boot = Boot,
        Mono = Mono,
    };
}

/// <summary>What a probe or a signal gave.</summary>
internal readonly record struct Given(string? Celsius, bool? State, string? Fault);

/// <summary>
/// What was seen at the seams, kept beside the programs and by other means than theirs: what probes gave, what edges committed, what the
/// server committed, what it acknowledged.
/// </summary>
internal sealed class Ledger
{
    private readonly Dictionary<(string Device, string Epoch), SortedDictionary<long, CommittedRow>> _committed = [];
    private readonly Dictionary<(string Device, string Epoch), Dictionary<long, Instant>> _stored = [];
    private readonly Dictionary<(string Device, string Epoch), SeqRanges> _acknowledged = [];
    private readonly Dictionary<(string Probe, Given What), Instant> _given = [];

    /// <summary>What the seams themselves found wrong.</summary>
    public List<Violation> Violations { get; } = [];

    /// <summary>The epochs of outboxes that perished, with what they had not delivered.</summary>
    public HashSet<string> Perished { get; } = [];

    public long CommittedCount { get; private set; }

    /// <summary>What the server committed, in the order of its commits.</summary>
    public List<(string Device, string Epoch, long Seq, Instant At)> StoredLog { get; } = [];

    public IEnumerable<CommittedRow> Committed => _committed.Values.SelectMany(rows => rows.Values);

    public IEnumerable<KeyValuePair<(string Device, string Epoch), SortedDictionary<long, CommittedRow>>> Streams => _committed;

    public IReadOnlyDictionary<(string Device, string Epoch), SeqRanges> Acknowledged => _acknowledged;

    /// <summary>A probe gave something.</summary>
    public void Give(string probe, Given what, Instant at) => _given.TryAdd((probe, what), at);

    /// <summary>When a probe gave something for the first time; null when it never has.</summary>
    public Instant? GivenAt(string probe, Given what) => _given.TryGetValue((probe, what), out var at) ? at : null;

    public void Commit(CommittedRow row)
    {
        var key = (row.Device, row.Epoch);
        var rows = _committed.TryGetValue(key, out var known) ? known : _committed[key] = [];
        if (!rows.TryAdd(row.Seq, row))
        {
            Violations.Add(new Violation("I3", $"{row.Device} {row.Epoch} gave number {row.Seq} a second time"));
        }

        CommittedCount++;
    }

    public CommittedRow? Find(string device, string epoch, long seq) =>
        _committed.TryGetValue((device, epoch), out var rows) ? rows.GetValueOrDefault(seq) : null;

    public void Store(string device, string epoch, SeqRanges accepted, Instant at)
    {
        var held = _stored.TryGetValue((device, epoch), out var known) ? known : _stored[(device, epoch)] = [];
        foreach (var (first, last) in accepted.Ranges)
        {
            for (var seq = first; seq <= last; seq++)
            {
                StoredLog.Add((device, epoch, seq, at));
                if (!held.TryAdd(seq, at))
                {
                    Violations.Add(new Violation("I3", $"reading {seq} of {device} {epoch} was stored twice"));
                }
            }
        }
    }

    /// <summary>When the server committed a reading; null when it has not.</summary>
    public Instant? StoredAt(string device, string epoch, long seq) =>
        _stored.TryGetValue((device, epoch), out var held) && held.TryGetValue(seq, out var at) ? at : null;

    public void Acknowledge(string device, string epoch, SeqRanges covered) =>
        _acknowledged[(device, epoch)] = _acknowledged.TryGetValue((device, epoch), out var known) ? known.Union(covered) : covered;
}
