using ColdChain.Core.Excursions;
using ColdChain.Server.Dashboard.Views;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Dashboard;

/// <summary>Reads what the page of one excursion, or of one unknown time, shows.</summary>
internal sealed class ExcursionReader(RecordStore store, FleetView fleet)
{
    /// <summary>The excursion; null when there is none of that id.</summary>
    public ExcursionView? Read(long id) =>
        store.Read(session => FindingStore.Find(session, id) is { } row ? ViewOf(session, row, fleet.Current) : null);

    private static ExcursionView ViewOf(StoreSession session, FindingRow row, FleetHistory current)
    {
        var (id, stretch) = (row.Finding.Id, row.Finding.Stretch);
        var left = LookbackStore.OfFinding(session, id);
        var unit = current.FindUnit(row.Unit);
        var site = current.FindSite(unit?.Site ?? "");
        return new ExcursionView
        {
            Finding = UnitReader.FindingOf(row, left.Count),
            UnitId = row.Unit.Value,
            UnitName = unit?.Name ?? row.Unit.Value,
            SiteName = site?.Name ?? "",
            Zone = site?.Zone ?? TimeZoneInfo.Utc,
            AlarmedAt = row.Finding.AlarmedAt,
            DegreeMinutes = stretch.Side == Side.Unknown ? null : stretch.DegreeMinutes,
            Rule = stretch.Rule.Citation,
            IsRetracted = row.Status == FindingWords.Retracted,
            SupersededBy = row.SupersededBy,
            Versions = [.. FindingStore.Versions(session, id).AsEnumerable().Reverse().Select(VersionOf)],
            Left = [.. left.Select(one => LeftOf(one, current))],
            Holds = [.. UnitReader.HoldsOf(HoldStore.OfFinding(session, id))],
        };
    }

    private static VersionView VersionOf(FindingRow row) => new(row.Finding.Version, UnitReader.FindingOf(row, left: 0), row.UpdatedAt, row.FoundAfter);

    /// <summary>A blood unit that had left, as pages show it.</summary>
    public static LeftView LeftOf(LookbackRow row, FleetHistory current) => new(
        row.Donation,
        row.Product,
        row.Left.LeftAt,
        row.Left.WentTo?.Value,
        row.Left.WentTo is { } unit ? current.FindUnit(unit)?.Name ?? unit.Value : null,
        row.ToldAt);
}
