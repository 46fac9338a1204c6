using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;

namespace ColdChain.Server.Evaluate;

/// <summary>The answer of <c>evaluate</c>, in the shape of its JSON.</summary>
internal sealed record EvaluateReport(
    IReadOnlyList<ExcursionLine> Excursions, IReadOnlyList<UnknownLine> Unknown, IReadOnlyList<ProbeLine> Probes)
{
    /// <summary>Rows of signals, which have no temperature: they were left out.</summary>
    public int SignalRowsLeftOut { get; init; }

    /// <summary>Judges the rows of a file with the engine of the server.</summary>
    /// <param name="rows">The rows, in any order; repeated rows count once.</param>
    /// <param name="ruleOf">The rule for a role.</param>
    /// <param name="mergeGap">Excursions this near to each other count as one.</param>
    public static EvaluateReport Of(IReadOnlyList<CsvReading> rows, Func<ProbeRole, ProbeRule> ruleOf, TimeSpan mergeGap)
    {
        var probes = rows.GroupBy(row => row.Probe)
            .OrderBy(probe => probe.Key, StringComparer.Ordinal)
            .Select(probe => JudgedProbe.Of(probe.Key, [.. probe], ruleOf(probe.First().Role)))
            .ToList();
        return new EvaluateReport(
            [.. probes.SelectMany(probe => probe.Excursions(mergeGap)).OrderBy(line => line.Start, StringComparer.Ordinal).ThenBy(line => line.Probe, StringComparer.Ordinal)],
            [.. probes.SelectMany(probe => probe.Unknown())],
            [.. probes.Select(probe => probe.Line())]);
    }
}

/// <summary>An excursion that outlasted the delay.</summary>
internal sealed record ExcursionLine(
    string Probe, string Side, string Start, string AlarmedAt, string? End, string EndReason, decimal DurationSeconds, decimal PeakCelsius, double DegreeMinutes);

/// <summary>A time of which nothing is known.</summary>
internal sealed record UnknownLine(string Probe, string Start, string End);

/// <summary>Figures of one probe. The four times of its bands add up to the time from its first to its last row.</summary>
internal sealed record ProbeLine(
    string Probe, double CoveragePercent, double? MeanKineticCelsius, decimal? Min, decimal? Max, int Samples, int Faults)
{
    public required decimal LowSeconds { get; init; }

    public required decimal InRangeSeconds { get; init; }

    public required decimal HighSeconds { get; init; }

    public required decimal UnknownSeconds { get; init; }

    public required decimal LongestGapSeconds { get; init; }
}

/// <summary>The stretches and figures of one probe of the file.</summary>
internal sealed record JudgedProbe(string Name, ProbeRole Role, ProbeRule Rule, IReadOnlyList<Stretch> Stretches, ProbeStatistics Statistics)
{
    public static JudgedProbe Of(string name, IReadOnlyList<CsvReading> rows, ProbeRule rule)
    {
        var samples = rows.GroupBy(row => row.Sample.At)
            .OrderBy(instant => instant.Key)
            .Select(instant => instant.Select(row => row.Sample).Aggregate((a, b) => a.And(b)))
            .ToList();
        var judge = new ProbeJudge([new RuleSpan(samples[0].At, Instant.End, rule)]);
        var (track, stretches, statistics) = (judge.Start, new List<Stretch>(), new ProbeStatistics(rule.MaxGap));
        foreach (var sample in samples)
        {
            judge.Fold(ref track, sample, stretches);
            statistics.Take(sample);
        }

        judge.Tail(track, track.HeardAt, stretches);
        return new JudgedProbe(name, rows[0].Role, rule, stretches, statistics);
    }

    /// <summary>The excursions of a load probe; an air probe has none.</summary>
    public IEnumerable<ExcursionLine> Excursions(TimeSpan mergeGap) =>
        from side in Role == ProbeRole.Load ? new[] { Side.High, Side.Low } : []
        from occasion in Occasion.Of(Stretches.Where(stretch => stretch.Side == side), mergeGap)
        let alarmedAt = occasion.Reached(Rule.Delay)
        where alarmedAt is not null
        select new ExcursionLine(
            Name,
            side == Side.High ? "high" : "low",
            occasion.Start.ToString(),
            alarmedAt.Value.ToString(),
            occasion.Last.End?.ToString(),
            Word(occasion.Last.EndReason),
            (decimal)occasion.Duration.TotalMilliseconds / 1000,
            occasion.Peak.ToDegrees(),
            Math.Round(occasion.DegreeMinutes, 6));

    public IEnumerable<UnknownLine> Unknown() =>
        Stretches.Where(stretch => stretch.Side == Side.Unknown)
            .Select(stretch => new UnknownLine(Name, stretch.Start.ToString(), stretch.LastKnown.ToString()));

    public ProbeLine Line()
    {
        var bands = BandTimes.Of(Statistics.FirstHeard ?? Statistics.LastHeard, Statistics.LastHeard, Stretches);
        return new ProbeLine(
            Name,
            Math.Round(Statistics.CoveragePercent(Stretches.Where(stretch => stretch.Side == Side.Unknown)), 6),
            Statistics.MeanKinetic is { } kinetic ? Math.Round(kinetic, 6) : null,
            Statistics.Minimum?.ToDegrees(),
            Statistics.Maximum?.ToDegrees(),
            Statistics.Samples,
            Statistics.Faults)
        {
            LowSeconds = Seconds(bands.Low),
            InRangeSeconds = Seconds(bands.InRange),
            HighSeconds = Seconds(bands.High),
            UnknownSeconds = Seconds(bands.Unknown),
            LongestGapSeconds = Seconds(bands.LongestGap),
        };
    }

    private static decimal Seconds(TimeSpan length) => (decimal)length.TotalMilliseconds / 1000;

    private static string Word(EndReason reason) => reason switch
    {
        EndReason.Open => "open",
        EndReason.Unknown => "unknown",
        _ => "in-range",
    };
}
