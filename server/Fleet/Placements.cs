using ColdChain.Core.Excursions;
using ColdChain.Core.Exposure;
using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Core.Signals;
using ColdChain.Server.Store;

namespace ColdChain.Server.Fleet;

/// <summary>
/// Where a blood unit was, over all storage units and sites, with what their probes tell of that time: what the ledger adds up. The packs are
/// those of each time.
/// </summary>
internal sealed class Placements(FleetHistory fleet, IReadOnlyList<DatedPack> packs)
{
    /// <summary>The stays, cut where the fleet or the pack changed.</summary>
    public IReadOnlyList<Placement> Of(StoreSession session, IReadOnlyList<ContentsRow> stays, Instant now) =>
        [.. stays.SelectMany(stay => Of(session, stay, now))];

    private IEnumerable<Placement> Of(StoreSession session, ContentsRow stay, Instant now)
    {
        var unit = fleet.FindUnit(stay.Unit);
        var whole = new Placement
        {
            Unit = stay.Unit,
            Site = unit?.Site ?? "",
            In = stay.InAt,
            Out = stay.OutAt,
            Context = StorageContext.Storage,
            Pack = null,
            Levels = Levels(session, stay, now),
        };
        var (end, reached) = (stay.OutAt ?? Instant.End, stay.InAt);
        foreach (var (period, span) in unit?.History.SelectMany(period => PackSpans.Of(period, packs).Select(span => (period, span))) ?? [])
        {
            var (from, to) = (Instant.Max(span.From, stay.InAt), Instant.Min(span.To, end));
            if (from >= to)
            {
                continue;
            }

            if (reached < from)
            {
                yield return whole with { In = reached, Out = from }; // Nobody supervised it.
            }

            yield return whole with
            {
                In = from,
                Out = to == Instant.End ? null : to,
                Context = period.Context,
                Pack = span.Pack,
                Agitation = AgitationOf(session, stay.Unit, period, span.Rule, new TimeRange(from, to)),
            };
            reached = to;
        }

        if (reached < end)
        {
            yield return whole with { In = reached };
        }
    }

    /// <summary>
    /// What is told of agitation; null when no signal watches it, or when the product by which the storage unit is judged is indifferent to it:
    /// then nobody tells when it stood still.
    /// </summary>
    private static IReadOnlyList<AgitationInterval>? AgitationOf(StoreSession session, StorageUnitId unit, UnitPeriod period, StorageRule judging, TimeRange time)
    {
        if (period.Signals.All(signal => signal.Kind != SignalKind.Agitation) || judging.Agitation is not { } rule)
        {
            return null;
        }

        var told = ConditionStore.Touching(session, unit, time.Start, time.End, int.MaxValue)
            .Select(row => (State: StateOf(row.Condition.Kind), row.Condition))
            .Where(entry => entry.State is not null)
            .Select(entry => new AgitationInterval(entry.State!.Value, entry.Condition.Start, entry.Condition.Until)); // Those without were left out.
        return AgitationCourse.Of(told, rule.Required ? Agitation.Running : Agitation.Stopped, time);
    }

    private static Agitation? StateOf(ConditionKind kind) => kind switch
    {
        ConditionKind.AgitationStopped => Agitation.Stopped,
        ConditionKind.AgitationRunning => Agitation.Running,
        ConditionKind.AgitationUnknown => Agitation.Unknown,
        _ => null,
    };

    private static List<ProbeLevel> Levels(StoreSession session, ContentsRow stay, Instant now)
    {
        var levels = LevelStore.Between(session, stay.Unit, stay.InAt, stay.OutAt ?? Instant.End);
        var running = UnitStateStore.Find(session, stay.Unit)?.Levels ?? [];
        levels.AddRange(running.SelectMany(probe => probe.Until(now).Select(interval => new ProbeLevel(probe.Probe, interval))));
        return levels;
    }
}
