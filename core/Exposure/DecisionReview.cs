using ColdChain.Core.Readings;

namespace ColdChain.Core.Exposure;

/// <summary>What a person decided about a hold.</summary>
public enum DecisionKind
{
    /// <summary>It may be issued again.</summary>
    Release,

    /// <summary>It is not used any more.</summary>
    Discard,

    /// <summary>It is sent back to the supplier.</summary>
    Return,
}

/// <summary>On what a decision was made.</summary>
/// <param name="Kind">What was decided.</param>
/// <param name="Version">The version of the finding or exposure that the person saw.</param>
/// <param name="Watermark">Up to when everything had been delivered then; null when nothing was without a gap.</param>
public readonly record struct DecisionBasis(DecisionKind Kind, int Version, Instant? Watermark);

/// <summary>What is known of the finding or exposure now.</summary>
/// <param name="Version">Its version.</param>
/// <param name="IsRetracted">True when later data removed it.</param>
/// <param name="NewFrom">The earliest instant of its time about which something has just come; null for nothing.</param>
public readonly record struct DecisionNews(int Version, bool IsRetracted, Instant? NewFrom)
{
    /// <summary>True when the amounts of an exposure have changed although its version has not: it has gone on, or was counted anew.</summary>
    public bool IsCountedAnew { get; init; }
}

/// <summary>Whether a signed decision stands when more becomes known.</summary>
public static class DecisionReview
{
    /// <summary>Why a decision does not stand any more, as a sentence for a person; null when it stands.</summary>
    public static string? Reopened(DecisionBasis basis, DecisionNews news)
    {
        // That there was no ground at all speaks for a release, and against everything else.
        if (news.IsRetracted && basis.Kind == DecisionKind.Release)
        {
            return null;
        }

        if (news.Version > basis.Version)
        {
            return news.IsRetracted
                ? "Later data showed that there was no ground."
                : $"The ground has version {news.Version}; the decision was made on version {basis.Version}.";
        }

        if (news.IsCountedAnew)
        {
            return "What the blood unit went through adds up to something else than when it was signed.";
        }

        return news.NewFrom <= basis.Watermark
            ? $"Readings came of {news.NewFrom} and later, which counted as complete up to {basis.Watermark} when it was signed."
            : null;
    }
}
