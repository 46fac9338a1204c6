using ColdChain.Core.Readings;

namespace ColdChain.Core.Alerting;

/// <summary>What came of handing a message to a channel.</summary>
public enum SendOutcome
{
    /// <summary>The channel says that it took it. That is not delivered, and not seen.</summary>
    Accepted,

    /// <summary>It surely did not take it.</summary>
    Refused,

    /// <summary>Nobody knows: it did not answer in time, or the server ended meanwhile.</summary>
    Unsure,
}

/// <summary>
/// How often a message is handed to its channel. What may have been taken is tried once more and no oftener, so that nobody gets it more than
/// twice; what was not, by the channel's word, twice more: a channel that lies costs two duplicates. After that the ladder goes on without it, as it does anyway.
/// </summary>
public static class Attempts
{
    /// <summary>The most attempts whose outcome may be that it was taken.</summary>
    public const int UnsureMax = 2;

    /// <summary>The most attempts at all.</summary>
    public const int Max = 3;

    private static readonly TimeSpan First = TimeSpan.FromSeconds(15);

    /// <summary>When to try again; null for never.</summary>
    /// <param name="outcomes">What came of it so far, the first attempt first; at least one, none of them accepted.</param>
    /// <param name="now">The present.</param>
    public static Instant? NextAt(IReadOnlyCollection<SendOutcome> outcomes, Instant now)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        return outcomes.Count >= Max || outcomes.Count(outcome => outcome == SendOutcome.Unsure) >= UnsureMax
            ? null
            : now + (First * (1 << (outcomes.Count - 1)));
    }
}
