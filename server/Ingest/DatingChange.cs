using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Ingest;

/// <summary>What new anchors of one boot change.</summary>
/// <param name="Device">The device.</param>
/// <param name="Boot">The boot.</param>
/// <param name="Before">What dated its readings before.</param>
/// <param name="After">What dates them now.</param>
internal sealed record DatingChange(DeviceId Device, string Boot, DeviceDating Before, DeviceDating After)
{
    /// <summary>The newest measurement of each epoch that the boot's clock dates, unless that is contested.</summary>
    public IEnumerable<(string Epoch, Instant At)> LatestByEpoch(StoreTransaction transaction, Instant now) => After.Boots[Boot].IsContradicted
        ? []
        : from extent in UndatedStore.Extent(transaction, Device, Boot)
          let at = After.Boots[Boot].Candidates[0].At(extent.To)
          where at <= now + DeviceDating.AheadMax
          select (extent.Epoch, at.Value);

    /// <summary>From when to when, both included, something is judged by other instants than before; null for nothing.</summary>
    public (Instant From, Instant To)? Touched(StoreTransaction transaction)
    {
        var extents = UndatedStore.Extent(transaction, Device, Boot);
        var places =
            from dating in (DeviceDating[])[Before, After]
            where dating.Boots.ContainsKey(Boot)
            from clock in dating.Boots[Boot].Candidates
            from extent in extents
            from mono in (long[])[extent.From, extent.To]
            select clock.At(mono);
        var doubtful = Before.Doubtful.Except(After.Doubtful).Concat(After.Doubtful.Except(Before.Doubtful));
        Instant[] all = [.. places.OfType<Instant>(), .. doubtful.SelectMany(time => (Instant[])[time.From, time.To])];
        return all.Length == 0 ? null : (all.Min(), all.Max());
    }

    /// <summary>Tells people what they cannot see: readings that have got their instants, and clocks that contradict each other.</summary>
    public void Tell(StoreTransaction transaction, Instant now)
    {
        var (was, clock) = (Before.Boots.GetValueOrDefault(Boot), After.Boots[Boot]);
        var extents = UndatedStore.Extent(transaction, Device, Boot);
        if (clock.IsContradicted && was?.IsContradicted != true)
        {
            var steps = clock.Candidates.Select(anchor => new { at = anchor.Utc.ToString(), anchor.Mono, anchor.ErrorMs });
            const string reason = "two clocks of one boot contradict each other by more than their errors: what was measured without a trusted clock, and the time "
                + "between the two, is unknown; find out which time server is wrong";
            EventLog.Append(transaction, now, EventKinds.ClockContradicted, null, Device.Value, new { Boot, anchors = steps, reason });
        }
        else if (!clock.IsContradicted && was is null && extents.Count > 0)
        {
            var (from, to) = (clock.Candidates[0].At(extents.Min(extent => extent.From)), clock.Candidates[0].At(extents.Max(extent => extent.To)));
            EventLog.Append(transaction, now, EventKinds.ReadingsDated, null, Device.Value, new { Boot, from = from?.ToString(), to = to?.ToString() });
        }
    }
}
