using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Quarantine;

/// <summary>What devices may still deliver of the time of a stay, and what could place a hold then.</summary>
internal static class UndeliveredReadings
{
    /// <summary>One doubt for each device that stood in some periods and owes readings of before an instant.</summary>
    public static IEnumerable<string> Doubts(StoreSession session, IEnumerable<UnitPeriod> periods, Instant until) =>
        from period in periods
        from probe in period.Probes
        let end = Instant.Min(period.To, until)
        group end by probe.Id.Device into times
        where Owes(session, times.Key, times.Max())
        select $"Device {times.Key} has yet to deliver readings that may be of that time.";

    /// <summary>True when the gap-free part of what the device delivered does not reach an instant.</summary>
    private static bool Owes(StoreSession session, DeviceId device, Instant until) => DeviceStreams.Of(session, device).Owing.Any(stream =>
        !(ReadingReader.DatedBefore(session, device, stream.Epoch, stream.Settled().ContiguousUpTo + 1) >= until));
}
