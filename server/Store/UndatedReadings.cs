using ColdChain.Core.Readings;

namespace ColdChain.Server.Store;

/// <summary>How many readings of a device have no instant, by why.</summary>
/// <param name="Awaited">The boot's clock may still be set: they count once it is.</param>
/// <param name="Adrift">Another boot has been heard since: nothing will date them any more.</param>
internal readonly record struct UndatedReadings(long Awaited, long Adrift)
{
    /// <summary>Counts those of a device.</summary>
    public static UndatedReadings Of(StoreSession session, DeviceId device, DeviceStreams streams)
    {
        if (!UndatedStore.Any(session, device))
        {
            return default;
        }

        var all = streams.InOrder.SelectMany(stream => UndatedStore.Adrift(session, device, stream.Epoch)).ToList();
        var awaited = all.Where(adrift => MayBeDated(streams, adrift)).Sum(adrift => adrift.Readings);
        return new UndatedReadings(awaited, all.Sum(adrift => adrift.Readings) - awaited);
    }

    /// <summary>True when readings that may still be dated may be of before an instant: none dated lies between.</summary>
    public static bool MayBeOfBefore(StoreSession session, DeviceId device, Instant until)
    {
        if (!UndatedStore.Any(session, device))
        {
            return false;
        }

        var streams = DeviceStreams.Of(session, device);
        return streams.InOrder.Any(stream => UndatedStore.Adrift(session, device, stream.Epoch)
            .Any(adrift => MayBeDated(streams, adrift) && !(LossDates.After(session, streams, stream, adrift.FromSeq) >= until)));
    }

    private static bool MayBeDated(DeviceStreams streams, AdriftReadings adrift) => streams.LatestBoot is not { } latest || latest == adrift.Boot;
}
