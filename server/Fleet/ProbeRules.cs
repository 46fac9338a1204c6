using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Core.Rules;

namespace ColdChain.Server.Fleet;

/// <summary>The figures of a storage rule as the engine uses them for a probe.</summary>
internal static class ProbeRules
{
    public static ProbeRule Of(RulePack pack, StorageRule rule, ProbeRole role) => new()
    {
        // Air with limits of its own may be beyond the product's: its alert is the warning.
        Low = AirOf(rule, role) is { } cold ? cold.Low : rule.Low,
        High = AirOf(rule, role) is { } warm ? warm.High : rule.High,
        WarnLow = AirOf(rule, role) is null ? rule.WarnLow : null,
        WarnHigh = AirOf(rule, role) is null ? rule.WarnHigh : null,
        Delay = role == ProbeRole.Load ? rule.LoadDelay : rule.AirDelay,
        Tolerance = IsTolerant(rule) ? rule.SingleTolerance : TimeSpan.Zero,
        ToleratedLow = IsTolerant(rule) ? Forbidden(rule).Where(range => range.To < rule.Low).Max(range => Beside(range.To, 1)) : null,
        ToleratedHigh = IsTolerant(rule) ? Forbidden(rule).Where(range => range.From > rule.High).Min(range => Beside(range.From, -1)) : null,
        MaxGap = rule.MaxGap,
        UnknownLimit = rule.UnknownLimit,
        Citation = new RuleCitation(pack.Id, pack.Version, pack.Hash, rule.DecidedBy is { } by ? $"{rule.Product} ({by})" : rule.Product),
    };

    // Elsewhere a tolerance says from when on the product is discarded: before that it is held.
    private static bool IsTolerant(StorageRule rule) => rule.OnBreach == RuleAction.Use && rule.SingleTolerance > TimeSpan.Zero;

    // Whatever a blood unit may not go through even once: no tolerance of the storage unit reaches there.
    private static IEnumerable<CelsiusRange> Forbidden(StorageRule rule) =>
    [
        .. rule.Bands.Where(band => band.MaxCount == 0).SelectMany(band => band.Ranges),
        new CelsiusRange(null, Beside(rule.RedLow, -1)),
        new CelsiusRange(Beside(rule.RedHigh, 1), null),
    ];

    private static Celsius? Beside(Celsius? value, int milli) => value is { } known ? Celsius.FromMilli(known.Milli + milli) : null;

    private static AirLimits? AirOf(StorageRule rule, ProbeRole role) => role == ProbeRole.Air ? rule.AirLimits : null;
}
