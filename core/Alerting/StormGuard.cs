using ColdChain.Core.Readings;

namespace ColdChain.Core.Alerting;

/// <summary>
/// Keeps a storm from becoming one of messages: a person gets at most three within ten minutes, whatever happens, and what has to wait goes with the
/// next one. Nothing is dropped: it waits.
/// </summary>
public static class StormGuard
{
    /// <summary>The most messages to one person within <see cref="Window"/>, all channels together. Chosen by engineers.</summary>
    public const int MessagesMax = 3;

    /// <summary>The time over which they are counted.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    /// <summary>How long the last one of them is kept back behind the one before, so that it carries what happens meanwhile.</summary>
    public static readonly TimeSpan Gather = TimeSpan.FromMinutes(1);

    /// <summary>When the next message may go to a person; the present, or earlier, for at once.</summary>
    /// <param name="sent">When messages went to this person, in any order; older ones than <see cref="Window"/> do not matter.</param>
    /// <param name="now">The present.</param>
    public static Instant NextAt(IEnumerable<Instant> sent, Instant now)
    {
        var within = sent.Where(at => at + Window > now).OrderDescending().Take(MessagesMax).ToList();
        return within.Count switch
        {
            >= MessagesMax => within[^1] + Window,
            MessagesMax - 1 => Instant.Min(within[0] + Gather, within[^1] + Window),
            _ => now,
        };
    }
}
