using System.Collections.Frozen;
using ColdChain.Core.Exposure;

namespace ColdChain.Core.Casework;

/// <summary>
/// What a person says by signing a decision, which stands with the name and the time on whatever shows it (21 CFR 11.50). The sentence is signed and stored in
/// English; a page may say it in its own language beside that, by its word.
/// </summary>
public static class Meanings
{
    private const string ReleaseWithoutGround = "release-without-ground";

    private static readonly FrozenDictionary<string, string> Sentences = new Dictionary<string, string>
    {
        ["release"] = "I approve its release as a second person, on the assessment that I have read.",
        [ReleaseWithoutGround] = "I release it: later data showed that there was no ground to hold it.",
        ["discard"] = "I am responsible for its being discarded.",
        ["return"] = "I am responsible for its being sent back to the supplier.",
    }.ToFrozenDictionary();

    /// <summary>The words of all sentences, in the order of the alphabet.</summary>
    public static IReadOnlyList<string> Words { get; } = [.. Sentences.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The sentence that is signed.</summary>
    /// <param name="kind">What is decided.</param>
    /// <param name="isGroundRemoved">True when later data had removed the ground.</param>
    public static string Of(DecisionKind kind, bool isGroundRemoved) => Sentences[kind switch
    {
        DecisionKind.Release => isGroundRemoved ? ReleaseWithoutGround : "release",
        DecisionKind.Discard => "discard",
        DecisionKind.Return => "return",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    }];

    /// <summary>The word of a sentence that was signed; null for one of another version.</summary>
    /// <param name="sentence">The sentence.</param>
    public static string? WordOf(string sentence) => Words.FirstOrDefault(word => Sentences[word] == sentence);
}
