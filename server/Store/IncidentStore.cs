using ColdChain.Core.Alerting;
using ColdChain.Core.Readings;
using Microsoft.Data.Sqlite;

namespace ColdChain.Server.Store;

/// <summary>An incident as it stands.</summary>
internal sealed record IncidentRow
{
    /// <summary>Given by the store; 0 before.</summary>
    public long Id { get; init; }

    public required Cause Cause { get; init; }

    /// <summary>Its site; empty for what is of no site.</summary>
    public required string Site { get; init; }

    /// <summary>Its storage unit, when it is of one.</summary>
    public StorageUnitId? Unit { get; init; }

    /// <summary>When it was opened, by the server's clock.</summary>
    public required Instant OpenedAt { get; init; }

    /// <summary>Since when its cause is there, by the readings.</summary>
    public required Instant Since { get; init; }

    public required IncidentState State { get; init; }

    /// <summary>When the next step is due, or its acknowledgement runs out; null for neither.</summary>
    public Instant? NextAt { get; init; }
}

/// <summary>Something that an incident consists of.</summary>
/// <param name="Incident">The incident.</param>
/// <param name="Member">What: <c>finding:12</c>, <c>condition:3</c>, <c>silence:site:rabat</c>.</param>
/// <param name="GoesOn">False once it is over.</param>
/// <param name="Severity">How severe it is by itself.</param>
/// <param name="Unit">Its storage unit; null for none.</param>
/// <param name="Since">Since when, by the readings.</param>
/// <param name="At">When this was noted.</param>
/// <param name="Event">The event that told it; 0 for none.</param>
internal sealed record IncidentMember(long Incident, string Member, bool GoesOn, Severity Severity, StorageUnitId? Unit, Instant Since, Instant At, long Event);

/// <summary>Incidents of a site and severity that wake people and that nobody has.</summary>
/// <param name="Site">The site; empty for none.</param>
/// <param name="Severity">The severity.</param>
/// <param name="Count">How many, at least one.</param>
/// <param name="Since">Since when the oldest is, by the readings.</param>
internal sealed record UntakenIncidents(string Site, Severity Severity, int Count, Instant Since);

/// <summary>How an incident went, for reports.</summary>
/// <param name="Incident">The incident as it stands.</param>
/// <param name="OverBefore">When the incident before of the same cause was over; null when there was none, or it goes on.</param>
/// <param name="FirstAcknowledgedAt">When the first person said "I have it"; null when nobody did.</param>
internal sealed record IncidentCourse(IncidentRow Incident, Instant? OverBefore, Instant? FirstAcknowledgedAt);

/// <summary>Incidents and what they consist of. Whoever changes one appends the event that tells it.</summary>
internal static class IncidentStore
{
    private const string Columns = "id, cause, site, unit, opened_at, since_at, severity, wakes, round, round_from, next_step, over_at, ack_at, ack_until, next_at";
    private const string MemberColumns = "incident, member, goes_on, severity, unit, since_at, at, event";

    public static IncidentRow Insert(StoreTransaction transaction, IncidentRow row) => row with
    {
        Id = transaction.Insert(
            """
            INSERT INTO incidents (cause, site, unit, opened_at, since_at, severity, wakes, round, round_from, next_step, over_at, ack_at, ack_until, next_at, closed_at)
            VALUES ($cause, $site, $unit, $opened, $since, $severity, $wakes, $round, $from, $step, $over, $ackAt, $ackUntil, $next, $closed) RETURNING id
            """,
            [
                ("$cause", row.Cause.ToString()), ("$site", row.Site), ("$unit", row.Unit), ("$opened", row.OpenedAt), ("$since", row.Since),
                .. StateOf(row, row.OpenedAt),
            ]),
    };

    /// <summary>Stores where an incident stands.</summary>
    public static void Save(StoreTransaction transaction, IncidentRow row, Instant now) => transaction.Execute(
        """
        UPDATE incidents SET severity = $severity, wakes = $wakes, round = $round, round_from = $from, next_step = $step, over_at = $over, ack_at = $ackAt,
            ack_until = $ackUntil, next_at = $next, closed_at = $closed
        WHERE id = $id
        """,
        [.. StateOf(row, now), ("$id", row.Id)]);

    public static IncidentRow? Find(StoreSession session, long id) => session.QueryFirst($"SELECT {Columns} FROM incidents WHERE id = $id", Row, ("$id", id));

    /// <summary>The incident of a cause that is not closed; null for none.</summary>
    public static IncidentRow? FindOpen(StoreSession session, Cause cause) =>
        session.QueryFirst($"SELECT {Columns} FROM incidents WHERE cause = $cause AND closed_at IS NULL", Row, ("$cause", cause.ToString()));

    /// <summary>All that goes on or that nobody has acknowledged: the most severe first, then the oldest.</summary>
    public static List<IncidentRow> NotClosed(StoreSession session) =>
        session.Query($"SELECT {Columns} FROM incidents WHERE closed_at IS NULL ORDER BY severity DESC, opened_at, id", Row);

    /// <summary>How many there are that wake people and that nobody has, by site and severity.</summary>
    public static List<UntakenIncidents> Untaken(StoreSession session) => session.Query(
        """
        SELECT site, severity, count(*), min(since_at) FROM incidents
        WHERE closed_at IS NULL AND ack_until IS NULL AND wakes = 1 GROUP BY site, severity
        """,
        row => new UntakenIncidents(row.GetString(0), (Severity)row.GetInt32(1), row.GetInt32(2), row.Instant(3)));

