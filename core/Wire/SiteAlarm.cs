namespace ColdChain.Core.Wire;

/// <summary>What the server tells each device of a site: whether light and sound are to be on there. It is a whole statement, repeated every minute.</summary>
/// <param name="At">When the server said so, as ISO 8601 text.</param>
/// <param name="IsOn">True while an alarm of the site is critical and nobody has taken it on.</param>
/// <param name="Incidents">How many of them there are; 0 when it is off.</param>
public sealed record SiteAlarm(string At, bool IsOn, long Incidents);
