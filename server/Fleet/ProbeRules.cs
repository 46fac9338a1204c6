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
        MaxGap = rule.MaxGap,
        UnknownLimit = rule.UnknownLimit,
        Citation = new RuleCitation(pack.Id, pack.Version, pack.Hash, rule.DecidedBy is { } by ? $"{rule.Product} ({by})" : rule.Product),
    };

    private static AirLimits? AirOf(StorageRule rule, ProbeRole role) => role == ProbeRole.Air ? rule.AirLimits : null;
}
