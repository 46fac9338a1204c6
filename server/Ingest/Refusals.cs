using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server.Store;

namespace ColdChain.Server.Ingest;

/// <summary>Keeps what is refused, counts it, and tells of it now and then.</summary>
internal static class Refusals
{
    /// <summary>Keeps refused readings, in the transaction of the rest of their pack.</summary>
    public static void Keep(StoreTransaction transaction, Arrival arrival, IReadOnlyList<RefusedSample> refused)
    {
        var (device, now) = (arrival.Pack.Device, arrival.Message.Received);
        foreach (var (reading, cause) in refused)
        {
            long? seq = arrival.Pack.IsForeign ? null : reading.Key.Seq;
            RefusedStore.TryInsert(transaction, new Refusal(device, reading.Key.Epoch, seq, cause.Reason, Alone(reading), now));
        }

        foreach (var alike in refused.GroupBy(sample => sample.Cause.CountedAs))
        {
            if (DeviceCounts.Add(transaction, device, alike.Key, alike.Count(), now) is { } readings)
            {
                var first = alike.First();
                EventLog.Append(transaction, now, EventKinds.ReadingRefused, null, device.Value, new
                {
                    cause = alike.Key,
                    first.Cause.Reason,
                    probe = first.Reading.Probe.ToString(),
                    readings,
                });
            }
        }
    }

    /// <summary>Keeps a whole message that is not to be read.</summary>
    public static void Keep(StoreTransaction transaction, Inbound message, RefusalCause cause)
    {
        RefusedStore.TryInsert(transaction, new Refusal(message.Device, "", null, cause.Reason, message.Payload, message.Received));
        Tell(transaction, message, cause, DeviceCounts.Add(transaction, message.Device, cause.CountedAs, 1, message.Received));
    }

    /// <summary>Counts a message of a device that is not enrolled. Its bytes are not kept: strangers must not fill the disk.</summary>
    public static void CountStranger(StoreTransaction transaction, Inbound message)
    {
        var cause = new RefusalCause(CountedAs.MessageNotEnrolled, "the device is not in the fleet: add it to the fleet file, or stop it");
        Tell(transaction, message, cause, DeviceCounts.AddStranger(transaction, message.Device, cause.CountedAs, message.Received));
    }

    /// <summary>A reading as a pack of one.</summary>
    public static byte[] Alone(Reading reading) => PackCodec.Encode(new Pack(reading.Key.Device, reading.Key.Epoch, [reading]));

    private static void Tell(StoreTransaction transaction, Inbound message, RefusalCause cause, long? messages)
    {
        if (messages is not null)
        {
            var kind = cause.CountedAs == CountedAs.MessageRetained ? EventKinds.RetainedRefused : EventKinds.MessageRefused;
            EventLog.Append(transaction, message.Received, kind, null, message.Device.Value, new
            {
                cause = cause.CountedAs,
                cause.Reason,
                otherDevice = cause.OtherDevice?.Value,
                messages,
            });
        }
    }
}
