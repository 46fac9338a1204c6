using ColdChain.Core.Readings;

namespace ColdChain.Core.Excursions;

/// <summary>
/// A time in which a probe was warmed or cooled on purpose to test its alarm, half-open. What it measured then says nothing of the contents: it
/// counts as a fault does, and so as unknown, whatever the temperature.
/// </summary>
/// <param name="Probe">The probe; the others go on.</param>
/// <param name="From">The first instant.</param>
/// <param name="To">The instant after the last.</param>
public sealed record AlarmTest(ProbeId Probe, Instant From, Instant To)
{
    /// <summary>True when a sample of a probe at an instant belongs to the test.</summary>
    public bool Covers(ProbeId probe, Instant at) => From <= at && at < To && Probe == probe;
}
