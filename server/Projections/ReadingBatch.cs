using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Projections;

/// <summary>The lines of some packs, or of what some anchors date in packs before, and how far they reach.</summary>
/// <param name="Lines">One for each reading with an instant.</param>
/// <param name="Skipped">How many readings have none: their device's clock was not trusted.</param>
/// <param name="LastAnchor">The id of the last anchor that was seen to; that of the cursor when there is no further one.</param>
/// <param name="LastPack">The id of the last pack; that of the cursor when there is no further pack.</param>
internal sealed record ReadingBatch(string[] Lines, int Skipped, long LastPack, long LastAnchor)
{
    // A pack has at most 1,000 readings: a batch is about half a megabyte, whatever the backlog.
    private const int ReadingsEnough = 5000;

    /// <summary>The most lines of one request.</summary>
    public const int LinesMax = 6000;

    private const int AnchorsAtOnce = 100;

    /// <summary>Reads on after a pack and an anchor, until there is enough for one request: first what new anchors date in packs that were written without it.</summary>
    public static ReadingBatch After(StoreSession session, long cursor, long anchorCursor) =>
        DatedAfter(session, cursor, anchorCursor) ?? After(session, cursor) with { LastAnchor = anchorCursor };

    private static ReadingBatch? DatedAfter(StoreSession session, long cursor, long anchorCursor)
    {
        var (lines, last) = (new List<string>(), anchorCursor);
        foreach (var (id, device, anchor) in AnchorStore.After(session, anchorCursor, AnchorsAtOnce))
        {
            var dating = DeviceDating.Of(session, device);
            foreach (var span in UndatedStore.UpTo(session, device, anchor.Boot, cursor))
            {
                var pack = PackStore.Get(session, span.Pack);
                lines.AddRange(ReadingReader.Undated(pack, anchor.Boot)
                    .Select(reading => LineProtocol.LineOf(dating.Dated(reading, pack.Received))).OfType<string>());
            }

            last = id;
            if (lines.Count >= ReadingsEnough)
            {
                break;
            }
        }

        return last == anchorCursor ? null : new ReadingBatch([.. lines], 0, cursor, last);
    }

    private static ReadingBatch After(StoreSession session, long cursor)
    {
        var (lines, skipped, last) = (new List<string>(), 0, cursor);
        var datings = new Dictionary<DeviceId, DeviceDating>();
        foreach (var pack in PackStore.After(session, cursor))
        {
            foreach (var reading in ReadingReader.Accepted(pack))
            {
                Add(reading, pack);
            }

            last = pack.Id;
            if (lines.Count + skipped >= ReadingsEnough)
            {
                break;
            }
        }

        return new ReadingBatch([.. lines], skipped, last, 0);

        void Add(Reading reading, PackRow pack)
        {
            if (LineProtocol.LineOf(Dated(reading, pack)) is { } line)
            {
                lines.Add(line);
            }
            else
            {
                skipped++;
            }
        }

        Reading Dated(Reading reading, PackRow pack)
        {
            if (reading.MeasuredAt is null && !datings.ContainsKey(pack.Device))
            {
                datings[pack.Device] = DeviceDating.Of(session, pack.Device);
            }

            return reading.MeasuredAt is null ? datings[pack.Device].Dated(reading, pack.Received) : reading;
        }
    }
}
