using ColdChain.Core.Readings;
using ColdChain.Server.Store;
using ColdChain.Simulation.Tests.Truth;
using ColdChain.Tests.Shared.Oracle;

namespace ColdChain.Simulation.Tests.Checks;

/// <summary>What the server tells of doors, mains and agitation, beside the oracle.</summary>
internal sealed class ConditionChecks(Site site)
{
    /// <summary>What is dated by an anchor is rounded to a millisecond twice.</summary>
    private const long Tolerance = 2;

    private static readonly HashSet<string> Kinds = ["door-open", "mains-lost", "agitation-stopped", "agitation-unknown", "signal-unknown"];

    public IEnumerable<Violation> AtTheEnd()
    {
        var told = site.Facts.StoredSignals().ToLookup(entry => entry.Signal, entry => entry.Told);
        return
        [
            .. from unit in site.Truth.Units
               let stored = ConditionStore.Touching(site.Session, new StorageUnitId(unit.Id), Instant.Beginning, Instant.End, int.MaxValue)
               from signal in unit.Uses[0].Signals
               from violation in Of(unit, signal, [.. told[signal.Signal.ToString()]], [.. stored.Where(row => row.Condition.Probe == signal.Signal)])
               select violation,
        ];
    }

    private IEnumerable<Violation> Of(UnitTruth unit, SignalMounting signal, List<Told> told, List<ConditionRow> stored)
    {
        var left = stored.Where(row => Kinds.Contains(ConditionWords.Of(row.Condition.Kind))).ToList();
        foreach (var notice in SignalOracle.Notices(signal.Kind, unit.Uses[0].From.Milliseconds, told, site.Pump.Now.Milliseconds))
        {
            if (left.Find(row => IsSame(row, notice)) is { } match)
            {
                left.Remove(match);
            }
            else
            {
                yield return new Violation("oracle", $"{unit.Id} {signal.Signal}: {notice} is not told; told is {string.Join("; ", stored.Select(row => row.Condition))}");
            }
        }

        foreach (var row in left)
        {
            yield return new Violation("oracle", $"{unit.Id} {signal.Signal}: {row.Condition} is told without ground");
        }
    }

    private static bool IsSame(ConditionRow row, Notice notice) =>
        ConditionWords.Of(row.Condition.Kind) == notice.Kind
        && Math.Abs(row.Condition.Start.Milliseconds - notice.Start) <= Tolerance
        && (notice.End is { } end ? row.Condition.End is { } told && Math.Abs(told.Milliseconds - end) <= Tolerance : row.Condition.End is null);
}
