using ColdChain.Core.Readings;
using ColdChain.Core.Rules;

namespace ColdChain.Core.Exposure;

/// <summary>What an allowance is about.</summary>
public enum AllowanceKind
{
    /// <summary>Time outside the limits.</summary>
    Limits,

    /// <summary>Time beyond a red line, of which there may be none.</summary>
    RedLine,

    /// <summary>A band of the rule.</summary>
    Band,

    /// <summary>Time in which agitation was not as the rule requires.</summary>
    Agitation,

    /// <summary>Time between two stays of which the pack says nothing.</summary>
    Between,
}

/// <summary>
/// Something that a rule allows a blood unit to a certain extent: which time counts, how much of it is allowed, and what follows. Two with the
/// same key are counted together over the whole life, whatever pack or storage unit they come from; the latest one states the maxima.
/// </summary>
public sealed record Allowance
{
    /// <summary>What it is about.</summary>
    public required AllowanceKind Kind { get; init; }

    /// <summary>The temperatures that count; empty when every moment does, or for agitation.</summary>
    public IReadOnlyList<CelsiusRange> Ranges { get; init; } = [];

    /// <summary>The longest single time, inclusive; null for no maximum.</summary>
    public TimeSpan? MaxSingle { get; init; }

    /// <summary>From this length of a single time on, a warning is given; null for none.</summary>
    public TimeSpan? WarnSingle { get; init; }

    /// <summary>The longest total in the window, inclusive; null for no maximum.</summary>
    public TimeSpan? MaxTotal { get; init; }

    /// <summary>The most occasions in the window, inclusive; null for no maximum.</summary>
    public int? MaxCount { get; init; }

    /// <summary>Only occasions longer than this (exclusive) are counted.</summary>
    public TimeSpan CountsOver { get; init; }

    /// <summary>What total and count run over.</summary>
    public ExposureWindow Window { get; init; } = ExposureWindow.Lifetime;

    /// <summary>What follows from any time at all that lasts for <see cref="Delay"/>.</summary>
    public Verdict OnAny { get; init; } = Verdict.Fine;

    /// <summary>How long a time must last before <see cref="OnAny"/> follows from it, inclusive; zero for at once.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>What follows when a maximum is exceeded.</summary>
    public required Verdict OnExceeding { get; init; }

    /// <summary>The pack that says so.</summary>
    public required RulePack Pack { get; init; }

    /// <summary>The rule that says so.</summary>
    public required StorageRule Rule { get; init; }

    /// <summary>How the names of its figures begin.</summary>
    public required IReadOnlyList<string> FigureNames { get; init; }

    /// <summary>Its place among the bands of its rule that count the same time, from 0.</summary>
    public int Ordinal { get; init; }

    /// <summary>What it is about, for machines: <c>limits</c>, <c>red-line</c>, <c>band</c>, <c>agitation</c> or <c>between-stays</c>.</summary>
    public string KindWord => Kind switch
    {
        AllowanceKind.Limits => "limits",
        AllowanceKind.RedLine => "red-line",
        AllowanceKind.Band => "band",
        AllowanceKind.Agitation => "agitation",
        AllowanceKind.Between => "between-stays",
        _ => throw new InvalidOperationException($"The kind {Kind} has no word."),
    };

    /// <summary>What total and count run over, as rule packs write it: <c>lifetime</c>, <c>leg</c> or <c>24h</c>.</summary>
    public string WindowWord => Window switch
    {
        ExposureWindow.Lifetime => "lifetime",
        ExposureWindow.Leg => "leg",
        ExposureWindow.Day => "24h",
        _ => throw new InvalidOperationException($"The window {Window} has no word."),
    };

    /// <summary>What tells it from others of one blood unit, for machines.</summary>
    public string Key => string.Join(' ', new[] { KindWord, RangesText, Window == ExposureWindow.Lifetime ? "" : WindowWord, Ordinal == 0 ? "" : $"{Ordinal + 1}" }.Where(word => word.Length > 0));

    /// <summary>The figures it rests on.</summary>
    public IReadOnlyList<Figure> Figures =>
        [.. Rule.Figures.Where(figure => FigureNames.Any(name => $"{figure.Name}.".StartsWith($"{name}.", StringComparison.Ordinal) || figure.Name == $"defaults.{name}"))];

