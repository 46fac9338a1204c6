using System.Collections.Frozen;

namespace ColdChain.Core.Reporting;

/// <summary>What a signature under a report means, in the order in which they are given (21 CFR 11.50(a)(3)).</summary>
public enum SignatureMeaning
{
    /// <summary>Its author says that it is complete.</summary>
    Prepared,

    /// <summary>Another person has checked it.</summary>
    Reviewed,

    /// <summary>It is approved, by another person than its author.</summary>
    Approved,
}

/// <summary>Why a signature is not taken.</summary>
public enum SigningRefusal
{
    /// <summary>The content has changed since: a new revision has to be prepared.</summary>
    Void,

    /// <summary>That was signed already.</summary>
    SignedAlready,

    /// <summary>The signature that comes before is missing.</summary>
    OutOfOrder,

    /// <summary>Whoever prepared it can neither review nor approve it.</summary>
    OwnReport,
}

/// <summary>A signature as far as the rules look at it.</summary>
/// <param name="Meaning">What it means.</param>
/// <param name="Person">The account.</param>
public readonly record struct GivenSignature(SignatureMeaning Meaning, string Person);

/// <summary>
/// Who may sign what next: prepared, then reviewed, then approved; reviewed and approved by others than whoever prepared it. One person may review
/// and approve: a small blood bank has no third one.
/// </summary>
public static class ReportSigning
{
    private static readonly FrozenDictionary<SignatureMeaning, string> Sentences = new Dictionary<SignatureMeaning, string>
    {
        [SignatureMeaning.Prepared] = "I prepared this report and say that it is complete.",
        [SignatureMeaning.Reviewed] = "I reviewed this report against its data as a second person.",
        [SignatureMeaning.Approved] = "I approve this report.",
    }.ToFrozenDictionary();

    /// <summary>What is to be signed next; null when all is signed.</summary>
    public static SignatureMeaning? Next(IReadOnlyCollection<GivenSignature> given) =>
        Enum.GetValues<SignatureMeaning>().Cast<SignatureMeaning?>().FirstOrDefault(meaning => given.All(signature => signature.Meaning != meaning));

    /// <summary>Why a person's signature is not taken; null when it is.</summary>
    /// <param name="wanted">What it would mean.</param>
    /// <param name="person">The account.</param>
    /// <param name="given">What was signed so far.</param>
    /// <param name="isVoid">True when the content has changed since it was prepared.</param>
    public static SigningRefusal? Refusal(SignatureMeaning wanted, string person, IReadOnlyCollection<GivenSignature> given, bool isVoid) =>
        isVoid ? SigningRefusal.Void
        : given.Any(signature => signature.Meaning == wanted) ? SigningRefusal.SignedAlready
        : Next(given) != wanted ? SigningRefusal.OutOfOrder
        : wanted != SignatureMeaning.Prepared && given.Any(signature => signature.Meaning == SignatureMeaning.Prepared && signature.Person == person) ? SigningRefusal.OwnReport
        : null;

    /// <summary>The sentence that is signed.</summary>
    public static string SentenceOf(SignatureMeaning meaning) => Sentences[meaning];

    /// <summary>The word of a meaning: <c>prepared</c>, <c>reviewed</c> or <c>approved</c>.</summary>
    public static string WordOf(SignatureMeaning meaning) => meaning switch
    {
        SignatureMeaning.Prepared => "prepared",
        SignatureMeaning.Reviewed => "reviewed",
        SignatureMeaning.Approved => "approved",
        _ => throw new ArgumentOutOfRangeException(nameof(meaning)),
    };

    /// <summary>The meaning of a word; null for none.</summary>
    public static SignatureMeaning? MeaningOf(string word) =>
        Enum.GetValues<SignatureMeaning>().Cast<SignatureMeaning?>().FirstOrDefault(meaning => WordOf(meaning!.Value) == word); // None of them is null.
}
