namespace ColdChain.Server.Store;

/// <summary>How far each consumer has come: in the event log, or in the packs if it is a projection of readings.</summary>
internal static class CursorStore
{
    /// <summary>The last event (or pack) that the consumer has dealt with; 0 for a new consumer.</summary>
    public static long Get(StoreSession session, string consumer) =>
        session.QueryFirst("SELECT event FROM cursors WHERE consumer = $consumer", row => row.GetInt64(0), ("$consumer", consumer));

    /// <summary>Moves the cursor, in the transaction of what the consumer made of what it read.</summary>
    public static void Set(StoreTransaction transaction, string consumer, long eventId) =>
        transaction.Execute(
            "INSERT INTO cursors (consumer, event) VALUES ($consumer, $event) ON CONFLICT (consumer) DO UPDATE SET event = excluded.event",
            ("$consumer", consumer),
            ("$event", eventId));
}
