using ColdChain.Core.Exposure;

namespace ColdChain.Core.Casework;

/// <summary>What a person says by signing a decision, which stands with the name and the time on whatever shows it (21 CFR 11.50).</summary>
public static class Meanings
{
    /// <summary>The sentence that is signed.</summary>
    /// <param name="kind">What is decided.</param>
    /// <param name="isGroundRemoved">True when later data had removed the ground.</param>
    public static string Of(DecisionKind kind, bool isGroundRemoved) => (kind, isGroundRemoved) switch
    {
        (DecisionKind.Release, true) => "I release it: later data showed that there was no ground to hold it.",
        (DecisionKind.Release, false) => "I approve its release as a second person, on the assessment that I have read.",
        (DecisionKind.Discard, _) => "I am responsible for its being discarded.",
        (DecisionKind.Return, _) => "I am responsible for its being sent back to the supplier.",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
