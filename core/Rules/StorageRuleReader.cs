using ColdChain.Core.Readings;

namespace ColdChain.Core.Rules;

/// <summary>Reads one product's rule.</summary>
internal sealed class StorageRuleReader(RuleNode node, RuleDefaults defaults)
{
    private readonly FigureReader _figures = new();

    internal StorageRule Read()
    {
        var (low, high) = ReadPair("limits");
        var (warnLow, warnHigh) = ReadPair("warning");
        var (redLow, redHigh) = ReadPair("redLine");
        var (onBreach, onExceeding) = ReadAction();
        var rule = new StorageRule
        {
            Product = node.Text("product"),
            Name = ReadName(node),
            Context = ReadContext(node),
            Low = low,
            High = high,
            WarnLow = warnLow,
            WarnHigh = warnHigh,
            RedLow = redLow,
            RedHigh = redHigh,
            SingleTolerance = _figures.Duration(node, "singleToleranceSeconds") ?? defaults.SingleTolerance,
            Bands = [.. node.List("bands").Select(ReadBand)],
            Agitation = node.Optional("agitation") is { } agitation ? ReadAgitation(agitation) : null,
            MaxGap = _figures.Duration(node, "maxGapSeconds") ?? defaults.MaxGap,
            AirDelay = _figures.Duration(node, "airDelaySeconds") ?? defaults.AirDelay,
            LoadDelay = _figures.Duration(node, "loadDelaySeconds") ?? defaults.LoadDelay,
            UnknownLimit = _figures.Duration(node, "unknownLimitSeconds") ?? defaults.UnknownLimit,
            ShelfLives = [.. node.List("shelfLife").Select(ReadShelfLife)],
            OnBreach = onBreach,
            OnExceeding = onExceeding,
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

    private ExposureBand ReadBand(RuleNode band)
    {
        var (source, status) = (band.Source(), band.Status());
        var result = new ExposureBand(
            [.. band.List("ranges").Select(range => ReadRange(range, source, status))],
            _figures.Duration(band, "maxSingleSeconds", source, status),
            _figures.Duration(band, "maxCumulativeSeconds", source, status),
            _figures.Count(band, "maxCount", source, status),
            band.Choice("window", ("lifetime", ExposureWindow.Lifetime), ("leg", ExposureWindow.Leg)));
        band.Close();
        return result;
    }

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
            _figures.Duration(agitation, "maxCumulativeStopSeconds", source, status));
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
