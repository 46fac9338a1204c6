using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server.Store;

namespace ColdChain.Server.Ingest;

/// <summary>Tells duplicates (same key, same content) from conflicts (same key, other content).</summary>
internal static class DuplicateCheck
{
    /// <summary>
    /// The conflicts among readings whose keys are held: each with the reading that is held. A reading that a person's edit or a copied
    /// card brought under a used key must never replace the first one, and never vanish.
    /// </summary>
    public static IReadOnlyList<(Reading Held, Reading Other)> Conflicts(StoreTransaction transaction, Arrival arrival, IReadOnlyList<Reading> repeated)
    {
        var pack = arrival.Pack;
        if (repeated.Count == 0 || PackStore.Holds(transaction, pack.Device, pack.Epoch, pack.LastSeq, arrival.Sha256))
        {
            return [];
        }

        var (first, last) = (repeated[0].Key.Seq, repeated[^1].Key.Seq);
        var held = PackStore.Numbered(transaction, pack.Device, pack.Epoch, first, last, WireLimits.RecordsMax)
            .SelectMany(ReadingReader.Accepted)
            .ToDictionary(reading => reading.Key.Seq);
        return [.. repeated.Select(other => (Held: held[other.Key.Seq], Other: other)).Where(pair => pair.Held != pair.Other)];
    }
}
