using ColdChain.Core.Readings;

namespace ColdChain.Core.Rules;

/// <summary>Finds numbers of one rule that cannot all be meant.</summary>
internal static class RuleContradictions
{
    internal static void Report(StorageRule rule, RuleNode node)
    {
        ReportLimits(rule, node);
        ReportRedLines(rule, node);
        ReportTimes(rule, node);
        foreach (var band in rule.Bands)
        {
            ReportBand(band, node);
        }
    }

    private static void ReportLimits(StorageRule rule, RuleNode node)
    {
        if (!rule.HasLimits && (rule.Context != StorageContext.Bench || rule.Bands.Count == 0))
        {
            node.Fail("limits", "has neither low nor high", rule.Context == StorageContext.Bench ? "state at least one, or bands" : "state at least one");
        }

        if (rule.AirLimits is { } air && ((air.Low is null && air.High is null) || air.Low >= air.High))
        {
            node.Fail("airLimits", $"has low {air.Low?.ToString() ?? "none"} and high {air.High?.ToString() ?? "none"}", "state at least one, the low one below the high one");
        }

        if (rule.Low >= rule.High)
        {
            node.Fail("limits", $"has low {rule.Low}, which is not below high {rule.High}", "exchange or correct them");
        }

        if (rule.WarnLow >= rule.WarnHigh)
        {
            node.Fail("warning", $"has low {rule.WarnLow}, which is not below high {rule.WarnHigh}", "exchange or correct them");
        }

        ReportOutside(rule, "low", rule.WarnLow, node);
        ReportOutside(rule, "high", rule.WarnHigh, node);
    }

    private static void ReportOutside(StorageRule rule, string side, Celsius? warning, RuleNode node)
    {
        if (warning < rule.Low || warning > rule.High)
        {
            var reason = $"is {warning}, outside the limits {rule.Low}..{rule.High}";
            node.Fail($"warning.{side}", reason, "place it within them, so that it warns before");
        }
    }

    private static void ReportRedLines(StorageRule rule, RuleNode node)
    {
        if (rule.HasLimits && rule.RedLow > (rule.Low ?? rule.High))
        {
            node.Fail("redLine.low", $"is {rule.RedLow}, within the limits", "place it at the lower limit or colder");
        }

        if (rule.RedHigh < (rule.High ?? rule.Low))
        {
            node.Fail("redLine.high", $"is {rule.RedHigh}, within the limits", "place it at the upper limit or warmer");
        }
    }

    private static void ReportTimes(StorageRule rule, RuleNode node)
    {
        if (rule.MaxGap == TimeSpan.Zero)
        {
            node.Fail("maxGapSeconds", "is 0, so no two samples would ever join", "write how long the time between two samples may be");
        }

        if (rule.UnknownLimit < rule.MaxGap)
        {
            node.Fail("unknownLimitSeconds", "is shorter than maxGapSeconds", "make it at least as long");
        }
    }

    private static void ReportBand(ExposureBand band, RuleNode node)
    {
        var key = band.Key;
        if (band.Ranges.Any(range => range is { From: null, To: null }))
        {
            node.Fail($"{key}.ranges", "is missing or has a range without a bound", "state gt or ge, lt or le");
        }

        if (band.Ranges.Any(range => range.From > range.To))
        {
            node.Fail($"{key}.ranges", "has a range that holds no temperature", "exchange or correct its bounds");
        }

        if (band is { MaxSingle: null, MaxCumulative: null, MaxCount: null })
        {
            node.Fail(key, "has no maximum", "state maxSingleSeconds, maxCumulativeSeconds or maxCount");
        }

        if (band.MaxSingle > band.MaxCumulative)
        {
            node.Fail(key, "allows a longer single stay than in total", "correct maxSingleSeconds or maxCumulativeSeconds");
        }

        ReportUseless(band, key, node);
    }

    /// <summary>Figures of a band that could never matter: whoever wrote them meant something else.</summary>
    private static void ReportUseless(ExposureBand band, string key, RuleNode node)
    {
        if (band.WarnSingle is { } warning && !(warning <= band.MaxSingle))
        {
            node.Fail($"{key}.warnSingleSeconds", "is not below a maxSingleSeconds", "write a shorter time, or the maximum that it warns of");
        }

        if (band.CountsOver > TimeSpan.Zero && band.MaxCount is null)
        {
            node.Fail($"{key}.countsOverSeconds", "stands without maxCount", "write how many such stays there may be");
        }

        if (band.Window == ExposureWindow.Day && (band.MaxCumulative > TimeSpan.FromDays(1) || band.MaxSingle > TimeSpan.FromDays(1)))
        {
            node.Fail(key, "allows more than 24 hours within any 24 hours", "correct the maximum, or the window");
        }

        if (band.QuarantineAtLeast is not null && band.OnExceeding != RuleAction.Quarantine)
        {
            node.Fail($"{key}.quarantineSeconds", "stands beside another action than quarantine", "write onExceeding quarantine, or remove it");
        }
    }
}
