using System.Collections.Concurrent;
using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Server.Store;

namespace ColdChain.Server.Fleet;

/// <summary>
/// What is to be expected of storage units, by the last samples of their load probes. A forecast is made once for each judgement: pages ask for those
/// of all units every second.
/// </summary>
internal sealed class Forecasts(IReadOnlyList<RulePack> packs)
{
    private readonly ConcurrentDictionary<StorageUnitId, (long Judgement, Forecast? Forecast)> _made = new();

    /// <summary>The forecast of a storage unit; null when its temperature is unverified or unknown, or its samples tell too little.</summary>
    public Forecast? Of(StoreSession session, UnitOverview unit, Instant now)
    {
        if (unit is not { Period: { } period, State: StorageState.InRange or StorageState.Warning or StorageState.OutOfRange })
        {
            return null;
        }

        if (!_made.TryGetValue(unit.Unit.Id, out var made) || made.Judgement != unit.Judgement)
        {
            _made[unit.Unit.Id] = made = (unit.Judgement, Make(session, unit.Unit.Id, period, now));
        }

        return made.Forecast;
    }

    private Forecast? Make(StoreSession session, StorageUnitId unit, UnitPeriod period, Instant now)
    {
        var rule = ContentsMatch.OfPeriod(packs, period);
        var from = Instant.Max(period.From, now - Trend.Window - rule.MaxGap);
        var unjudged = UnjudgedTimes.Touching(session, unit, from, now);
        var probes = period.Probes.Where(probe => probe.Role == ProbeRole.Load).ToList();
        var samples = SampleSequence.Of(ReadingReader.Claims(session, [.. probes.Select(probe => probe.Id)], from, now))
            .ToLookup(known => known.Probe, known => unjudged.AsJudged(known.Probe, known.Sample));
        var trends =
            from probe in probes
            let trend = Trend.Of([.. samples[probe.Id]], probe.CalibrationOffsetMilli, rule.MaxGap, now)
            where trend is not null
            select (probe.Id, trend);
        return Forecast.Of(trends, Figures(rule.Low, rule.RedLow), Figures(rule.High, rule.RedHigh));
    }

    private static Celsius[] Figures(Celsius? limit, Celsius? redLine) => [.. new[] { limit, redLine }.OfType<Celsius>()];
}
