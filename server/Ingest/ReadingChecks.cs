using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Hosting.Clocks;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Ingest;

/// <summary>What a readable pack may still say that cannot be true.</summary>
internal static class ReadingChecks
{
    /// <summary>How far a device's clock may run ahead of the server's.</summary>
    public static readonly TimeSpan AheadMax = ClockLimits.AheadMax;

    /// <summary>
    /// How long before its supervision begins a device may have measured: it may have run on a bench while its place was prepared. What is
    /// older comes from a clock that was never set, and would fill a past that nobody supervised.
    /// </summary>
    public static readonly TimeSpan BeforeSupervisionMax = TimeSpan.FromDays(31);

    /// <summary>
    /// The readings to refuse, each with its cause. What lies ahead of a clock for which nobody vouches is not refused, since that would be for good: a
    /// server that started at its last shutdown would throw away what its devices measured since. It is left to the device, which sends it again.
    /// </summary>
    public static (IReadOnlyList<RefusedSample> Refused, IReadOnlyList<Reading> LeftToTheDevice) Of(
        Pack pack, FleetHistory fleet, Instant received, IClockAuthority authority)
    {
        var supervised = fleet.SupervisedFrom(pack.Device);
        List<RefusedSample> refused =
        [
            .. from reading in pack.Readings
               let cause = CauseOf(reading, supervised, received)
               where cause is not null
               select new RefusedSample(reading, cause.Value),
        ];

        // A foreign device does not send again: what it says is refused, and so its bytes are kept.
        if (pack.IsForeign || !refused.Exists(IsAhead) || authority.Ask(received.ToDateTimeOffset()).ErrorMs is not null)
        {
            return (refused, []);
        }

        return ([.. refused.Where(sample => !IsAhead(sample))], [.. refused.Where(IsAhead).Select(sample => sample.Reading)]);
    }

    private static bool IsAhead(RefusedSample sample) => sample.Cause.CountedAs == CountedAs.ReadingAhead;

    private static RefusalCause? CauseOf(Reading reading, Instant supervised, Instant received) =>
        reading.MeasuredAt > received + AheadMax
            ? new(CountedAs.ReadingAhead, $"measured at {reading.MeasuredAt}, but it is {received} here: set the clock of the device or of the server")
        : reading.MeasuredAt < supervised - BeforeSupervisionMax
            ? new(
                CountedAs.ReadingBeforeSupervision,
                $"measured at {reading.MeasuredAt}, but the fleet file supervises it from {supervised}: set the device's clock, or begin its period earlier")
        : null;
}
