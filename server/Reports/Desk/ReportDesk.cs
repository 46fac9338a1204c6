using ColdChain.Core.People;
using ColdChain.Core.Readings;
using ColdChain.Core.Reporting;
using ColdChain.Server.Fleet;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Store;

namespace ColdChain.Server.Reports.Desk;

/// <summary>A revision that a person has before him.</summary>
/// <param name="Number">Which report.</param>
/// <param name="Revision">Which revision.</param>
/// <param name="Sha256">The hash of the content that the person saw.</param>
internal sealed record SeenReport(ReportNumber Number, int Revision, string Sha256);

/// <summary>
/// Prepares and signs reports. A signature is bound to the content that the person saw, which must be what the store would say now: it is made anew
/// before each; where that takes minutes, the draft that was made lately is signed, and the watch compares right after. What changed since makes a
/// revision void, and another one has to be prepared.
/// </summary>
internal sealed class ReportDesk(RecordStore store, FleetView fleet, ReportDrafts drafts, AskForSignature ask, TimeProvider clock)
{
    /// <summary>Stores what a report says now as a revision, signed by its author.</summary>
    /// <param name="caller">The author.</param>
    /// <param name="number">Which report.</param>
    /// <param name="seen">The hash of the draft that the author read: what was not read is not signed.</param>
    /// <param name="proof">The author's password and code.</param>
    /// <param name="cancellation">Ends it before anything is stored.</param>
    /// <exception cref="RefusalException">
    /// There is no such report, its content can still change by itself, is that of the revision that stands, is not that of the draft, or is being made;
    /// the person may not do that there; or password or code is not right.
    /// </exception>
    public async Task<ReportRow> PrepareAsync(Caller caller, ReportNumber number, string seen, SignatureProof proof, CancellationToken cancellation)
    {
        var person = ReportRefusals.Person(caller);
        store.Read(session => MayPrepare(session, caller, number));

        // Before the content is made: for a guess nothing is made, and the code is of now.
        var answer = Ask(person, proof);
        var (made, madeAt) = await ContentAsync(number, cancellation);
        if (made.IsUnfinished)
        {
            throw ReportRefusals.StillOpen(made, Instant.Now(clock));
        }

        var bytes = ReportJson.Write(made);
        var sha256 = ReportJson.HashOf(bytes);
        var (before, differences) = store.Read(session => Before(session, number, made));
        if (differences is { Count: 0 })
        {
            throw ReportRefusals.Conflict(ReportRefusals.Same, $"revision {before!.Revision} of report {number} says what there is to say now", "sign that one"); // It was compared.
        }

        if (sha256 != seen)
        {
            throw ReportRefusals.Conflict(ReportRefusals.Changed, $"report {number} says something else now than the draft that was seen", "read the draft anew, and sign that");
        }

        return await store.WriteAsync(
            WritePriority.Decision,
            transaction =>
            {
                var now = Instant.Now(clock);
                MayPrepare(transaction, caller, number); // What was so before the content was made need not be so now.
                if (ReportStore.Find(transaction, $"{number}")?.Id != before?.Id)
                {
                    throw ReportRefusals.Conflict(ReportRefusals.Stale, $"somebody has prepared report {number} meanwhile", "look at that revision");
                }

                Require(transaction, answer);
                if (before is not null && differences is not null)
                {
                    ReportVoiding.Void(transaction, before, differences, sha256, now);
                }

                var row = ReportStore.Append(transaction, RowOf(made, number, sha256, madeAt), bytes);
                Sign(transaction, row, SignatureMeaning.Prepared, person, now, before);
                return row;
            },
            cancellation,
            caller.Actor);
    }

    /// <summary>Signs a revision as reviewed or approved.</summary>
    /// <exception cref="RefusalException">
    /// It is not the newest revision, or void, or its content would be another one now, which makes it void; it is not the turn of that signature, or
    /// the person has prepared it or may not do that there; or password or code is not right.
    /// </exception>
    public async Task<ReportRow> SignAsync(Caller caller, SeenReport seen, SignatureMeaning meaning, SignatureProof proof, CancellationToken cancellation)
    {
        var person = ReportRefusals.Person(caller);
        var row = store.Read(session => Seen(session, caller, seen, meaning));
        var answer = Ask(person, proof);
        await RequireUnchangedAsync(row, seen.Number, cancellation);
        return await store.WriteAsync(
            WritePriority.Decision,
            transaction =>
            {
                Seen(transaction, caller, seen, meaning); // Somebody else may have been quicker.
                Require(transaction, answer);
                Sign(transaction, row, meaning, person, Instant.Now(clock), before: null);
                return row;
            },
            cancellation,
            caller.Actor);
    }

    /// <summary>The right that a signature takes.</summary>
    public static Permission RightOf(SignatureMeaning meaning) => meaning switch
    {
        SignatureMeaning.Prepared => Permission.PrepareReports,
        SignatureMeaning.Reviewed => Permission.ReviewReports,
        SignatureMeaning.Approved => Permission.ApproveReports,
        _ => throw new ArgumentOutOfRangeException(nameof(meaning)),
    };

    // By the grants that are stored now: those of the request may have been taken back meanwhile.
    private ReportPlace Allowed(StoreSession session, Caller caller, Permission what, ReportNumber number)
    {
        var place = ReportPlace.Required(session, fleet.Current, number);
        var rights = Rights.Of(AccountStore.Grants(session, ReportRefusals.Person(caller).Id));
        return place.Allows(caller with { Rights = rights }, what, fleet.Current) ? place : throw ReportRefusals.NotAllowed(caller, number);
    }

    private ReportPlace MayPrepare(StoreSession session, Caller caller, ReportNumber number)
    {
        var place = Allowed(session, caller, Permission.PrepareReports, number);
        return ReportIncidents.OpenOf(session, number) is { } incident ? throw ReportRefusals.IncidentOpen(number, incident) : place;
    }

