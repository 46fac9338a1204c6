using ColdChain.Core.Alerting;
using ColdChain.Core.People;
using ColdChain.Core.Readings;
using Microsoft.Data.Sqlite;

namespace ColdChain.Server.Store;

/// <summary>That a person is on call for some time.</summary>
/// <param name="Id">Given by the store; 0 before.</param>
/// <param name="Where">For which sites.</param>
/// <param name="Account">Who.</param>
/// <param name="Name">The account's name.</param>
/// <param name="Duty">In which place of the ladder; never everyone.</param>
/// <param name="From">From when, included.</param>
/// <param name="To">Until when, not included.</param>
/// <param name="EnteredBy">Who says so.</param>
internal sealed record OnCallSlot(long Id, Scope Where, long Account, string Name, Duty Duty, Instant From, Instant To, string EnteredBy)
{
    /// <summary>Whether it counts at an instant.</summary>
    public bool Covers(Instant at) => From <= at && at < To;

    /// <summary>The first time within the next days for which nobody is first on call at a place; null when there is none.</summary>
    public static Span? FirstGap(IEnumerable<OnCallSlot> slots, Place? place, Instant now) => OnCallGaps
        .Of(slots.Where(slot => slot.Duty == Duty.First && slot.Where.Covers(place)).Select(slot => new Span(slot.From, slot.To)), now, now + OnCallGaps.Ahead)
        .Select(gap => (Span?)gap)
        .FirstOrDefault();
}

/// <summary>Who is on call. A slot is removed by a row of its own, and nothing entered is rewritten.</summary>
internal static class OnCallStore
{
    private const string Select =
        """
        SELECT s.id, s.scope, s.account, a.name, s.duty, s.from_at, s.to_at, s.entered_by FROM on_call_slots s JOIN accounts a ON a.id = s.account
        WHERE NOT EXISTS (SELECT 1 FROM on_call_removals WHERE slot = s.id)
        """;

    public static OnCallSlot Insert(StoreTransaction transaction, OnCallSlot slot, Instant now) => slot with
    {
        Id = transaction.Insert(
            """
            INSERT INTO on_call_slots (scope, account, duty, from_at, to_at, entered_by, entered_at)
            VALUES ($scope, $account, $duty, $from, $to, $by, $at) RETURNING id
            """,
            ("$scope", slot.Where.ToString()),
            ("$account", slot.Account),
            ("$duty", AlertWords.Of(slot.Duty)),
            ("$from", slot.From),
            ("$to", slot.To),
            ("$by", slot.EnteredBy),
            ("$at", now)),
    };

    public static void Remove(StoreTransaction transaction, long slot, string by, Instant at) => transaction.Execute(
        "INSERT INTO on_call_removals (slot, removed_by, removed_at) VALUES ($slot, $by, $at)", ("$slot", slot), ("$by", by), ("$at", at));

    /// <summary>A slot that was not removed; null for none.</summary>
    public static OnCallSlot? Find(StoreSession session, long id) => session.QueryFirst($"{Select} AND s.id = $id", Row, ("$id", id));

    /// <summary>Those that end after an instant and were not removed, by start.</summary>
    public static List<OnCallSlot> EndingAfter(StoreSession session, Instant at) =>
        session.Query($"{Select} AND s.to_at > $at ORDER BY s.from_at, s.id", Row, ("$at", at));

    /// <summary>All of a person, removed ones included, by start: from when to when.</summary>
    public static List<(string Where, string Duty, Instant From, Instant To)> OfAccount(StoreSession session, long account) => session.Query(
        "SELECT scope, duty, from_at, to_at FROM on_call_slots WHERE account = $account ORDER BY from_at, id",
        row => (row.GetString(0), row.GetString(1), row.Instant(2), row.Instant(3)),
        ("$account", account));

    private static OnCallSlot Row(SqliteDataReader row) => new(
        row.GetInt64(0),
        Scope.TryParse(row.GetString(1), out var where) ? where : default,
        row.GetInt64(2),
        row.GetString(3),
        AlertWords.TryParse<Duty>(row.GetString(4), out var duty) ? duty : default,
        row.Instant(5),
        row.Instant(6),
        row.GetString(7));
}
