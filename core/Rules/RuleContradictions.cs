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
        foreach (var (band, index) in rule.Bands.Select((band, index) => (band, index)))
        {
            ReportBand(band, $"bands[{index}]", node);
        }
    }

    private static void ReportLimits(StorageRule rule, RuleNode node)
    {
        if (rule.Low is null && rule.High is null)
        {
            node.Fail("limits", "has neither low nor high", "state at least one");
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
        if (rule.RedLow > (rule.Low ?? rule.High))
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

    private static void ReportBand(ExposureBand band, string key, RuleNode node)
    {
        if (band.Ranges.Count == 0 || band.Ranges.Any(range => range is { From: null, To: null }))
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
    }
}
