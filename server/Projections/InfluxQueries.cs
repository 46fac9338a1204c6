using System.Globalization;
using System.Text.Json;
using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Projections;

/// <summary>What is asked of InfluxDB, in InfluxQL, which 1.x, 2.x and 3 understand.</summary>
internal sealed class InfluxQueries(InfluxClient influx)
{
    /// <summary>The devices that it holds anything of, of whoever wrote it.</summary>
    /// <exception cref="InfluxException">InfluxDB did not answer, or refused.</exception>
    public async Task<List<DeviceId>> DevicesAsync(CancellationToken cancellation)
    {
        var series = await influx.SeriesAsync("SHOW TAG VALUES FROM temperature WITH KEY = device", cancellation);
        return [.. series.SelectMany(Rows).Select(row => new DeviceId(row[1].GetString() ?? ""))];
    }

    /// <summary>How many temperatures it holds of a device on each UTC day in [from, to), both the starts of days.</summary>
    /// <exception cref="InfluxException">InfluxDB did not answer, or refused.</exception>
    public async Task<Dictionary<DeviceDay, long>> CountAsync(DeviceId device, Instant from, Instant to, CancellationToken cancellation)
    {
        var series = await influx.SeriesAsync(
            $"SELECT count(celsius) FROM temperature WHERE {Between(from, to)} AND device = {Quoted(device.Value)} GROUP BY time(1d) fill(none)", cancellation);
        return series.SelectMany(Rows).ToDictionary(row => new DeviceDay(device, new Instant(row[0].GetInt64())), row => row[1].GetInt64());
    }

    /// <summary>The lowest and highest temperature of each probe, epoch and step: what equal instants of two epochs say is two rows.</summary>
    /// <exception cref="InfluxException">InfluxDB did not answer, or refused.</exception>
    public async Task<List<StepExtremes>> ExtremesAsync(ExtremesQuery query, CancellationToken cancellation)
    {
        var probes = string.Join(" OR ", query.Probes.Select(mounted => mounted.Probe).Distinct()
            .Select(probe => $"(device = {Quoted(probe.Device.Value)} AND probe = {Quoted(probe.Name)})"));
        var series = await influx.SeriesAsync(
            $"SELECT min(celsius), max(celsius) FROM temperature WHERE {Between(query.From, query.To)} AND ({probes}) "
            + $"GROUP BY device, probe, epoch, time({query.Step.TotalSeconds:0}s) fill(none)",
            cancellation);
        return [.. series.SelectMany(StepsOf)];
    }

    private static IEnumerable<StepExtremes> StepsOf(JsonElement series)
    {
        var tags = series.GetProperty("tags");
        var probe = new ProbeId(new DeviceId(tags.GetProperty("device").GetString() ?? ""), tags.GetProperty("probe").GetString() ?? "");
        return Rows(series).Select(row => new StepExtremes(probe, new Instant(row[0].GetInt64()), Temperature(row[1]), Temperature(row[2])));
    }

    private static Celsius Temperature(JsonElement value) => Celsius.TryParse(value.GetRawText(), out var temperature)
        ? temperature
        : throw new InfluxException($"InfluxDB holds {value.GetRawText()} as a temperature, which nobody measured. Drop that measurement and rebuild the projection.");

    private static IEnumerable<JsonElement> Rows(JsonElement series) => series.GetProperty("values").EnumerateArray();

    private static string Between(Instant from, Instant to) =>
        string.Create(CultureInfo.InvariantCulture, $"time >= {from.Milliseconds}ms AND time < {to.Milliseconds}ms");

    private static string Quoted(string text) => $"'{text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal)}'";
}
