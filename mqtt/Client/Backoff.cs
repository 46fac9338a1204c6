namespace ColdChain.Mqtt.Client;

/// <summary>
/// The pauses between attempts: each at most twice as long as the one before, up to a maximum, and spread over the upper half of that span,
/// so that a thousand devices do not come back in the same second after a power cut.
/// </summary>
/// <param name="first">The longest first pause.</param>
/// <param name="max">The longest pause.</param>
/// <param name="random">The source of the spread; used by one caller at a time.</param>
internal sealed class Backoff(TimeSpan first, TimeSpan max, Random random)
{
    private TimeSpan? next;

    /// <summary>The next pause.</summary>
    public TimeSpan Next()
    {
        var span = next ?? first;
        next = span < max / 2 ? span * 2 : max;
        return span * (0.5 + (random.NextDouble() / 2));
    }

    /// <summary>Begins again with the first pause.</summary>
    public void Reset() => next = null;
}
