using System.Globalization;
using System.Text.Json;
using ColdChain.Core.Rules;
using ColdChain.Server.Store;

namespace ColdChain.Server.Fleet;

/// <summary>The figures that a ground rests on and that nobody has read in their source: whoever decides is shown them, and the decision names them.</summary>
internal sealed class UnverifiedFigures(FleetView fleet, IReadOnlyList<DatedPack> packs)
{
    /// <summary>Each as <c>limits.high = 6 (source)</c>; empty when all were read, or when the figures were given by hand.</summary>
    public IReadOnlyList<string> Of(StoreSession session, Ground ground) => ground.ExposureId is { } exposure
        ? OfExposure(ExposureStore.Find(session, exposure))
        : OfFinding(FindingStore.Find(session, ground.FindingId));

    // By the pack that the finding cites, which need not be the one in force.
    private IReadOnlyList<string> OfFinding(FindingRow? row)
    {
        var cited = row?.Finding.Stretch.Rule.Citation;
        var pack = packs.FirstOrDefault(dated => dated.Pack.Id == cited?.Pack && dated.Pack.Hash == cited.Hash)?.Pack;
        return row is null || pack is null || fleet.Current.FindUnit(row.Unit)?.PeriodAt(row.Finding.Stretch.Start) is not { } period
            ? []
            : [.. (pack.Find(period.Products, period.Context)?.Figures ?? []).Where(figure => figure.Status == FigureStatus.FromMemory).Select(Text)];
    }

    private static IReadOnlyList<string> OfExposure(ExposureRow? row)
    {
        if (row is null)
        {
            return [];
        }

        using var detail = JsonDocument.Parse(row.Detail);
        var root = detail.RootElement;
        return root.GetProperty("isUnverified").GetBoolean() ? [$"{row.Allowance} ({root.GetProperty("pack").GetString()} {root.GetProperty("packVersion").GetString()})"] : [];
    }

    private static string Text(Figure figure) => string.Create(CultureInfo.InvariantCulture, $"{figure.Name} = {figure.Value} ({figure.Source})");
}
