using ColdChain.Core.People;
using ColdChain.Server.Fleet;

namespace ColdChain.Server.Quarantine;

/// <summary>Why a decision is not taken, by words for which pages have a sentence in each of their languages.</summary>
internal static class Refusals
{
    public const string Stale = "stale";
    public const string NoReason = "no-reason";
    public const string NothingChosen = "nothing-chosen";
    public const string NotStanding = "not-standing";
    public const string NoProposal = "no-proposal";
    public const string OwnProposal = "own-proposal";
    public const string NoAssessment = "no-assessment";
    public const string StillOpen = "still-open";
    public const string StillInside = "still-inside";
    public const string NotOfStorageUnit = "not-of-storage-unit";
    public const string NoNote = "no-note";
    public const string OnHold = "on-hold";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Stale, NoReason, NothingChosen, NotStanding, NoProposal, OwnProposal, NoAssessment, StillOpen, StillInside, NotOfStorageUnit, NoNote, OnHold];

    public static RefusalException Conflict(string word, string thing, string reason, string cure) => new(RefusalKind.Conflict, thing, reason, cure) { Word = word };

    public static RefusalException Invalid(string word, string thing, string reason, string cure) => new(RefusalKind.Invalid, thing, reason, cure) { Word = word };

    /// <summary>That the second factor did not agree.</summary>
    public static RefusalException OfCode(AccountFault fault)
    {
        var (reason, cure) = fault switch
        {
            AccountFault.FactorMissing => ("whoever signs has no second factor", "set one up at /account, and sign then"),
            AccountFault.CodeTooOften => ("too many codes were wrong", "wait a minute, and type the one that the authenticator shows then"),
            _ => ("the code is wrong, too old, or was used", "type the one that the authenticator shows now"),
        };
        return new RefusalException(RefusalKind.Forbidden, "code", reason, cure) { Fault = fault };
    }

    /// <summary>The account of a person: a program neither proposes nor decides.</summary>
    /// <exception cref="RefusalException">No person asks.</exception>
    public static Store.AccountRow Person(Caller caller) => caller.Account
        ?? throw new RefusalException(RefusalKind.Forbidden, "rights", $"{caller.Actor.Name} is no person", "sign in as one: no program says what was done about blood or decides about it");

    /// <summary>A text of a person, without blanks around it.</summary>
    /// <exception cref="RefusalException">It is missing, too long, or holds control characters other than line ends.</exception>
    public static string Text(string word, string thing, string? text, int lengthMax, string cure)
    {
        var given = (text ?? "").Trim().ReplaceLineEndings("\n");
        return given.Length == 0 ? throw Invalid(word, thing, $"'{thing}' is missing", cure)
            : given.Length > lengthMax || given.Any(character => char.IsControl(character) && character != '\n')
                ? throw Invalid(word, thing, $"'{thing}' is longer than {lengthMax} characters or holds control characters", "write it shorter, and as plain text")
                : given;
    }
}
