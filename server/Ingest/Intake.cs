using System.Security.Cryptography;
using ColdChain.Core.Wire;
using ColdChain.Hosting.Clocks;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Ingest;

/// <summary>Decides what a message is and stores it. Completes when that is on disk.</summary>
internal sealed class Intake(RecordStore store, FleetView fleet, AckSender acks, IngestCounter counter, IClockAuthority authority)
{
    /// <summary>Stores a message, or what is wrong with it.</summary>
    /// <exception cref="StoreWriteException">Nothing is stored; to be tried again.</exception>
    public Task StoreAsync(Inbound message, CancellationToken cancellation) => fleet.Current.FindDevice(message.Device) switch
    {
        null => RefuseStrangerAsync(message, cancellation),

        // Whatever it says, it says nothing about now: a device that is gone would seem to live whenever the server connects again.
        _ when message.IsRetained => RefuseAsync(
            message,
            new RefusalCause(CountedAs.MessageRetained, "the broker had kept it and delivered it anew: publish without the retain flag, and delete what the broker keeps on the topic"),
            cancellation),
        _ when message.Kind == UpKind.Status => StoreStatusAsync(message, cancellation),
        { } device => StorePackAsync(device, message, cancellation),
    };

    /// <summary>Keeps a message that is not to be read, with the cause.</summary>
    public async Task RefuseAsync(Inbound message, RefusalCause cause, CancellationToken cancellation)
    {
        await store.WriteAsync(WritePriority.Reading, transaction => Refusals.Keep(transaction, message, cause), cancellation, Actor.Device(message.Device));
        counter.AddRefusedMessage();
    }

    private async Task RefuseStrangerAsync(Inbound message, CancellationToken cancellation)
    {
        await store.WriteAsync(WritePriority.Reading, transaction => Refusals.CountStranger(transaction, message), cancellation);
        counter.AddRefusedMessage();
    }

    private async Task StoreStatusAsync(Inbound message, CancellationToken cancellation)
    {
        if (!ControlCodec.TryDecodeStatus(message.Payload.Span, out var status, out var error))
        {
            await RefuseAsync(message, new RefusalCause(CountedAs.MessageUnreadable, error), cancellation);
            return;
        }

        var intake = new StatusIntake(fleet);
        await store.WriteAsync(WritePriority.Reading, transaction => intake.Store(transaction, message, status), cancellation, Actor.Device(message.Device));
        counter.AddHeartbeat();
        acks.Post(message.Device, status.Epoch);
    }

    private async Task StorePackAsync(Device device, Inbound message, CancellationToken cancellation)
    {
        if (!PackCodec.TryDecode(message.Device, message.Payload.Span, out var pack, out var error, out var otherDevice))
        {
            var countedAs = otherDevice is null ? CountedAs.MessageUnreadable : CountedAs.MessageOfAnotherDevice;
            await RefuseAsync(message, new RefusalCause(countedAs, error, otherDevice), cancellation);
            return;
        }

        if (pack.IsForeign && !device.IsForeign)
        {
            const string reason = "the pack has no epoch and seq: send both, or mark the device 'foreign: true' in the fleet file";
            await RefuseAsync(message, new RefusalCause(CountedAs.MessageUnnumbered, reason), cancellation);
            return;
        }

        var checks = ReadingChecks.Of(pack, fleet.Current, message.Received, authority);
        var arrival = new Arrival(message, pack, checks.Refused, SHA256.HashData(message.Payload.Span)) { LeftToTheDevice = checks.LeftToTheDevice };
        counter.AddPack(await store.WriteAsync(WritePriority.Reading, transaction => Store(transaction, arrival), cancellation, Actor.Device(message.Device)));
        if (!pack.IsForeign)
        {
            acks.Post(message.Device, pack.Epoch);
        }
    }

    private ReadingCounts Store(StoreTransaction transaction, Arrival arrival) => arrival.Pack.IsForeign
        ? new ForeignIntake(fleet).Store(transaction, arrival)
        : new PackIntake(fleet).Store(transaction, arrival);
}
