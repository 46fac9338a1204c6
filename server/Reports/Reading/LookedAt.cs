using ColdChain.Core.Readings;

namespace ColdChain.Server.Reports.Reading;

/// <summary>The time that a report looks at, and when it does.</summary>
/// <param name="From">The first instant.</param>
/// <param name="To">The instant after the last.</param>
/// <param name="Now">When it looks: what came last before that may be in doubt still.</param>
internal readonly record struct LookedAt(Instant From, Instant To, Instant Now);
