using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Quarantine;

/// <summary>What devices may still deliver of the time of a stay, and what could place a hold then.</summary>
internal static class UndeliveredReadings
{
    /// <summary>One doubt for each device that stood in some periods and owes readings of before an instant, or has delivered some that nobody can date yet.</summary>
    public static IEnumerable<string> Doubts(StoreSession session, IEnumerable<UnitPeriod> periods, Instant until)
    {
        var devices =
            from period in periods
            from probe in period.Probes
            let end = Instant.Min(period.To, until)
            group end by probe.Id.Device into times
            select (Device: times.Key, Until: times.Max());
        foreach (var (device, end) in devices)
        {
            if (Owes(session, device, end))
            {
                yield return $"Device {device} has yet to deliver readings that may be of that time.";
            }

            if (UndatedReadings.MayBeOfBefore(session, device, end))
            {
                yield return $"Device {device} has delivered readings measured while its clock was not set, which may be of that time.";
            }
        }
    }

    /// <summary>True when the gap-free part of what the device delivered does not reach an instant.</summary>
    private static bool Owes(StoreSession session, DeviceId device, Instant until) => DeviceStreams.Of(session, device).Owing.Any(stream =>
        !(ReadingReader.DatedBefore(session, device, stream.Epoch, stream.Settled().ContiguousUpTo + 1) >= until));
}
