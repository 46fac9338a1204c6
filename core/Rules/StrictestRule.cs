using ColdChain.Core.Readings;

namespace ColdChain.Core.Rules;

/// <summary>
/// The rule of a storage unit that holds several products: whatever would hurt one of them is out of range, and is told as soon as the most
/// delicate one needs it. Allowances of blood units and shelf lives stay with each product.
/// </summary>
internal static class StrictestRule
{
    private const string Joint = "+";

    /// <summary>The strictest of some rules of one pack and context, at least one; where two are alike, the first one is named.</summary>
    internal static StorageRule Of(IReadOnlyList<StorageRule> rules)
    {
        if (rules.Count == 1)
        {
            return rules[0];
        }

        var figures = new List<Figure>();
        var (low, lowOf) = Cold(rules, rule => rule.Low, "limits.low", figures);
        var (high, highOf) = Warm(rules, rule => rule.High, "limits.high", figures);
        var hasAir = rules.Any(rule => rule.AirLimits is not null);
        return new StorageRule
        {
            Product = string.Join(Joint, rules.Select(rule => rule.Product)),
            DecidedBy = string.Join(", ", new[] { lowOf is null ? null : $"low {lowOf}", highOf is null ? null : $"high {highOf}" }.OfType<string>()),
            Name = new LocalName(string.Join(" + ", rules.Select(rule => rule.Name.En)), string.Join(" + ", rules.Select(rule => rule.Name.Fr))),
            Context = rules[0].Context,
            Low = low,
            High = high,
            AirLimits = hasAir ? AirOf(rules, figures) : null,
            WarnLow = Cold(rules, rule => rule.WarnLow, "warning.low", figures).Limit,
            WarnHigh = Warm(rules, rule => rule.WarnHigh, "warning.high", figures).Limit,
            RedLow = Cold(rules, rule => rule.RedLow, "redLine.low", figures).Limit,
            RedHigh = Warm(rules, rule => rule.RedHigh, "redLine.high", figures).Limit,
            SingleTolerance = Shortest(rules, rule => rule.SingleTolerance, "singleToleranceSeconds", figures),
            MergeGap = Shortest(rules, rule => rule.MergeGap, "mergeSeconds", figures),
            Bands = [],
            Agitation = AgitationOf(rules, figures),
            MaxGap = Shortest(rules, rule => rule.MaxGap, "maxGapSeconds", figures),
            AirDelay = Shortest(rules, rule => rule.AirDelay, "airDelaySeconds", figures),
            LoadDelay = Shortest(rules, rule => rule.LoadDelay, "loadDelaySeconds", figures),
            UnknownLimit = Shortest(rules, rule => rule.UnknownLimit, "unknownLimitSeconds", figures),
            ShelfLives = [],
            OnBreach = rules.Max(rule => rule.OnBreach),
            OnExceeding = rules.Max(rule => rule.OnExceeding),
            IsEnabled = rules.All(rule => rule.IsEnabled),
            Notes = string.Join(' ', rules.Where(rule => rule.Notes.Length > 0).Select(rule => $"{rule.Product}: {rule.Notes}")),
            Figures = figures,
        };
    }

    /// <summary>Why some products can never share a storage unit, as a clause; null when they can.</summary>
    internal static string? Conflict(IReadOnlyList<StorageRule> rules)
    {
        var (one, other) = (from a in rules from b in rules where a.Low >= b.High select (a, b)).FirstOrDefault();
        if (one is not null)
        {
            return $"'{one.Product}' is kept at {one.Low} °C and warmer, and '{other.Product}' at {other.High} °C and colder";
        }

        var (moved, still) = (rules.FirstOrDefault(rule => rule.Agitation?.Required == true), rules.FirstOrDefault(rule => rule.Agitation?.Required == false));
        return moved is not null && still is not null ? $"'{moved.Product}' must be agitated, and '{still.Product}' must not be" : null;
    }

    private static AirLimits AirOf(IReadOnlyList<StorageRule> rules, List<Figure> figures) => new(
        Cold(rules, rule => rule.AirLimits is { } air ? air.Low : rule.Low, "airLimits.low", figures).Limit,
        Warm(rules, rule => rule.AirLimits is { } air ? air.High : rule.High, "airLimits.high", figures).Limit);

    private static AgitationRule? AgitationOf(IReadOnlyList<StorageRule> rules, List<Figure> figures)
    {
        if (rules.FirstOrDefault(rule => rule.Agitation is not null) is not { Agitation: { } first } of)
        {
            return null;
        }

        Cite(of, "agitation.required", figures);
        var all = rules.Select(rule => rule.Agitation).OfType<AgitationRule>().ToList();
        return new AgitationRule(first.Required, all.Min(rule => rule.MaxSingleStop), all.Min(rule => rule.MaxCumulativeStop), all.Max(rule => rule.OnExceeding));
    }

    private static (Celsius? Limit, string? Product) Cold(IReadOnlyList<StorageRule> rules, Func<StorageRule, Celsius?> limit, string name, List<Figure> figures) =>
        Decided(rules.Where(rule => limit(rule) is not null).MaxBy(rule => limit(rule)!.Value.Milli), limit, name, figures);

    private static (Celsius? Limit, string? Product) Warm(IReadOnlyList<StorageRule> rules, Func<StorageRule, Celsius?> limit, string name, List<Figure> figures) =>
        Decided(rules.Where(rule => limit(rule) is not null).MinBy(rule => limit(rule)!.Value.Milli), limit, name, figures);

    private static (Celsius? Limit, string? Product) Decided(StorageRule? by, Func<StorageRule, Celsius?> limit, string name, List<Figure> figures)
    {
        if (by is null)
        {
            return (null, null);
        }

        Cite(by, name, figures);
        return (limit(by), by.Product);
    }

    private static TimeSpan Shortest(IReadOnlyList<StorageRule> rules, Func<StorageRule, TimeSpan> time, string name, List<Figure> figures)
    {
        var by = rules.MinBy(time)!; // There is at least one rule.
        Cite(by, name, figures);
        return time(by);
    }

    // The figure keeps its source and status, and says whose it is. A rule without air limits of its own decided by those of the product.
    private static void Cite(StorageRule by, string name, List<Figure> figures)
    {
        string[] names = [name, $"defaults.{name}", name.Replace("airLimits", "limits", StringComparison.Ordinal)];
        if (names.Select(known => by.Figures.FirstOrDefault(figure => figure.Name == known)).FirstOrDefault(figure => figure is not null) is { } found)
        {
            figures.Add(found with { Name = $"{by.Product} {found.Name}" });
        }
    }
}
