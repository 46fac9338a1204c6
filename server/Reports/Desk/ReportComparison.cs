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

        var (one, other) = (ReportJson.Write(Nameless(known)), ReportJson.Write(Nameless(now)));
        if (one.AsSpan().SequenceEqual(other))
        {
            return [];
        }

        using var before = JsonDocument.Parse(one);
        using var after = JsonDocument.Parse(other);
        return JsonDifferences.Between(before.RootElement, after.RootElement);
    }

    /// <summary>Why a revision is void, for whoever reads it in years.</summary>
    public static string ReasonOf(IReadOnlyList<string> differences) =>
        $"Its content would be another one now: {string.Join(", ", differences.Take(NamedMax))}{(differences.Count > NamedMax ? $" and {differences.Count - NamedMax} more" : "")}";

    // What is called otherwise now is the same place; which one it is, its id says.
    private static ReportContent Nameless(ReportContent content) => content with
    {
        Place = Nameless(content.Place),
        Units = [.. content.Units.Select(unit => unit with { Place = Nameless(unit.Place) })],
        Alarms = content.Alarms is { } alarms ? alarms with { Sources = [.. alarms.Sources.Select(source => source with { Name = "" })] } : null,
    };

    // Nothing but the names: an asset number that was entered afterwards is a correction.
    private static PlaceContent Nameless(PlaceContent place) => place with { SiteName = "", UnitName = null };
}
