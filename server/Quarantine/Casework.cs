using ColdChain.Core.Casework;
using ColdChain.Core.People;
using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Quarantine;

/// <summary>Something that a person enters about a ground to hold.</summary>
/// <param name="Ground">The finding or exposure.</param>
/// <param name="Kind">One of <see cref="CaseKinds"/>.</param>
/// <param name="Word">Which step or cause; empty for an assessment.</param>
/// <param name="Note">In the person's words.</param>
internal sealed record NewCaseEntry(Ground Ground, string Kind, string Word, string? Note);

/// <summary>
/// The work on a ground to hold before anything is decided: steps that secure the stock and the cause, by whoever may acknowledge there, and the
/// assessment, by whoever may decide there. Each is stamped with its person and time; a later one of the same kind counts instead, and none is rewritten.
/// </summary>
internal sealed class Casework(RecordStore store, FleetView fleet, TimeProvider clock)
{
    /// <summary>The longest note, in characters: a page of text.</summary>
    public const int NoteMax = 2000;

    /// <exception cref="RefusalException">There is no such ground, the person may not do that there, or a word or note is missing.</exception>
    public Task<CaseRow> EnterAsync(Caller caller, NewCaseEntry entry, CancellationToken cancellation) =>
        store.WriteAsync(WritePriority.Decision, transaction => Enter(transaction, caller, entry), cancellation, caller.Actor);

    private CaseRow Enter(StoreTransaction transaction, Caller caller, NewCaseEntry entry)
    {
        var (unit, version) = (Unit(transaction, entry.Ground), entry.Ground.Version(transaction)!.Value); // It has a storage unit, so it is there.
        var person = Refusals.Person(caller);
        caller.Require(entry.Kind == CaseKinds.Assessment ? Permission.Decide : Permission.Acknowledge, fleet.Current, unit);
        var now = Instant.Now(clock);
        var row = CaseStore.Insert(transaction, new CaseRow(0, entry.Ground, version, entry.Kind, Word(entry), Note(entry), person.Name, now));
        EventLog.Append(transaction, now, EventKinds.CaseEntered, unit, $"{entry.Ground}", new
        {
            entry = row.Id, row.Kind, row.Word, row.Note, finding = entry.Ground.FindingId, exposure = entry.Ground.ExposureId, row.Version,
        });
        return row;
    }

    /// <summary>The storage unit of a ground.</summary>
    /// <exception cref="RefusalException">There is no such ground.</exception>
    public static StorageUnitId Unit(StoreSession session, Ground ground) => ground.Unit(session)
        ?? throw new RefusalException(RefusalKind.Unknown, "id", $"there is no {ground}", "take the number from GET /api/v1/holds, where findingId and exposureId name grounds");

    private static string Word(NewCaseEntry entry)
    {
        var words = entry.Kind switch { CaseKinds.Step => SecuringSteps.All, CaseKinds.Cause => Causes.All, _ => [""] };
        return words.Contains(entry.Word)
            ? entry.Word
            : throw new RefusalException(
                RefusalKind.Invalid, "word", $"'{entry.Word}' is no {entry.Kind} that is known", words.Count == 1 ? "leave it out" : $"use one of: {string.Join(", ", words)}");
    }

    private static string Note(NewCaseEntry entry)
    {
        var needsNote = entry.Kind switch { CaseKinds.Step => SecuringSteps.NeedsNote(entry.Word), CaseKinds.Cause => Causes.NeedsNote(entry.Word), _ => true };
        return !needsNote && string.IsNullOrWhiteSpace(entry.Note)
            ? ""
            : Refusals.Text(Refusals.NoNote, "note", entry.Note, NoteMax, "write what was read, done or found");
    }
}
