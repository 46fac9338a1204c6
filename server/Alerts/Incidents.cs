using ColdChain.Core.Alerting;
using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Alerts;

/// <summary>Stores what becomes of incidents, each time with its event and the next deadline.</summary>
internal sealed class Incidents(FleetHistory fleet, AlertOptions options)
{
    /// <summary>Enters what an event says.</summary>
    public void Apply(StoreTransaction transaction, MemberChange change, Instant now)
    {
        var known = Known(transaction, change);
        if (known is null && !change.GoesOn && !change.IsNew)
        {
            return; // It ends what was never told.
        }

        var row = known ?? Open(transaction, change, now);
        IncidentStore.AddMember(transaction, new IncidentMember(row.Id, change.Member, change.GoesOn, change.Severity, change.Unit, change.Since, now, change.Event));
        var state = known is null ? row.State : Changed(transaction, row, change, now);
        if (state.OverAt is null && !IncidentStore.Members(transaction, row.Id).Exists(member => member.GoesOn))
        {
            state = state.End(now);
            Tell(transaction, EventKinds.IncidentOver, row with { State = state }, now);
        }

        Save(transaction, row with { State = state }, now);
    }

    /// <summary>Stores where an incident stands, with its next deadline.</summary>
    public void Save(StoreTransaction transaction, IncidentRow row, Instant now) =>
        IncidentStore.Save(transaction, row with { NextAt = row.State.NextDeadline(LadderOf(row)) }, now);

    /// <summary>By which ladder an incident is told.</summary>
    public Ladder LadderOf(IncidentRow row) => options.LadderOf(row.Site, fleet.FindSite(row.Site)?.Zone ?? TimeZoneInfo.Utc, row.State);

    /// <summary>Appends an event of an incident.</summary>
    public static void Tell(StoreTransaction transaction, string kind, IncidentRow row, Instant now, object? more = null) => EventLog.Append(
        transaction,
        now,
        kind,
        row.Unit,
        $"{row.Id}",
        new { incident = row.Id, cause = row.Cause.ToString(), row.Site, severity = AlertWords.Of(row.State.Severity), round = row.State.Round, since = row.Since.ToString(), more });

    // A member stays with the incident that it came to, as long as that is not closed.
    private static IncidentRow? Known(StoreTransaction transaction, MemberChange change) =>
        IncidentStore.FindMember(transaction, change.Member) is { } member && IncidentStore.Find(transaction, member.Incident) is { State.IsClosed: false } own
            ? own
            : IncidentStore.FindOpen(transaction, change.Cause);

    private static IncidentRow Open(StoreTransaction transaction, MemberChange change, Instant now)
    {
        var row = IncidentStore.Insert(transaction, new IncidentRow
        {
            Cause = change.Cause,
            Site = change.Site,
            Unit = change.Unit,
            OpenedAt = now,
            Since = change.Since,
            State = IncidentState.Open(change.Severity, change.Wakes, now),
        });
        Tell(transaction, EventKinds.IncidentOpened, row, now, new { change.Member, change.Wakes, change.Event });
        return row;
    }

    private static IncidentState Changed(StoreTransaction transaction, IncidentRow row, MemberChange change, Instant now)
    {
        var state = row.State;
        Move(change.GoesOn ? state.Return(now) : state, EventKinds.IncidentReturned);
        Move(change.IsNew || change.GoesOn ? state.Raise(change.Severity, now) : state, EventKinds.IncidentRaised);
        Move(change.Wakes && (change.IsNew || change.GoesOn) ? state.Wake(now) : state, EventKinds.IncidentWoken);
        return state;

        void Move(IncidentState next, string kind)
        {
            if (next != state)
            {
                state = next;
                Tell(transaction, kind, row with { State = state }, now, new { change.Member, change.Event });
            }
        }
    }
}
