using ColdChain.Core.Readings;

namespace ColdChain.Server.Supervision;

/// <summary>Whether the server itself can hear devices: its own absence must not be told as everybody's silence.</summary>
/// <param name="Now">The present.</param>
/// <param name="Since">Since when it has been able to hear, or unable.</param>
/// <param name="Allowance">How long from then on devices have to be heard again.</param>
/// <param name="IsDeaf">True while its connection to the broker is lost.</param>
internal readonly record struct Hearing(Instant Now, Instant Since, TimeSpan Allowance, bool IsDeaf);
