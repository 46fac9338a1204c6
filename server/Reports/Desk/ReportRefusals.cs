using ColdChain.Core.People;
using ColdChain.Core.Readings;
using ColdChain.Core.Reporting;
using ColdChain.Server.Fleet;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Reports.Reading;
using ColdChain.Server.Store;

namespace ColdChain.Server.Reports.Desk;

/// <summary>Why a report is not prepared or signed, by words for which pages have a sentence in each of their languages.</summary>
internal static class ReportRefusals
{
    public const string Unfinished = "report-unfinished";
    public const string Incident = "report-incident";
    public const string Rights = "report-rights";
    public const string BeingMadeNow = "report-being-made";
    public const string Form = "report-other-form";
    public const string Same = "report-same";
    public const string Stale = "report-stale";
    public const string Void = "report-void";
    public const string Signed = "report-signed";
    public const string Order = "report-order";
    public const string Own = "report-own";
    public const string Missing = "report-missing";
    public const string Changed = "report-changed";
    public const string NoRevision = "report-no-revision";
    public const string Busy = "report-busy";
    public const string NoUnit = "report-no-unit";
    public const string Queue = "report-queue";
    public const string Failed = "report-failed";
    public const string NoPeriod = "report-no-period";
    public const string NotBegun = "report-not-begun";
    public const string NotRecorded = "report-not-recorded";
    public const string NothingOfIt = "report-nothing-of-it";
    public const string NoChoice = "report-no-choice";
    public const string NoBundle = "report-no-bundle";
    public const string NoPrinter = "report-no-printer";
    public const string NotPrinted = "report-not-printed";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Unfinished, Incident, Rights, BeingMadeNow, Form, Same, Stale, Void, Signed, Order, Own, Missing, Changed, NoRevision, Busy, NoUnit, Queue, Failed, NoPeriod, NotBegun, NotRecorded, NothingOfIt, NoChoice, NoBundle, NoPrinter, NotPrinted,
    ];

    public static RefusalException Conflict(string word, string reason, string cure) => new(RefusalKind.Conflict, "report", reason, cure) { Word = word };

    /// <summary>That there is nothing of which a report of that number could be.</summary>
    public static RefusalException Unknown(ReportNumber number) => new(
        RefusalKind.Unknown, "number", $"there is nothing that report {number} could be of", "take the number of an excursion, or the id of a storage unit or site of the fleet, and a period") { Word = NothingOfIt };

    /// <summary>
    /// That the fleet does not know its storage unit any more. A report without samples and rules would look as if there were nothing to say, and make void
    /// what was signed.
    /// </summary>
    public static RefusalException NotInFleet(string number, StorageUnitId unit) => Conflict(
        NoUnit, $"the fleet file no longer has storage unit '{unit}', which report {number} is of", "put it back; what is out of use stays there, with the end of its last period");

    /// <summary>That somebody has no right, or no more, to sign it so.</summary>
    public static RefusalException NotAllowed(Caller caller, ReportNumber number) => new(
        RefusalKind.Forbidden, "rights", $"{caller.Actor.Name} may not do that with report {number}", "ask an administrator for a role at its site") { Word = Rights };

    /// <summary>That it has not been prepared.</summary>
    public static RefusalException NotPrepared(ReportNumber number) => new(RefusalKind.Unknown, "number", $"nobody has prepared report {number}", "prepare it first") { Word = Missing };

    /// <summary>That the content can still change by itself.</summary>
    public static RefusalException StillOpen(ReportContent made, Instant now)
    {
        var end = made.FinishedAt - PeriodReader.SettledAfterOf(made.Kind);
        var what = made.Kind == ReportKind.Excursion ? $"report {made.Number} looks at a time that is not over, or not settled: readings may still come"
            : end > now ? $"the period of report {made.Number} goes on until {end}"
            : $"what was before {made.To} is not settled for report {made.Number}: readings may still come";
        return Conflict(Unfinished, what, made.FinishedAt > now ? $"prepare it after {made.FinishedAt}" : "prepare it when that is over");
    }

    /// <summary>That what is told about its excursion goes on.</summary>
    public static RefusalException IncidentOpen(ReportNumber number, IncidentRow incident) => Conflict(
        Incident,
        $"incident {incident.Id}, to which report {number} belongs, is not closed: {(incident.State.OverAt is null ? "its cause goes on" : "nobody has acknowledged it")}",
        "acknowledge the incident first, and prepare the report once its cause is over");

    /// <summary>That it is long, and its draft is not there.</summary>
    public static RefusalException BeingMade(ReportNumber number, ReportProgress progress) => Conflict(
        BeingMadeNow, $"the draft of report {number} is being made, {progress.Done} of {progress.Total} storage units", "sign once it is made, if it says what was read");

    /// <summary>That another version of the program wrote it.</summary>
    public static RefusalException OtherForm(string number, int revision) => Conflict(
        Form,
        $"another version of the program wrote revision {revision} of report {number}, in a form that this one neither shows nor signs",
        "take its content as JSON; to sign what it says now, prepare the report anew");

    /// <summary>Why the rules do not let a person sign.</summary>
    public static RefusalException Of(SigningRefusal refusal, SignatureMeaning wanted, ReportRow row, string person) => refusal switch
    {
        SigningRefusal.Void => Conflict(Void, $"revision {row.Revision} of report {row.Number} is void: its content would be another one now", "have a new revision prepared"),
        SigningRefusal.SignedAlready => Conflict(Signed, $"revision {row.Revision} of report {row.Number} is {ReportSigning.WordOf(wanted)} already", "look at it again"),
        SigningRefusal.OutOfOrder => Conflict(
            Order, $"revision {row.Revision} of report {row.Number} lacks the signature that comes before '{ReportSigning.WordOf(wanted)}'", "have it reviewed first, and approve it then"),
        SigningRefusal.OwnReport => Conflict(Own, $"{person} has prepared revision {row.Revision} of report {row.Number}", "have another person review and approve it"),
        _ => throw new ArgumentOutOfRangeException(nameof(refusal)),
    };

    /// <summary>That one of the two components is not right.</summary>
    public static RefusalException Of(AccountFault fault)
    {
        var (thing, reason, cure) = fault switch
        {
            AccountFault.FactorMissing => ("code", "whoever signs has no second factor", "set one up at /account, and sign then"),
            AccountFault.CodeTooOften => ("code", "too many codes were wrong", "wait a minute, and type the one that the authenticator shows then"),
            AccountFault.PasswordTooOften => ("password", "too many passwords were wrong", "wait a minute, and type both again"),
            AccountFault.PasswordWrong => ("password", "the password is wrong", "type the password of your account, and the code that the authenticator shows now"),
            _ => ("code", "the code is wrong, too old, or was used", "type the one that the authenticator shows now"),
        };
        return new RefusalException(RefusalKind.Forbidden, thing, reason, cure) { Fault = fault };
    }

    /// <summary>The account of a person: a program signs nothing.</summary>
    /// <exception cref="RefusalException">No person asks.</exception>
    public static AccountRow Person(Caller caller) => caller.Account
        ?? throw new RefusalException(RefusalKind.Forbidden, "rights", $"{caller.Actor.Name} is no person", "sign in as one: no program signs a report");
}
