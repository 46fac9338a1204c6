using ColdChain.Core.Readings;

namespace ColdChain.Core.Rules;

/// <summary>Reads one product's rule.</summary>
internal sealed class StorageRuleReader(RuleNode node, RuleDefaults defaults)
{
    private readonly FigureReader _figures = new();
    private RuleAction _onBreach;
    private RuleAction _onExceeding;

    internal StorageRule Read()
    {
        var (low, high) = ReadPair("limits");
        var (warnLow, warnHigh) = ReadPair("warning");
        var (redLow, redHigh) = ReadRedLine();
        var air = node.Knows("airLimits") ? ReadPair("airLimits") : default;
        (_onBreach, _onExceeding) = ReadAction();
        var rule = new StorageRule
        {
            Product = node.Text("product"),
            Name = ReadName(node),
            Context = ReadContext(node),
            Low = low,
            High = high,
            AirLimits = node.Knows("airLimits") ? new AirLimits(air.Low, air.High) : null,
            WarnLow = warnLow,
            WarnHigh = warnHigh,
            RedLow = redLow,
            RedHigh = redHigh,
            SingleTolerance = _figures.Duration(node, "singleToleranceSeconds") ?? defaults.SingleTolerance,
            MergeGap = _figures.Duration(node, "mergeSeconds") ?? defaults.MergeGap,
            Bands = [.. node.List("bands").Select((band, index) => ReadBand(band, $"bands[{index}]"))],
            Agitation = node.Optional("agitation") is { } agitation ? ReadAgitation(agitation) : null,
            MaxGap = _figures.Duration(node, "maxGapSeconds") ?? defaults.MaxGap,
            AirDelay = _figures.Duration(node, "airDelaySeconds") ?? defaults.AirDelay,
            LoadDelay = _figures.Duration(node, "loadDelaySeconds") ?? defaults.LoadDelay,
            UnknownLimit = _figures.Duration(node, "unknownLimitSeconds") ?? defaults.UnknownLimit,
            ShelfLives = [.. node.List("shelfLife").Select(ReadShelfLife)],
            OnBreach = _onBreach,
            OnExceeding = _onExceeding,
            IsEnabled = !node.Knows("enabled") || node.YesOrNo("enabled"),
            Notes = node.OptionalText("notes"),
            Figures = [],
        };
        node.Close();
        RuleContradictions.Report(rule, node);
        return rule with { Figures = _figures.WithDefaults(defaults) };
    }

    internal static LocalName ReadName(RuleNode parent)
    {
        if (!parent.Required("name", out var name))
        {
            return new LocalName("", "");
        }

        var both = new LocalName(name.Text("en"), name.Text("fr"));
        name.Close();
        return both;
    }

    private static StorageContext ReadContext(RuleNode node) => node.Choice("context",
        ("storage", StorageContext.Storage), ("transport", StorageContext.Transport), ("bench", StorageContext.Bench));

    private (Celsius? Low, Celsius? High) ReadPair(string key)
    {
        if (node.Optional(key) is not { } pair)
        {
            return (null, null);
        }

        var both = (_figures.Temperature(pair, "low"), _figures.Temperature(pair, "high"));
        pair.Close();
        return both;
    }

    // Beyond a line that a text itself includes means from a thousandth of a degree before it on.
    private (Celsius? Low, Celsius? High) ReadRedLine()
    {
        if (node.Optional("redLine") is not { } pair)
        {
            return (null, null);
        }

        var both = (_figures.RedLine(pair, "low", 1), _figures.RedLine(pair, "high", -1));
        pair.Close();
        return both;
    }

    private (RuleAction OnBreach, RuleAction OnExceeding) ReadAction()
    {
        if (!node.Required("action", out var action))
        {
            return default;
        }

        var both = (ReadAction(action, "onBreach"), ReadAction(action, "onExceeding"));
        action.Close();
        return both;
    }

    private static RuleAction ReadAction(RuleNode action, string key) => action.Choice(key,
        ("quarantine", RuleAction.Quarantine), ("use", RuleAction.Use),
        ("assess", RuleAction.Assess), ("propose-discard", RuleAction.ProposeDiscard));

    private ExposureBand ReadBand(RuleNode band, string key)
    {
        var (source, status) = (band.Source(), band.Status());
        var ranges = band.List("ranges").Select(range => ReadRange(range, source, status)).ToList();
        if (band.Knows("anyTemperature") == ranges.Count > 0)
        {
            band.Fail("ranges", ranges.Count > 0 ? "stands beside anyTemperature" : "is missing or has a range without a bound",
                ranges.Count > 0 ? "keep one of them" : "state gt or ge, lt or le");
        }

        if (band.Knows("anyTemperature") && !band.YesOrNo("anyTemperature"))
        {
            band.Fail("anyTemperature", "is false", "write true, or remove it and state ranges");
        }

        var result = new ExposureBand
        {
            Key = key,
            Ranges = ranges,
            MaxSingle = _figures.Duration(band, "maxSingleSeconds", source, status),
            WarnSingle = _figures.Duration(band, "warnSingleSeconds"),
            MaxCumulative = _figures.Duration(band, "maxCumulativeSeconds", source, status),
            MaxCount = _figures.Count(band, "maxCount", source, status),
            CountsOver = _figures.Duration(band, "countsOverSeconds", source, status) ?? TimeSpan.Zero,
            Window = band.Choice("window", ("lifetime", ExposureWindow.Lifetime), ("leg", ExposureWindow.Leg), ("24h", ExposureWindow.Day)),
            OnExceeding = ReadActionOr(band, _onExceeding),
            QuarantineAtLeast = _figures.Duration(band, "quarantineSeconds", source, status),
        };
        band.Close();
        return result;
    }

    private static RuleAction ReadActionOr(RuleNode node, RuleAction other) => node.Knows("onExceeding") ? ReadAction(node, "onExceeding") : other;

    // Temperatures are whole thousandths, so "above 6" and "from 6.001" are the same set.
    private CelsiusRange ReadRange(RuleNode range, string source, FigureStatus status)
    {
        Celsius? Bound(string key, int step) =>
            _figures.Temperature(range, key, source, status) is { } bound && Celsius.TryFromMilli(bound.Milli + step, out var included)
                ? included
                : null;

        foreach (var (one, other) in new[] { ("gt", "ge"), ("lt", "le") })
        {
            if (range.Has(one) && range.Has(other))
            {
                range.Fail(one, $"stands beside {other}", "keep one of them");
            }
        }

        var result = new CelsiusRange(Bound("gt", 1) ?? Bound("ge", 0), Bound("lt", -1) ?? Bound("le", 0));
        range.Close();
        return result;
    }

    private AgitationRule ReadAgitation(RuleNode agitation)
    {
        var (source, status) = (agitation.Source(), agitation.Status());
        var result = new AgitationRule(
            _figures.YesOrNo(agitation, "required", source, status),
            _figures.Duration(agitation, "maxSingleStopSeconds", source, status),
            _figures.Duration(agitation, "maxCumulativeStopSeconds", source, status),
            ReadActionOr(agitation, _onExceeding));
        agitation.Close();
        return result;
    }

    private ShelfLife ReadShelfLife(RuleNode life)
    {
        var condition = life.Text("condition");
        if (!life.Has("seconds"))
        {
            life.Fail("seconds", "is missing", "add it with value, source and status");
        }

        var result = new ShelfLife(condition, _figures.Duration(life, "seconds") ?? default);
        life.Close();
        return result;
    }
}
