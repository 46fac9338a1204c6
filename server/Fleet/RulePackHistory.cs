using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Server.Store;

namespace ColdChain.Server.Fleet;

/// <summary>A rule pack and from when it is in force.</summary>
/// <param name="Pack">The pack.</param>
/// <param name="From">From when it judges, until the next of the same id.</param>
internal sealed record DatedPack(RulePack Pack, Instant From);

/// <summary>
/// The rule packs over time. A pack whose bytes have changed since the last start comes into force now; what lies before is judged by the
/// pack of its time, so that a change of a rule never rewrites a closed excursion. One that was taken while the clock was ahead is taken again
/// once that is seen: it must not wait for a day that may be years away.
/// </summary>
internal static class RulePackHistory
{
    /// <summary>Takes the packs of a folder into the store, and gives all that were ever in force, the oldest first.</summary>
    /// <exception cref="ConfigurationException">A pack of the folder has errors, or one that is stored cannot be read any more.</exception>
    public static async Task<IReadOnlyList<DatedPack>> LoadAsync(RecordStore store, string folder, TimeProvider clock, CancellationToken cancellation)
    {
        var files = RulePackFolder.ReadFiles(folder);
        await store.WriteAsync(WritePriority.Decision, transaction => Take(transaction, files, Instant.Now(clock)), cancellation);
        return store.Read(Stored);
    }

    /// <summary>All packs that were ever in force, the oldest first.</summary>
    /// <exception cref="ConfigurationException">One of them cannot be read any more.</exception>
    public static IReadOnlyList<DatedPack> Stored(StoreSession session) =>
        [.. RulePackStore.All(session).Select(row => new DatedPack(Read(row), row.InForceFrom))];

    private static void Take(StoreTransaction transaction, IReadOnlyList<RulePackFile> files, Instant now)
    {
        var stored = RulePackStore.All(transaction);
        foreach (var (_, pack, bytes) in files)
        {
            var last = stored.FindLast(row => row.Pack == pack.Id);
            if (last?.Sha256 != pack.Hash || last.InForceFrom > now)
            {
                RulePackStore.Append(transaction, new RulePackRow(pack.Id, pack.Hash, bytes, last is null ? Instant.Beginning : now));
                EventLog.Append(transaction, now, EventKinds.RulePackInForce, null, pack.Id, new { pack.Version, pack.Hash, before = last?.Sha256 });
                MarkAll(transaction, now, $"Rule pack {pack.Id} {pack.Version} came into force at {now}.");
            }
        }
    }

    // Marked from now on: readings come with later instants, but a unit that is silent has to be judged by its new limits too.
    private static void MarkAll(StoreTransaction transaction, Instant from, string cause)
    {
        foreach (var row in UnitStateStore.All(transaction))
        {
            MarkStore.Append(transaction, row.Unit, from, Instant.End, cause);
        }
    }

    private static RulePack Read(RulePackRow row) => RulePackReader.TryRead(row.Bytes.Span, out var pack, out var errors)
        ? pack
        : throw new ConfigurationException([$"The rule pack {row.Pack} with hash {row.Sha256}, which is stored, cannot be read any more: {string.Join(' ', errors)} Start the version that stored it."]);
}
