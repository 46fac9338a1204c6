using ColdChain.Core.Casework;
using ColdChain.Core.People;
using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Quarantine;

/// <summary>What became of a blood unit that had left.</summary>
/// <param name="Ground">What touches it.</param>
/// <param name="BloodUnit">The blood unit.</param>
/// <param name="FollowUp">One of <see cref="FollowUps"/>.</param>
/// <param name="Note">In the person's words.</param>
internal sealed record NewFollowUp(Ground Ground, BloodUnit BloodUnit, string FollowUp, string? Note);

/// <summary>Enters what becomes of the blood units that are looked for, by whoever may acknowledge where they had been.</summary>
internal sealed class LookBacks(RecordStore store, FleetView fleet, TimeProvider clock)
{
    /// <exception cref="RefusalException">That blood unit is not looked for, the person may not do that there, or a word or note is missing.</exception>
    public Task<FollowUpRow> EnterAsync(Caller caller, NewFollowUp entry, CancellationToken cancellation) =>
        store.WriteAsync(WritePriority.Decision, transaction => Enter(transaction, caller, entry), cancellation, caller.Actor);

    private FollowUpRow Enter(StoreTransaction transaction, Caller caller, NewFollowUp entry)
    {
        var unit = Casework.Unit(transaction, entry.Ground);
        caller.Require(Permission.Acknowledge, fleet.Current, unit);
        var ((donation, product), person, now) = (entry.BloodUnit, Refusals.Person(caller), Instant.Now(clock));
        if (!IsLookedFor(transaction, entry))
        {
            throw new RefusalException(RefusalKind.Unknown, "donation", $"{entry.BloodUnit} is not looked for because of {entry.Ground}", "take both from GET /api/v1/look-back");
        }

        if (!FollowUps.All.Contains(entry.FollowUp))
        {
            throw new RefusalException(RefusalKind.Invalid, "followUp", $"'{entry.FollowUp}' is nothing that can become of it", $"use one of: {string.Join(", ", FollowUps.All)}");
        }

        var note = !FollowUps.NeedsNote(entry.FollowUp) && string.IsNullOrWhiteSpace(entry.Note)
            ? ""
            : Refusals.Text(Refusals.NoNote, "note", entry.Note, Casework.NoteMax, "say who was told, or why nothing has to be done");
        var row = FollowUpStore.Insert(transaction, new FollowUpRow(0, entry.Ground, donation, product, entry.FollowUp, note, person.Name, now));
        EventLog.Append(transaction, now, EventKinds.FollowUpEntered, unit, donation, new
        {
            followUp = row.Id, donation, product, word = row.Word, row.Note, finding = entry.Ground.FindingId, exposure = entry.Ground.ExposureId,
        });
        return row;
    }

    private static bool IsLookedFor(StoreSession session, NewFollowUp entry)
    {
        var (donation, product) = entry.BloodUnit;
        return entry.Ground.ExposureId is { } exposure
            ? LookbackStore.OfExposure(session, exposure) is { } one && (one.Donation, one.Product) == (donation, product)
            : LookbackStore.OfFinding(session, entry.Ground.FindingId).Exists(row => (row.Donation, row.Product) == (donation, product));
    }
}
