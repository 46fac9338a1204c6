using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Projections;

/// <summary>The lines of some packs, and how far they reach.</summary>
/// <param name="Lines">One for each reading with an instant.</param>
/// <param name="Skipped">How many readings have none: their device's clock was not trusted.</param>
/// <param name="LastPack">The id of the last pack; that of the cursor when there is no further pack.</param>
internal sealed record ReadingBatch(string[] Lines, int Skipped, long LastPack)
{
    // A pack has at most 1,000 readings: a batch is about half a megabyte, whatever the backlog.
    private const int ReadingsEnough = 5000;

    /// <summary>Reads on after a pack, until there is enough for one request.</summary>
    public static ReadingBatch After(StoreSession session, long cursor)
    {
        var (lines, skipped, last) = (new List<string>(), 0, cursor);
        foreach (var pack in PackStore.After(session, cursor))
        {
            foreach (var reading in ReadingReader.Accepted(pack))
            {
                Add(reading);
            }

            last = pack.Id;
            if (lines.Count + skipped >= ReadingsEnough)
            {
                break;
            }
        }

        return new ReadingBatch([.. lines], skipped, last);

        void Add(Reading reading)
        {
            if (LineProtocol.LineOf(reading) is { } line)
            {
                lines.Add(line);
            }
            else
            {
                skipped++;
            }
        }
    }
}
