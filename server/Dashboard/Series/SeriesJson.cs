using System.Text.Json.Serialization;
using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Dashboard.Series;

/// <summary>
/// A series as the script of the chart reads it: instants in UTC milliseconds, temperatures in degrees Celsius, null where a line is broken.
/// </summary>
internal sealed record SeriesJson(
    long From,
    long To,
    long Now,
    string Zone,
    IReadOnlyList<ZoneOffset> Offsets,
    IReadOnlyList<SeriesJson.Probe> Probes,
    IReadOnlyList<SeriesJson.Limit> Limits,
    IReadOnlyList<SeriesJson.Span> Unknown,
    IReadOnlyList<SeriesJson.Strip> Unjudged,
    IReadOnlyList<SeriesJson.Mark> Findings,
    IReadOnlyList<SeriesJson.Strip> Conditions,
    SeriesJson.Origin Source)
{
    public static SeriesJson Of(UnitSeries series, Instant now, TimeZoneInfo zone) => new(
        series.From.Milliseconds,
        series.To.Milliseconds,
        now.Milliseconds,
        zone.Id,
        ZoneOffsets.Between(zone, series.From, series.To),
        [.. series.Probes.Select(ProbeOf)],
        [.. series.Limits.Select(limits => new Limit(limits.From.Milliseconds, limits.To.Milliseconds, limits.Low?.ToDegrees(), limits.High?.ToDegrees()))],
        [.. series.Unknown.Select(span => new Span(span.From.Milliseconds, span.To.Milliseconds))],
        [.. series.Unjudged.Select(time => new Strip(time.Reason, time.From.Milliseconds, time.To.Milliseconds))],
        [.. series.Findings.Where(finding => finding.Stretch.Side != Side.Unknown).Select(MarkOf)],
        [.. series.Conditions.Select(condition => StripOf(condition, Instant.Min(series.To, now)))],
        OriginOf(series.Source));

    private static Origin OriginOf(LineSource source) => new(
        source.Copy switch
        {
            CopyState.Good => "influx",
            CopyState.NoAnswer => "store-no-answer",
            CopyState.Incomplete => "store-incomplete",
            null => "store",
            _ => throw new ArgumentOutOfRangeException(nameof(source)),
        },
        source.ReachesTo?.Milliseconds,
        (long?)source.Step?.TotalSeconds);

    private static Probe ProbeOf(ProbeSeries series) => new(
        series.Probe.ToString(),
        series.Role == ProbeRole.Load ? "load" : "air",
        [.. series.Line.Select(point => point.At.Milliseconds)],
        [.. series.Line.Select(point => point.Milli / 1000m)]);

    private static Mark MarkOf(Finding finding) => new(
        finding.Id,
        FindingWords.Of(finding.Stretch.Side),
        finding.Probe.ToString(),
        finding.Stretch.Start.Milliseconds,
        finding.Stretch.LastKnown.Milliseconds,
        finding.Stretch.EndReason == EndReason.Open,
        finding.Stretch.PeakMilli / 1000m,
        (long)Math.Round(finding.Stretch.Duration.TotalMinutes, MidpointRounding.AwayFromZero));

    private static Strip StripOf(Condition condition, Instant now) => new(
        ConditionWords.Of(condition.Kind), condition.Start.Milliseconds, (condition.End ?? condition.SettledAt ?? Instant.Max(now, condition.Start)).Milliseconds);

    /// <param name="Kind">The word of the condition, such as <c>door-open</c>, or of what is not judged.</param>
    /// <param name="From">Its first instant.</param>
    /// <param name="To">The instant after its last; the present while it goes on.</param>
    internal sealed record Strip(string Kind, long From, long To);

    /// <param name="Id">The probe.</param>
    /// <param name="Role"><c>load</c> or <c>air</c>.</param>
    /// <param name="At">Instants, ascending.</param>
    /// <param name="Celsius">The temperatures at them.</param>
    internal sealed record Probe(string Id, string Role, IReadOnlyList<long> At, IReadOnlyList<decimal?> Celsius);

    internal sealed record Limit(long From, long To, decimal? Low, decimal? High);

    internal sealed record Span(long From, long To);

    /// <param name="Name"><c>store</c>, <c>influx</c>, or why InfluxDB was not used: <c>store-no-answer</c>, <c>store-incomplete</c>.</param>
    /// <param name="ReachesTo">Up to here InfluxDB lacked nothing; null when it was not used.</param>
    /// <param name="StepSeconds">The length of the steps that are drawn by their lowest and highest temperature; null when it was not used.</param>
    internal sealed record Origin(string Name, long? ReachesTo, long? StepSeconds);

    internal sealed record Mark(long Id, string Side, string Probe, long From, long To, bool Open, decimal Peak, long Minutes);
}

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(SeriesJson))]
internal sealed partial class SeriesJsonContext : JsonSerializerContext;
