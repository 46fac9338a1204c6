namespace ColdChain.Hosting.Clocks;

/// <summary>What is known of the wall clock.</summary>
/// <param name="ErrorMs">How far it may be off, either way, in milliseconds; null when nobody vouches for it.</param>
/// <param name="Reason">Who vouches for it, or why nobody does; for the log.</param>
public readonly record struct ClockWord(long? ErrorMs, string Reason);