    // What it says, and since when that was so. What is long is not made within a request: its draft was made before anybody could read it.
    private async Task<(ReportContent Content, Instant MadeAt)> ContentAsync(ReportNumber number, CancellationToken cancellation)
    {
        if (!ReportDrafts.IsLong(number))
        {
            var now = Instant.Now(clock);
            return (await drafts.MakeAsync(number, cancellation), now);
        }

        return drafts.Ask(number) switch
        {
            { Refusal: { } refusal } => throw refusal,
            { Content: { } content, MadeAt: { } madeAt } => (content, madeAt),
            var state => throw ReportRefusals.BeingMade(number, state.Progress),
        };
    }

    private SignatureAnswer Ask(AccountRow person, SignatureProof proof)
    {
        if (proof.Password.Length == 0 || proof.Code.Length == 0)
        {
            var missing = proof.Password.Length == 0 ? "password" : "code";
            throw new RefusalException(RefusalKind.Invalid, missing, $"'{missing}' is missing", "give both the password of your account and the code that the authenticator shows now");
        }

        var answer = ask(person.Name, proof);
        return answer.Fault is { } fault ? throw ReportRefusals.Of(fault) : answer;
    }

    // Last in the transaction, so that no code is used up for what cannot be done anyway; undone with the rest.
    private static void Require(StoreTransaction transaction, SignatureAnswer answer)
    {
        if (answer.Require(transaction) is { } fault)
        {
            throw ReportRefusals.Of(fault);
        }
    }

    // The newest revision, and how it differs from what was made now; no differences when it is void already or cannot be compared.
    private static (ReportRow? Row, IReadOnlyList<string>? Differences) Before(StoreSession session, ReportNumber number, ReportContent made) =>
        ReportStore.Find(session, $"{number}") is not { } row ? (null, null)
        : ReportStore.VoidOf(session, row.Id) is null ? (row, ReportComparison.Differences(ReportStore.ContentOf(session, row.Id), made))
        : (row, null);

    private static ReportRow RowOf(ReportContent made, ReportNumber number, string sha256, Instant madeAt) => new(
        0,
        $"{number}",
        0,
        made.Place.Site,
        StorageUnitId.TryParse(made.Place.Unit, out var unit) ? unit : null,
        number.Kind == ReportKind.Excursion ? number.Finding : null,
        sha256,
        madeAt) { Form = made.Form };

    private ReportRow Seen(StoreSession session, Caller caller, SeenReport seen, SignatureMeaning meaning)
    {
        Allowed(session, caller, RightOf(meaning), seen.Number);
        var row = ReportStore.Find(session, $"{seen.Number}") ?? throw ReportRefusals.NotPrepared(seen.Number);
        if (seen.Revision != row.Revision || seen.Sha256 != row.Sha256)
        {
            throw ReportRefusals.Conflict(
                ReportRefusals.Stale, $"revision {row.Revision} of report {row.Number} with hash {row.Sha256} is the newest, and another one was seen", "look at that one, and sign it then");
        }

        var given = ReportStore.SignaturesOf(session, row.Id).ConvertAll(one => new GivenSignature(one.Meaning, one.Account));
        var person = ReportRefusals.Person(caller).Name;
        return ReportSigning.Refusal(meaning, person, given, ReportStore.VoidOf(session, row.Id) is not null) is { } refusal
            ? throw ReportRefusals.Of(refusal, meaning, row, person)
            : row;
    }

    private async Task RequireUnchangedAsync(ReportRow row, ReportNumber number, CancellationToken cancellation)
    {
        var stored = store.Read(session => ReportStore.ContentOf(session, row.Id));
        if (ReportJson.ReadKnown(stored) is null)
        {
            throw ReportRefusals.OtherForm(row.Number, row.Revision);
        }

        if (ReportDrafts.IsLong(number))
        {
            return; // The watch compares it right after it was signed.
        }

        var made = await drafts.MakeAsync(number, cancellation);
        if (ReportComparison.Differences(stored, made) is { Count: > 0 } differences)
        {
            var sha256 = ReportJson.HashOf(ReportJson.Write(made));
            await store.WriteAsync(WritePriority.Decision, transaction => ReportVoiding.Void(transaction, row, differences, sha256, Instant.Now(clock)), cancellation);
            throw ReportRefusals.Conflict(ReportRefusals.Void, $"revision {row.Revision} of report {row.Number} is void. {ReportComparison.ReasonOf(differences)}", "have a new revision prepared");
        }
    }

    private void Sign(StoreTransaction transaction, ReportRow row, SignatureMeaning meaning, AccountRow person, Instant now, ReportRow? before)
    {
        var zone = ReportPlace.Of(row).Zone(fleet.Current).Id;
        ReportStore.Sign(transaction, new ReportSignatureRow(row.Id, meaning, person.Name, person.Display, now, zone, ReportSigning.SentenceOf(meaning), row.Sha256));
        ReportStore.Check(transaction, row.Id, IsLongOf(row) ? Instant.Beginning : now); // It was made anew just now, or is to be compared at once.
        EventLog.Append(transaction, now, meaning == SignatureMeaning.Prepared ? EventKinds.ReportPrepared : EventKinds.ReportSigned, row.Unit, row.Number, new
        {
            row.Number, row.Revision, row.Sha256, account = person.Name, person.Display, meaning = ReportSigning.WordOf(meaning), sentence = ReportSigning.SentenceOf(meaning), before = before?.Revision,
        });
    }

    private static bool IsLongOf(ReportRow row) => ReportNumber.TryParse(row.Number, out var number) && ReportDrafts.IsLong(number);
}
