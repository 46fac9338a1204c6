using System.Globalization;

namespace ColdChain.Tests.Shared.Oracle;

/// <summary>A blood unit in a storage unit, in milliseconds since 1970; half-open.</summary>
internal sealed record Presence(string Unit, string Donation, string Product, long In, long? Out);

/// <summary>A row that an edge committed, as the oracle sees it.</summary>
internal sealed record Row(string Probe, long? MeasuredAt, string? Celsius)
{
    /// <summary>True for one of a time of which contradicting clocks leave nothing known.</summary>
    public bool IsContested { get; init; }
}

/// <summary>A probe of a storage unit with its times there.</summary>
internal sealed record Standing(string Unit, string Probe, IReadOnlyList<Tenure> Tenures);

/// <summary>What must have been found at a place, and who must be held, by what the edges committed.</summary>
internal static class SiteOracle
{
    public static List<Exposure> Exposures(IEnumerable<Standing> standings, IEnumerable<Row> rows, long now, Func<string, long, long, bool> mayBeLost)
    {
        var byUnit = Probes(standings, rows, now).GroupBy(entry => entry.Standing.Unit);
        return [.. byUnit.SelectMany(unit => unit.SelectMany(entry => entry.Probe.Beyond()).Concat(Blind(unit)))];

        IEnumerable<Exposure> Blind(IGrouping<string, (Standing Standing, ProbeOracle Probe)> unit) =>
            new BlindOracle(unit.Key, [.. unit.Select(entry => entry.Probe)], now).Exposures((from, to) => unit.Any(entry => mayBeLost(entry.Standing.Probe, from, to)));
    }

    /// <summary>What each load probe shows of each storage unit that it stood in.</summary>
    public static List<(Standing Standing, ProbeOracle Probe)> Probes(IEnumerable<Standing> standings, IEnumerable<Row> rows, long now)
    {
        var byProbe = rows.Where(row => row.MeasuredAt is not null).ToLookup(row => row.Probe);
        return [.. standings.Select(standing => (standing, new ProbeOracle(standing.Unit, standing.Probe, standing.Tenures, Claims(byProbe[standing.Probe]), now)))];
    }

    /// <summary>The blood units that were inside while something may have happened to them.</summary>
    public static IEnumerable<(string Donation, string Product)> Touched(Exposure exposure, IEnumerable<Presence> presences) => presences
        .Where(presence => presence.Unit == exposure.Unit && Overlaps(exposure, presence))
        .Select(presence => (presence.Donation, presence.Product))
        .Distinct();

    private static bool Overlaps(Exposure exposure, Presence presence)
    {
        var end = exposure.ExposedTo ?? decimal.MaxValue;
        return exposure.Start < (presence.Out ?? decimal.MaxValue)
            && (exposure.Start == end ? presence.In <= exposure.Start : presence.In < end);
    }

    private static IEnumerable<Claim> Claims(IEnumerable<Row> rows) =>
        from row in rows
        group row by row.MeasuredAt!.Value into atOnce // Those without were left out.
        let milli = atOnce.Where(row => row.Celsius is not null).Select(row => Milli(row.Celsius!)).Distinct().ToList()
        select new Claim(atOnce.Key, milli) { IsConflict = milli.Count > 1 || atOnce.Any(row => row.IsContested) };

    /// <summary>A temperature in thousandths of a degree.</summary>
    public static long Milli(string celsius) => (long)(decimal.Parse(celsius, NumberStyles.Float, CultureInfo.InvariantCulture) * 1000);
}
