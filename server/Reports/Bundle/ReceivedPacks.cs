using ColdChain.Core.Readings;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Store;

namespace ColdChain.Server.Reports.Bundle;

/// <summary>The packs as received that a report is made from.</summary>
internal static class ReceivedPacks
{
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(1);

    /// <summary>The devices whose probes and signals a report names, and others, in the order of the alphabet.</summary>
    public static IReadOnlyList<DeviceId> DevicesOf(ReportContent content, IReadOnlyList<DeviceId> others)
    {
        var ofExcursion = content.Excursion is { } excursion ? excursion.Probes.Select(probe => probe.Probe).Concat(excursion.Conditions.Select(condition => condition.Probe)) : [];
        return
        [
            .. ofExcursion.Concat(content.Units.SelectMany(unit => unit.Probes).Select(probe => probe.Probe))
                .Select(name => ProbeId.TryParse(name, out var probe) ? probe.Device : (DeviceId?)null)
                .OfType<DeviceId>().Concat(others).Distinct().OrderBy(device => device.Value, StringComparer.Ordinal),
        ];
    }

    /// <summary>
    /// The packs of a device that hold a measurement in [from, to), by its own clock or by an anchor, each once and one by one, with the last measurement
    /// for which it is given: by one clock, these ascend.
    /// </summary>
    public static IEnumerable<(PackRow Pack, Instant Last)> Between(StoreSession session, DeviceId device, DeviceDating dating, Instant from, Instant to)
    {
        var (last, given) = (to - Least, new HashSet<long>());
        var anchored = dating.Boots.Values.SelectMany(boot => boot.Candidates)
            .SelectMany(clock => UndatedStore.Touching(session, device, clock, from, last).Select(span => (span.Pack, Last: clock.At(span.ToMono))))
            .Where(span => given.Add(span.Pack))
            .Select(span => (Pack: PackStore.Get(session, span.Pack), span.Last))
            .Select(span => (span.Pack, span.Last ?? span.Pack.Received)); // The calendar has no instant for any moment of a clock.
        return PackStore.Measured(session, device, from, last).Where(pack => given.Add(pack.Id))
            .Select(pack => (pack, pack.MaxAt!.Value)) // What was measured has a latest instant.
            .Concat(anchored);
    }

    /// <summary>The readings of a stored pack, each with its key.</summary>
    /// <exception cref="InvalidDataException">It was readable when it came, and is not now.</exception>
    public static IReadOnlyList<Core.Readings.Reading> ReadingsOf(PackRow row, ReceivedPack pack) => pack.TryRead(row.Bytes.Span, out var readings, out var error)
        ? readings
        : throw new InvalidDataException($"Pack {row.Id} of {row.Device} was readable when it came and is not now: {error}. Restore the store from a backup.");
}
