using ColdChain.Core.Readings;

namespace ColdChain.Server.Dashboard.Series;

/// <summary>A point of a line over time, or a break in it.</summary>
/// <param name="At">When.</param>
/// <param name="Milli">The calibrated temperature in thousandths of a degree; null where the line is broken.</param>
internal readonly record struct LinePoint(Instant At, int? Milli);
