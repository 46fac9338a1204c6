using System.Globalization;
using ColdChain.Core.Readings;
using ColdChain.Core.Rules;

namespace ColdChain.Core.Tests.Rules;

/// <summary>
/// A rule written as one line, so that it can be compared with a table. V, M and E behind a figure: verified, from memory, engineering default.
/// </summary>
internal static class RuleRow
{
    internal static string Of(StorageRule rule)
    {
        string?[] parts =
        [
            $"{rule.Product} {rule.Context.ToString().ToLowerInvariant()}{(rule.IsEnabled ? "" : " off")}:",
            Pair("limits", rule.Low, rule.High, rule),
            Pair("airLimits", rule.AirLimits?.Low, rule.AirLimits?.High, rule),
            Pair("warning", rule.WarnLow, rule.WarnHigh, rule),
            Pair("redLine", rule.RedLow, rule.RedHigh, rule),
            rule.SingleTolerance > TimeSpan.Zero ? $"single {Time(rule.SingleTolerance)}{Mark(rule, "singleToleranceSeconds")}" : null,
            .. rule.Bands.Select(band => Band(band, rule)),
            rule.Agitation is { } agitation ? Agitation(agitation, rule) : null,
            $"delay {Time(rule.AirDelay)}/{Time(rule.LoadDelay)}",
            rule.MaxGap == TimeSpan.FromMinutes(15) ? null : $"gap {Time(rule.MaxGap)}{Mark(rule, "maxGapSeconds")}",
            rule.ShelfLives.Count > 0 ? $"life {string.Join(' ', rule.ShelfLives.Select((life, i) => $"{Time(life.Duration)}{Mark(rule, $"shelfLife[{i}].seconds")}"))}" : null,
            $"{Letter(rule.OnBreach)}>{Letter(rule.OnExceeding)}",
        ];
        return string.Join(' ', parts.OfType<string>().Where(part => part.Length > 0));
    }

    private static string Pair(string key, Celsius? low, Celsius? high, StorageRule rule) => low is null && high is null
        ? ""
        : $"{key} {low}{(low is null ? "" : Mark(rule, $"{key}.low"))}..{high}{(high is null ? "" : Mark(rule, $"{key}.high"))}";

    private static string Band(ExposureBand band, StorageRule rule)
    {
        string?[] parts =
        [
            band.AnyTemperature ? "any" : string.Join('+', band.Ranges.Select(range => $"{range.From}..{range.To}")),
            band.MaxSingle is { } single ? $"single {Time(single)}{Mark(rule, $"{band.Key}.maxSingleSeconds")}" : null,
            band.WarnSingle is { } warning ? $"warn {Time(warning)}{Mark(rule, $"{band.Key}.warnSingleSeconds")}" : null,
            band.MaxCumulative is { } total ? $"total {Time(total)}{Mark(rule, $"{band.Key}.maxCumulativeSeconds")}" : null,
            band.MaxCount is { } count ? $"count {count}{Mark(rule, $"{band.Key}.maxCount")}" : null,
            band.CountsOver > TimeSpan.Zero ? $"over {Time(band.CountsOver)}{Mark(rule, $"{band.Key}.countsOverSeconds")}" : null,
            band.Window.ToString().ToLowerInvariant(),
            Letter(band.OnExceeding),
            band.QuarantineAtLeast is { } least ? $"for {Time(least)}{Mark(rule, $"{band.Key}.quarantineSeconds")}" : null,
        ];
        return $"[{string.Join(' ', parts.OfType<string>())}]";
    }

    private static string Agitation(AgitationRule agitation, StorageRule rule)
    {
        var single = agitation.MaxSingleStop is { } one ? $" single {Time(one)}{Mark(rule, "agitation.maxSingleStopSeconds")}" : "";
        var total = agitation.MaxCumulativeStop is { } all ? $" total {Time(all)}{Mark(rule, "agitation.maxCumulativeStopSeconds")}" : "";
        return $"[agitation {(agitation.Required ? "on" : "off")}{Mark(rule, "agitation.required")}{single}{total} {Letter(agitation.OnExceeding)}]";
    }

    private static string Time(TimeSpan time) =>
        time.TotalDays >= 2 && time.TotalDays == Math.Truncate(time.TotalDays) ? $"{Number(time.TotalDays)}d"
        : time.TotalHours >= 1 ? $"{Number(time.TotalHours)}h"
        : $"{Number(time.TotalMinutes)}m";

    private static string Number(double number) => number.ToString(CultureInfo.InvariantCulture);

    private static char Mark(StorageRule rule, string name) => rule.Figures.Single(figure => figure.Name == name).Status switch
    {
        FigureStatus.Verified => 'V',
        FigureStatus.FromMemory => 'M',
        _ => 'E',
    };

    private static string Letter(RuleAction action) => action switch
    {
        RuleAction.Use => "U",
        RuleAction.Assess => "A",
        RuleAction.Quarantine => "Q",
        _ => "D",
    };
}
