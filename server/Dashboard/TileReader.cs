using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Server.Dashboard.Views;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Dashboard;

/// <summary>Reads what the tiles show.</summary>
internal sealed class TileReader(RecordStore store, FleetView fleet, IReadOnlyList<RulePack> packs, Forecasts forecasts)
{
    // For a unit that is out of use: nothing is shown of it after this.
    private static readonly TimeSpan HiddenAfterDefault = TimeSpan.FromMinutes(15);

    /// <summary>All storage units: the worst first, then those with a latched alarm, then those whose value is late, then by name.</summary>
    public IReadOnlyList<TileView> Read(Instant now)
    {
        var current = fleet.Current;
        return
        [
            .. store.Read(session => UnitOverviews.Read(session, current, now).Select(overview => TileOf(session, overview, current, now)).ToList())
                .OrderByDescending(tile => tile.State)
                .ThenByDescending(tile => tile.LatchedSince is not null)
                .ThenByDescending(tile => tile.FreshnessAt(now))
                .ThenBy(tile => tile.Name, StringComparer.InvariantCultureIgnoreCase) // As the script of the pages sorts.
                .ThenBy(tile => tile.Id, StringComparer.Ordinal),
        ];
    }

    public TileView TileOf(StoreSession session, UnitOverview overview, FleetHistory current, Instant now)
    {
        var rules = overview.Period is { } period ? RuleOf(period) : null;
        var hiddenAfter = rules?.Rule.MaxGap ?? HiddenAfterDefault;
        return new TileView
        {
            Id = overview.Unit.Id.Value,
            Name = overview.Unit.Name,
            SiteId = overview.Unit.Site,
            SiteName = overview.SiteName,
            Zone = current.FindSite(overview.Unit.Site)?.Zone ?? TimeZoneInfo.Utc,
            Product = overview.Period?.Product,
            State = overview.State,
            Since = overview.Since,
            Temperature = overview.Celsius,
            MeasuredAt = overview.MeasuredAt,
            Low = overview.Low,
            High = overview.High,
            Holds = overview.Holds,
            LatchedSince = overview.AlarmLatched?.Since,
            Forecast = forecasts.Of(session, overview, now),
            LateAfter = rules is { } known && 2 * known.Pack.SampleEvery < hiddenAfter ? 2 * known.Pack.SampleEvery : hiddenAfter,
            HiddenAfter = hiddenAfter,
        };
    }

    /// <summary>Why the judgement of a storage unit may miss what hurts a blood unit in it; empty when it does not.</summary>
    public IReadOnlyList<string> MismatchOf(StorageUnit unit, ContentsRow stay, Instant now) => ContentsMatch.Mismatches(unit, packs, stay, now);

    /// <summary>The rule of a period with its pack; null when the packs no longer have it.</summary>
    public RuleView? RuleOf(UnitPeriod period) =>
        packs.FirstOrDefault(pack => pack.Id == period.RulePackId) is { } pack && pack.Find(period.Products, period.Context) is { } rule
            ? new RuleView(pack, rule)
            : null;
}
