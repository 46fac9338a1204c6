using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server.Store;

namespace ColdChain.Server.Ingest;

/// <summary>
/// Notices that two outboxes of one epoch are about: a memory card was copied and both run, or an older image was restored. What they
/// contradict each other in is kept and unknown by itself; this tells people what to look for.
/// </summary>
internal static class CopiedOutbox
{
    /// <summary>So many boots of a stream are remembered, the latest ones.</summary>
    public const int BootsMax = 16;

    private const string ToldByDevice = "told-by-device";
    private const string Look = "look for a second device with this one's memory card, or a card restored from an older image";

    /// <summary>
    /// Looks at a heartbeat beside what was heard before; gives the stream with it. One that was overtaken on its way, or that speaks for an older
    /// copy, is not kept: what it says of its numbers must not hide what the newer outbox owes.
    /// </summary>
    public static StreamRow Hear(StoreTransaction transaction, StreamRow stream, Status status, string text, Instant now)
    {
        var last = stream.Heartbeat();
        if (status.Previous?.Epoch is { } origin && origin != last?.Previous?.Epoch)
        {
            Tell(transaction, stream, now, ToldByDevice, [status.Boot], $"the device found that its outbox of epoch {origin} was a copy, has set it aside and goes on in this one: {Look}");
        }

        var known = stream.Boots.FirstOrDefault(boot => boot.Boot == status.Boot);
        if (status.Mono < known?.Mono)
        {
            return stream with { StatusAt = now };
        }

        if (status.Mono > known?.Mono && stream.Boots[^1] is var latest && latest.Boot != status.Boot)
        {
            Tell(transaction, stream, now, "boot-returned", [latest.Boot, status.Boot], $"a boot that another one had followed goes on, so two devices run with one outbox: {Look}");
        }

        if (status.LastSeq < last?.LastSeq)
        {
            Tell(transaction, stream, now, "numbers-fell", [last.Boot, status.Boot], $"it had given numbers up to {last.LastSeq} and now up to {status.LastSeq}: {Look}");
            return stream with { StatusAt = now, Boots = With(stream.Boots, status) };
        }

        return stream with { Status = text, StatusAt = now, Boots = With(stream.Boots, status) };
    }

    /// <summary>Tells of a number that was used for two readings.</summary>
    public static void TellConflict(StoreTransaction transaction, StreamRow stream, Reading held, Reading other, Instant now) => Tell(
        transaction,
        stream,
        now,
        "number-reused",
        [.. new[] { held.Boot, other.Boot }.OfType<string>()],
        $"number {held.Key.Seq} came with two contents; both are kept, and what they claim is unknown: {Look}");

    private static IReadOnlyList<HeardBoot> With(IReadOnlyList<HeardBoot> boots, Status status) =>
        [.. boots.Where(boot => boot.Boot != status.Boot).TakeLast(BootsMax - 1), new HeardBoot(status.Boot, status.Mono)];

    private static void Tell(StoreTransaction transaction, StreamRow stream, Instant now, string evidence, IReadOnlyList<string> boots, string reason)
    {
        // A device says it once, and it explains a new epoch: that is told whatever else was told shortly before.
        var due = DeviceCounts.Add(transaction, stream.Device, CountedAs.OutboxCloned, 1, now);
        if (due is not null || evidence == ToldByDevice)
        {
            EventLog.Append(transaction, now, EventKinds.OutboxCloned, null, stream.Device.Value, new { stream.Epoch, evidence, boots, reason, times = due ?? 1 });
        }
    }
}
