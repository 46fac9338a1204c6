using System.Text.Json;
using ColdChain.Server.Reports.Content;

namespace ColdChain.Server.Reports.Desk;

/// <summary>Compares a stored content with what would be written now.</summary>
internal static class ReportComparison
{
    private const int NamedMax = 12;

    /// <summary>
    /// The members that differ; empty when it would be the same. Names of places are those of the day on which it was made, and do not count. Null when
    /// another version of the program wrote it in another form, which says nothing of the facts.
    /// </summary>
    /// <param name="stored">The content as it was hashed.</param>
    /// <param name="now">What it would be now.</param>
    public static IReadOnlyList<string>? Differences(ReadOnlyMemory<byte> stored, ReportContent now)
    {
        if (ReportJson.ReadKnown(stored.Span) is not { } known)
        {
            return null;
        }

        var bytes = ReportJson.Write(WithNamesOf(known, now));
        if (stored.Span.SequenceEqual(bytes))
        {
            return [];
        }

        using var before = JsonDocument.Parse(stored);
        using var after = JsonDocument.Parse(bytes);
        return JsonDifferences.Between(before.RootElement, after.RootElement);
    }

    /// <summary>Why a revision is void, for whoever reads it in years.</summary>
    public static string ReasonOf(IReadOnlyList<string> differences) =>
        $"Its content would be another one now: {string.Join(", ", differences.Take(NamedMax))}{(differences.Count > NamedMax ? $" and {differences.Count - NamedMax} more" : "")}";

    private static ReportContent WithNamesOf(ReportContent stored, ReportContent now)
    {
        var places = stored.Units.Select(unit => unit.Place).Where(place => place.Unit is not null).DistinctBy(place => place.Unit).ToDictionary(place => place.Unit!);
        var names = stored.Alarms?.Sources.DistinctBy(source => source.Source).ToDictionary(source => source.Source, source => source.Name);
        return now with
        {
            Place = Renamed(now.Place, stored.Place),
            Units = [.. now.Units.Select(unit => places.TryGetValue(unit.Place.Unit ?? "", out var place) ? unit with { Place = Renamed(unit.Place, place) } : unit)],
            Alarms = now.Alarms is { } alarms && names is not null
                ? alarms with { Sources = [.. alarms.Sources.Select(source => names.TryGetValue(source.Source, out var name) ? source with { Name = name } : source)] }
                : now.Alarms,
        };
    }

    // Nothing but the names: an asset number that was entered afterwards is a correction.
    private static PlaceContent Renamed(PlaceContent now, PlaceContent stored) => now with { SiteName = stored.SiteName, UnitName = stored.UnitName };
}