    /// <summary>True when every moment counts, the temperature known or not.</summary>
    internal bool AnyTemperature => Kind != AllowanceKind.Agitation && Ranges.Count == 0;

    private string RangesText => string.Join('|', Ranges.Select(range => $"{range.From?.ToString() ?? ""}..{range.To?.ToString() ?? ""}"));
}

/// <summary>The allowances that a rule states.</summary>
internal static class Allowances
{
    private static readonly Celsius Step = Celsius.FromMilli(1);

    internal static IEnumerable<Allowance> Of(RulePack pack, StorageRule rule)
    {
        if (rule.HasLimits)
        {
            yield return new Allowance
            {
                Kind = AllowanceKind.Limits,
                Ranges = Outside(rule.Low, rule.High),
                MaxSingle = rule.SingleTolerance > TimeSpan.Zero ? rule.SingleTolerance : null,
                OnAny = Verdicts.Of(rule.OnBreach),
                Delay = rule.LoadDelay,
                OnExceeding = Verdicts.Of(rule.OnExceeding),
                Pack = pack,
                Rule = rule,
                FigureNames = ["limits", "singleToleranceSeconds"],
            };
        }

        if (Outside(rule.RedLow, rule.RedHigh) is { Count: > 0 } beyond)
        {
            yield return new Allowance
            {
                Kind = AllowanceKind.RedLine, Ranges = beyond, OnAny = Verdict.DiscardProposed, OnExceeding = Verdict.DiscardProposed,
                Pack = pack, Rule = rule, FigureNames = ["redLine"],
            };
        }

        var bands = new List<Allowance>();
        foreach (var band in rule.Bands)
        {
            var allowance = Of(pack, rule, band);
            bands.Add(allowance with { Ordinal = bands.Count(other => (other with { Ordinal = 0 }).Key == allowance.Key) });
        }

        foreach (var band in bands)
        {
            yield return band;
        }
    }

    /// <summary>What the rule says of agitation; null when it says nothing that can be exceeded.</summary>
    internal static Allowance? OfAgitation(RulePack pack, StorageRule rule) => rule.Agitation is not { } agitation ? null : new Allowance
    {
        Kind = AllowanceKind.Agitation,
        MaxSingle = agitation.MaxSingleStop,
        MaxTotal = agitation.MaxCumulativeStop,
        OnAny = agitation.Required ? Verdict.Fine : Verdicts.Of(agitation.OnExceeding),
        OnExceeding = Verdicts.Of(agitation.OnExceeding),
        Pack = pack,
        Rule = rule,
        FigureNames = ["agitation"],
    };

    /// <summary>
    /// What holds between two stays when the pack says nothing of the bench: unknown time longer than its limit is a ground to hold there as in a
    /// storage unit.
    /// </summary>
    internal static Allowance Between(RulePack pack, StorageRule rule) => new()
    {
        Kind = AllowanceKind.Between, MaxSingle = rule.UnknownLimit, OnExceeding = Verdict.Hold, Pack = pack, Rule = rule, FigureNames = ["unknownLimitSeconds"],
    };

    private static Allowance Of(RulePack pack, StorageRule rule, ExposureBand band) => new()
    {
        Kind = AllowanceKind.Band,
        Ranges = band.Ranges,
        MaxSingle = band.MaxSingle,
        WarnSingle = band.WarnSingle,
        MaxTotal = band.MaxCumulative,
        MaxCount = band.MaxCount,
        CountsOver = band.CountsOver,
        Window = band.Window,
        OnExceeding = Verdicts.Of(band.OnExceeding),
        Pack = pack,
        Rule = rule,
        FigureNames = [band.Key],
    };

    private static List<CelsiusRange> Outside(Celsius? low, Celsius? high)
    {
        var outside = new List<CelsiusRange>();
        if (low is { } coldest)
        {
            outside.Add(new CelsiusRange(null, Celsius.FromMilli(coldest.Milli - Step.Milli)));
        }

        if (high is { } warmest)
        {
            outside.Add(new CelsiusRange(Celsius.FromMilli(warmest.Milli + Step.Milli), null));
        }

        return outside;
    }
}
