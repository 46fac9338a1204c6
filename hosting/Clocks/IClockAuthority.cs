namespace ColdChain.Hosting.Clocks;

/// <summary>Who can say whether the wall clock was set by something that knows the time.</summary>
public interface IClockAuthority
{
    /// <summary>What is known of the wall clock at this moment.</summary>
    /// <param name="wall">What it shows.</param>
    ClockWord Ask(DateTimeOffset wall);
}
