using ColdChain.Core.Readings;
using ColdChain.Server.Store;
using ColdChain.Tests.Shared.Oracle;

namespace ColdChain.Simulation.Tests.Checks;

/// <summary>What was committed, as the oracle is told of it: dated by what devices have said of their clocks, and in doubt where that contradicts itself.</summary>
internal sealed class Facts(Site site)
{
    /// <summary>Two anchors of a boot that are further apart than this contradict each other, in milliseconds.</summary>
    private const long AgreeWithin = 2000;

    /// <summary>What the server has.</summary>
    public IEnumerable<Row> Stored() => StoredUpTo(Instant.End);

    /// <summary>What the server had at an instant.</summary>
    public IEnumerable<Row> StoredUpTo(Instant last) => Rows(site.Ledger.Committed.Where(row => site.Ledger.StoredAt(row.Device, row.Epoch, row.Seq) <= last), isAwaited: false);

    /// <summary>What the server has or may hear of yet: not what went down with a card, nor what nothing will date any more.</summary>
    public IEnumerable<Row> Deliverable() => Rows(
        site.Ledger.Committed.Where(row => !site.Ledger.Perished.Contains(row.Epoch) || site.Ledger.StoredAt(row.Device, row.Epoch, row.Seq) is not null), isAwaited: true);

    /// <summary>What the server has of signals, each instant once.</summary>
    public IEnumerable<(string Signal, Told Told)> StoredSignals() =>
        from entry in Dated(site.Ledger.Committed.Where(row => site.Ledger.StoredAt(row.Device, row.Epoch, row.Seq) is not null), isAwaited: false)
        where entry.At is not null && entry.Row.Celsius is null
        group entry by (entry.Row.Probe, At: entry.At!.Value) into atOnce
        orderby atOnce.Key.At
        let states = atOnce.Select(entry => entry.Row.State).OfType<bool>().Distinct().ToList()
        select (atOnce.Key.Probe, new Told(atOnce.Key.At, states.Count == 1 ? states[0] : null, states.Count > 1 || (states.Count == 1 && atOnce.Any(entry => entry.IsContested))));

    private IEnumerable<Row> Rows(IEnumerable<CommittedRow> rows, bool isAwaited) =>
        Dated(rows, isAwaited).Select(entry => new Row(entry.Row.Probe, entry.At, entry.Row.Celsius) { IsContested = entry.IsContested });

    private IEnumerable<(CommittedRow Row, long? At, bool IsContested)> Dated(IEnumerable<CommittedRow> rows, bool isAwaited)
    {
        var clocks = site.Edges.ToDictionary(edge => edge.Client, edge => new Clocks(AnchorStore.OfDevice(site.Session, edge.Truth.Id), isAwaited ? edge.Boot : null));
        return rows.Select(row => clocks[row.Device].Date(row)).ToList();
    }

    // By the anchors that the server has: that they get there is checked elsewhere.
    private sealed class Clocks
    {
        private readonly Dictionary<string, ClockAnchor> _known = [];
        private readonly List<(long From, long To)> _doubtful = [];
        private readonly string? _running;

        public Clocks(List<ClockAnchor> anchors, string? running)
        {
            _running = running;
            foreach (var boot in anchors.GroupBy(anchor => anchor.Boot))
            {
                var inTime = boot.OrderBy(anchor => anchor.Mono).ThenBy(anchor => anchor.Utc).ToList();
                _known[boot.Key] = inTime[0];
                foreach (var (a, b) in inTime.Zip(inTime.Skip(1)))
                {
                    var (before, after) = (a.Utc.Milliseconds + b.Mono - a.Mono, b.Utc.Milliseconds);
                    if (Math.Abs(before - after) > AgreeWithin)
                    {
                        _doubtful.Add((Math.Min(before, after), Math.Max(before, after)));
                    }
                }
            }
        }

        public (CommittedRow Row, long? At, bool IsContested) Date(CommittedRow row)
        {
            var at = row.MeasuredAt
                ?? (row is not { Boot: { } boot, Mono: { } mono } ? null
                    : _known.TryGetValue(boot, out var anchor) ? anchor.Utc.Milliseconds + mono - anchor.Mono
                    : boot == _running ? row.TrueMeasuredAt.Milliseconds
                    : null);
            return (row, at, _doubtful.Exists(time => time.From <= at && at <= time.To));
        }
    }
}
