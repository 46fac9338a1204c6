namespace ColdChain.Simulation.Tests.Network;

/// <summary>How often, from 0 to 1, and by how much a network misbehaves. The default is a good day.</summary>
internal sealed record Weather
{
    public static readonly Weather Fair = new();

    /// <summary>The longest that a message takes on one leg of its way.</summary>
    public TimeSpan DelayMost { get; init; } = TimeSpan.FromMilliseconds(40);

    /// <summary>A connection breaks while it carries a message, which may have arrived or not.</summary>
    public double Breaks { get; init; }

    /// <summary>The broker confirms a message and forgets it.</summary>
    public double Forgets { get; init; }

    /// <summary>The broker delivers a message twice.</summary>
    public double Duplicates { get; init; }

    /// <summary>The broker delivers a later message first.</summary>
    public double Reorders { get; init; }

    /// <summary>When a connection ends, the broker forgets what waits for it.</summary>
    public bool IsForgetful { get; init; }
}
