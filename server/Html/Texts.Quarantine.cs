using ColdChain.Core.Casework;
using ColdChain.Server.Fleet;

namespace ColdChain.Server.Html;

// The words of the pages on which people work on what is held.
public sealed partial class Texts
{
    public string HoldsLink => Text();

    public string NoticeHolds => Text();

    public string LookBackLink => Text();

    public string ScanLink => Text();

    public string CaseLink => Text();

    public string NotFoundCase => Text();

    public string StepsTitle => Text();

    public string Stamp => Text();

    public string Note => Text();

    public string NoteNeeded => Text();

    public string CauseTitle => Text();

    public string CauseNone => Text();

    public string CauseName => Text();

    public string AssessmentTitle => Text();

    public string AssessmentNone => Text();

    public string AssessmentOfBefore => Text();

    public string AssessmentWhat => Text();

    public string AssessmentWrite => Text();

    public string DecisionsTitle => Text();

    public string DecisionsExplained => Text();

    public string DecisionFigures => Text();

    public string DecisionKindWord => Text();

    public string Proposal => Text();

    public string ProposalOfBefore => Text();

    public string Reason => Text();

    public string Propose => Text();

    public string Signature => Text();

    public string SignatureExplained => Text();

    public string Sign => Text();

    public string SignedBy => Text();

    public string HoldsCut => Text();

    public string ScanTitle => Text();

    public string ScanWhat => Text();

    public string ScanUnit => Text();

    public string ScanProductOfLabel => Text();

    public string ScanLabel => Text();

    public string ScanDonation => Text();

    public string ScanProduct => Text();

    public string ScanSoFar => Text();

    public string ScanAnew => Text();

    public string ScanExplained => Text();

    public string ScanEnter => Text();

    public string IssueCheck => Text();

    public string StockLink => Text();

    public string StockTitle => Text();

    public string StockExplained => Text();

    public string StockText => Text();

    public string StockTake => Text();

    public string StockTaken => Text();

    public string StockFaults => Text();

    public string StockIntoHeld => Text();

    public string LookBackTitle => Text();

    public string LookBackOpen => Text();

    public string LookBackIsOpen => Text();

    public string LookBackIsOver => Text();

    public string FollowUpsTitle => Text();

    public string FollowUpEnter => Text();

    /// <summary>A step to secure the stock, for people; its word when this language lacks it.</summary>
    public string OfStep(string word) => Resources.GetString($"Step.{word}", Culture) ?? word;

    /// <summary>A cause, likewise.</summary>
    public string OfCause(string word) => Resources.GetString($"Cause.{word}", Culture) ?? word;

    /// <summary>A decision, likewise.</summary>
    public string OfDecision(string word) => Resources.GetString($"Decision.{word}", Culture) ?? word;

    /// <summary>What was signed, in this language; the sentence itself when this version does not know it.</summary>
    public string OfMeaning(string sentence) =>
        Meanings.WordOf(sentence) is { } word && Resources.GetString($"Meaning.{word}", Culture) is { } text ? text : sentence;

    /// <summary>What became of a blood unit that had left, likewise.</summary>
    public string OfFollowUp(string word) => Resources.GetString($"FollowUp.{word}", Culture) ?? word;

    /// <summary>What a scan means, likewise.</summary>
    public string OfScan(string word) => Resources.GetString($"Scan.{word}", Culture) ?? word;

    /// <summary>The answer of the issue check, likewise.</summary>
    public string OfAnswer(string word) => Resources.GetString($"Answer.{word}", Culture) ?? word;

    /// <summary>Why something was not done; in English where this language has no words for it.</summary>
    internal string Of(RefusalException refusal) => refusal.Fault is { } fault ? Of(fault)
        : refusal.Word is { } word && Resources.GetString($"Refusal.{word}", Culture) is { } text ? text
        : $"{char.ToUpperInvariant(refusal.Reason[0])}{refusal.Reason[1..]}; {refusal.Cure}.";
}
