using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server.Store;

namespace ColdChain.Server.Ingest;

/// <summary>Keeps what is refused, and tells of it now and then.</summary>
internal static class Refusals
{
    /// <summary>Keeps refused readings, in the transaction of the rest of their pack.</summary>
    public static void Keep(StoreTransaction transaction, Arrival arrival, IReadOnlyList<(Reading Reading, string Reason)> refused, EventThrottle throttle)
    {
        var (device, now) = (arrival.Pack.Device, arrival.Message.Received);
        foreach (var (reading, reason) in refused)
        {
            long? seq = arrival.Pack.IsForeign ? null : reading.Key.Seq;
            RefusedStore.TryInsert(transaction, new Refusal(device, reading.Key.Epoch, seq, reason, Alone(reading), now));
        }

        if (refused.Count > 0 && throttle.TryPass($"{EventKinds.ReadingRefused} {device}", now, out var packs))
        {
            EventLog.Append(transaction, now, EventKinds.ReadingRefused, null, device.Value, new { refused[0].Reason, Readings = refused.Count, Packs = packs });
        }
    }

    /// <summary>Keeps a whole message that cannot be read.</summary>
    public static void Keep(StoreTransaction transaction, Inbound message, string reason, EventThrottle throttle)
    {
        RefusedStore.TryInsert(transaction, new Refusal(message.Device, "", null, reason, message.Payload, message.Received));
        Tell(transaction, message, reason, throttle);
    }

    /// <summary>Tells of a refused message without keeping it.</summary>
    public static void Tell(StoreTransaction transaction, Inbound message, string reason, EventThrottle throttle)
    {
        if (throttle.TryPass($"{EventKinds.MessageRefused} {message.Device}", message.Received, out var messages))
        {
            EventLog.Append(transaction, message.Received, EventKinds.MessageRefused, null, message.Device.Value, new { reason, messages });
        }
    }

    /// <summary>A reading as a pack of one.</summary>
    public static byte[] Alone(Reading reading) => PackCodec.Encode(new Pack(reading.Key.Device, reading.Key.Epoch, [reading]));
}
