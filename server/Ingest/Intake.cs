using System.Security.Cryptography;
using ColdChain.Core.Wire;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Ingest;

/// <summary>Decides what a message is and stores it. Completes when that is on disk.</summary>
internal sealed class Intake(RecordStore store, FleetView fleet, AckSender acks, IngestCounter counter)
{
    private const int ThrottleKeysMax = 10_000;

    private static readonly TimeSpan ThrottleInterval = TimeSpan.FromMinutes(10);

    private readonly EventThrottle _throttle = new(ThrottleInterval, ThrottleKeysMax);

    /// <summary>Stores a message, or what is wrong with it.</summary>
    /// <exception cref="StoreWriteException">Nothing is stored; to be tried again.</exception>
    public Task StoreAsync(Inbound message, CancellationToken cancellation)
    {
        if (fleet.Current.FindDevice(message.Device) is not { } device)
        {
            return RefuseStrangerAsync(message, cancellation);
        }

        return message.Kind == UpKind.Status ? StoreStatusAsync(message, cancellation) : StorePackAsync(device, message, cancellation);
    }

    /// <summary>Keeps a message that is not to be read, with the reason.</summary>
    public async Task RefuseAsync(Inbound message, string reason, CancellationToken cancellation)
    {
        await store.WriteAsync(WritePriority.Reading, transaction => Refusals.Keep(transaction, message, reason, _throttle), cancellation);
        counter.AddRefusedMessage();
    }

    // Its bytes are not kept: it sends them again once it is enrolled, and strangers must not fill the disk.
    private async Task RefuseStrangerAsync(Inbound message, CancellationToken cancellation)
    {
        const string reason = "the device is not in the fleet: add it to the fleet file, or stop it";
        await store.WriteAsync(WritePriority.Reading, transaction => Refusals.Tell(transaction, message, reason, _throttle), cancellation);
        counter.AddRefusedMessage();
    }

    private async Task StoreStatusAsync(Inbound message, CancellationToken cancellation)
    {
        if (!ControlCodec.TryDecodeStatus(message.Payload.Span, out var status, out var error))
        {
            await RefuseAsync(message, error, cancellation);
            return;
        }

        var intake = new StatusIntake(fleet, _throttle);
        await store.WriteAsync(WritePriority.Reading, transaction => intake.Store(transaction, message, status), cancellation);
        counter.AddHeartbeat();
        acks.Post(message.Device, status.Epoch);
    }

    private async Task StorePackAsync(Device device, Inbound message, CancellationToken cancellation)
    {
        if (!PackCodec.TryDecode(message.Device, message.Payload.Span, out var pack, out var error))
        {
            await RefuseAsync(message, error, cancellation);
            return;
        }

        if (pack.IsForeign && !device.IsForeign)
        {
            await RefuseAsync(message, "the pack has no epoch and seq: send both, or mark the device 'foreign: true' in the fleet file", cancellation);
            return;
        }

        var arrival = new Arrival(message, pack, ReadingChecks.Refused(pack, message.Received), SHA256.HashData(message.Payload.Span));
        counter.AddPack(await store.WriteAsync(WritePriority.Reading, transaction => Store(transaction, arrival), cancellation));
        if (!pack.IsForeign)
        {
            acks.Post(message.Device, pack.Epoch);
        }
    }

    private ReadingCounts Store(StoreTransaction transaction, Arrival arrival) => arrival.Pack.IsForeign
        ? new ForeignIntake(fleet, _throttle).Store(transaction, arrival)
        : new PackIntake(fleet, _throttle).Store(transaction, arrival);
}
