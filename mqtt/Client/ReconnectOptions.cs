namespace ColdChain.Mqtt.Client;

/// <summary>How a <see cref="ReconnectingLink"/> pauses between its attempts.</summary>
/// <param name="FirstPause">The longest first pause.</param>
/// <param name="PauseMax">
/// The longest pause; each is at most twice the one before, up to this. A connection that lasted this long begins the sequence again.
/// </param>
public sealed record ReconnectOptions(TimeSpan FirstPause, TimeSpan PauseMax)
{
    /// <summary>One second at first, one minute at most.</summary>
    public static ReconnectOptions Default { get; } = new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
}
