using ColdChain.Core.Alerting;
using ColdChain.Core.Readings;
using ColdChain.Server.Store;
using ColdChain.Server.Fleet;

namespace ColdChain.Server.Alerts;

/// <summary>Shelving: nobody is told of an incident for some time. It needs a reason and an end, of what is critical a second person, and hides nothing.</summary>
internal static class Shelves
{
    /// <summary>Shelves an incident, in the transaction's name.</summary>
    /// <exception cref="RefusalException">The reason or the time is wrong, it is shelved already, or what would notice it otherwise is.</exception>
    public static ShelvingRow Shelve(StoreTransaction transaction, long incident, AccountRow by, string reason, TimeSpan time, Instant now)
    {
        RefusalException.RequireLine("reason", reason, Acknowledging.TextMax, "say why nobody needs to be told");
        if (time <= TimeSpan.Zero || time > Shelving.LengthMax)
        {
            throw new RefusalException(RefusalKind.Invalid, "minutes", $"it is not between 1 and {Shelving.LengthMax.TotalMinutes:0}", "choose a time of at most a working day; it ends by itself");
        }

        var row = Acknowledging.Open(transaction, incident);
        RequireOther(transaction, row, now);
        var shelving = new ShelvingRow(0, row.Id, reason, new Shelving(by.Name, null, row.State.Severity, now, now + time), null);
        shelving = shelving with { Id = AcknowledgementStore.Shelve(transaction, shelving, by.Id) };
        Tell(transaction, EventKinds.IncidentShelved, row, shelving, by.Name, now);
        return shelving;
    }

    /// <summary>Confirms a shelving as second person, in the transaction's name.</summary>
    /// <exception cref="RefusalException">There is none that waits for one, or it is the same person.</exception>
    public static void Confirm(StoreTransaction transaction, long incident, long shelving, AccountRow by, Instant now)
    {
        var row = Acknowledging.Open(transaction, incident);
        var known = Running(transaction, row, shelving, now);
        if (!known.Shelving.AwaitsSecond || known.Shelving.By == by.Name)
        {
            throw new RefusalException(RefusalKind.Conflict, "shelving", "it waits for no second person, or for another one than who asked for it", "have somebody else confirm it");
        }

        AcknowledgementStore.Confirm(transaction, shelving, by.Id, now);
        Tell(transaction, EventKinds.ShelvingConfirmed, row, known, by.Name, now);
    }

    /// <summary>Ends a shelving before its time, in the transaction's name.</summary>
    /// <exception cref="RefusalException">There is none that runs.</exception>
    public static void End(StoreTransaction transaction, long incident, long shelving, AccountRow by, Instant now)
    {
        var row = Acknowledging.Open(transaction, incident);
        var known = Running(transaction, row, shelving, now);
        AcknowledgementStore.EndShelving(transaction, shelving, by.Id, now);
        Tell(transaction, EventKinds.ShelvingEnded, row, known, by.Name, now);
    }

    private static ShelvingRow Running(StoreTransaction transaction, IncidentRow row, long shelving, Instant now) =>
        AcknowledgementStore.ShelvingsOf(transaction, row.Id).Find(known => known.Id == shelving && known.IsRunning(now))
        ?? throw new RefusalException(RefusalKind.Conflict, "shelving", $"incident {row.Id} has no shelving {shelving} that runs", "look at the incident again");

    // A silence and a temperature of one site are each what would notice that the other one is not told.
    private static void RequireOther(StoreTransaction transaction, IncidentRow row, Instant now)
    {
        foreach (var other in AcknowledgementStore.ShelvingsAt(transaction, now).Where(known => known.IsRunning(now)).Select(known => IncidentStore.Find(transaction, known.Incident)).OfType<IncidentRow>())
        {
            if (other.Id == row.Id)
            {
                throw new RefusalException(RefusalKind.Conflict, "incident", $"incident {row.Id} is shelved already", "end that first");
            }

            if (other.Site == row.Site && other.Cause.Kind == CauseKind.Silence != (row.Cause.Kind == CauseKind.Silence))
            {
                throw new RefusalException(
                    RefusalKind.Conflict, "incident", $"incident {other.Id} of the same site is shelved: silence and temperature are not both", $"end the shelving of incident {other.Id} first");
            }
        }
    }

    private static void Tell(StoreTransaction transaction, string kind, IncidentRow row, ShelvingRow shelving, string by, Instant now) => Incidents.Tell(
        transaction, kind, row, now, new { shelving = shelving.Id, by, until = shelving.Shelving.Until.ToString(), shelving.Reason, awaitsSecond = shelving.Shelving.AwaitsSecond && kind != EventKinds.ShelvingConfirmed });
}