    /// <summary>Those of which something is due at an instant, the earliest first, at most <paramref name="max"/>.</summary>
    public static List<IncidentRow> Due(StoreSession session, Instant now, int max) => session.Query(
        $"SELECT {Columns} FROM incidents WHERE next_at <= $now ORDER BY next_at, id LIMIT $max", Row, ("$now", now), ("$max", max));

    /// <summary>When something is due next; null for never.</summary>
    public static Instant? EarliestDeadline(StoreSession session) =>
        session.QueryFirst("SELECT min(next_at) FROM incidents WHERE next_at IS NOT NULL", row => row.InstantOrNull(0));

    /// <summary>The newest incidents below an id, closed ones included.</summary>
    public static List<IncidentRow> Newest(StoreSession session, long before, int max) => session.Query(
        $"SELECT {Columns} FROM incidents WHERE id < $before ORDER BY id DESC LIMIT $max", Row, ("$before", before), ("$max", max));

    /// <summary>Those opened within [from, to), in the order in which they were; of one site where it is given.</summary>
    public static List<IncidentCourse> Opened(StoreSession session, string? site, Instant from, Instant to) => session.Query(
        $"""
        SELECT {Columns}, over_before, (SELECT min(at) FROM acknowledgements WHERE incident = courses.id)
        FROM (SELECT *, lag(over_at) OVER (PARTITION BY cause ORDER BY id) AS over_before FROM incidents WHERE opened_at < $to) courses
        WHERE opened_at >= $from AND ($site IS NULL OR site = $site) ORDER BY id
        """,
        row => new IncidentCourse(Row(row), row.InstantOrNull(15), row.InstantOrNull(16)),
        ("$site", site),
        ("$from", from),
        ("$to", to));

    /// <summary>What became of the members of those incidents before <paramref name="to"/>, in the order in which it was noted, by incident.</summary>
    public static ILookup<long, IncidentMember> MembersOfOpened(StoreSession session, string? site, Instant from, Instant to) => session.Query(
        $"""
        SELECT {MemberColumns} FROM incident_members
        WHERE incident IN (SELECT id FROM incidents WHERE opened_at >= $from AND opened_at < $to AND ($site IS NULL OR site = $site)) AND at < $to ORDER BY id
        """,
        MemberRow,
        ("$site", site),
        ("$from", from),
        ("$to", to)).ToLookup(member => member.Incident);

    public static void AddMember(StoreTransaction transaction, IncidentMember member) => transaction.Execute(
        $"INSERT INTO incident_members ({MemberColumns}) VALUES ($incident, $member, $goesOn, $severity, $unit, $since, $at, $event)",
        ("$incident", member.Incident),
        ("$member", member.Member),
        ("$goesOn", member.GoesOn),
        ("$severity", (int)member.Severity),
        ("$unit", member.Unit),
        ("$since", member.Since),
        ("$at", member.At),
        ("$event", member.Event));

    /// <summary>What an incident consists of, each as it stands, in the order in which they came.</summary>
    public static List<IncidentMember> Members(StoreSession session, long incident) => session.Query(
        $"""
        SELECT {MemberColumns} FROM incident_members WHERE id IN (SELECT max(id) FROM incident_members WHERE incident = $incident GROUP BY member) ORDER BY id
        """,
        MemberRow,
        ("$incident", incident));

    /// <summary>A member as it stands; null when no incident has it.</summary>
    public static IncidentMember? FindMember(StoreSession session, string member) => session.QueryFirst(
        $"SELECT {MemberColumns} FROM incident_members WHERE member = $member ORDER BY id DESC LIMIT 1", MemberRow, ("$member", member));

    /// <summary>The incidents that something was ever a member of, in the order in which they were opened.</summary>
    public static List<IncidentRow> OfMember(StoreSession session, string member) => session.Query(
        $"SELECT {Columns} FROM incidents WHERE id IN (SELECT incident FROM incident_members WHERE member = $member) ORDER BY id", Row, ("$member", member));

    private static (string, object?)[] StateOf(IncidentRow row, Instant now) =>
    [
        ("$severity", (int)row.State.Severity),
        ("$wakes", row.State.Wakes),
        ("$round", row.State.Round),
        ("$from", row.State.RoundFrom),
        ("$step", row.State.NextStep),
        ("$over", row.State.OverAt),
        ("$ackAt", row.State.AcknowledgedAt),
        ("$ackUntil", row.State.AcknowledgedUntil),
        ("$next", row.NextAt),
        ("$closed", row.State.IsClosed ? now : null),
    ];

    private static IncidentRow Row(SqliteDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Cause = Cause.TryParse(row.GetString(1), out var cause) ? cause : throw new InvalidDataException($"The record store holds '{row.GetString(1)}' as the cause of an incident. A newer program wrote it: start that one."),
        Site = row.GetString(2),
        Unit = row.UnitOrNull(3),
        OpenedAt = row.Instant(4),
        Since = row.Instant(5),
        State = new IncidentState
        {
            Severity = (Severity)row.GetInt32(6),
            Wakes = row.GetBoolean(7),
            Round = row.GetInt32(8),
            RoundFrom = row.Instant(9),
            NextStep = row.GetInt32(10),
            OverAt = row.InstantOrNull(11),
            AcknowledgedAt = row.InstantOrNull(12),
            AcknowledgedUntil = row.InstantOrNull(13),
        },
        NextAt = row.InstantOrNull(14),
    };

    private static IncidentMember MemberRow(SqliteDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetBoolean(2), (Severity)row.GetInt32(3), row.UnitOrNull(4), row.Instant(5), row.Instant(6), row.GetInt64(7));
}
