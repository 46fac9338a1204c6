using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Core.Rules;

namespace ColdChain.Server.Fleet;

/// <summary>The figures of a storage rule as the engine uses them for a probe.</summary>
internal static class ProbeRules
{
    public static ProbeRule Of(RulePack pack, StorageRule rule, ProbeRole role) => new()
    {
        Low = rule.Low,
        High = rule.High,
        WarnLow = rule.WarnLow,
        WarnHigh = rule.WarnHigh,
        Delay = role == ProbeRole.Load ? rule.LoadDelay : rule.AirDelay,
        MaxGap = rule.MaxGap,
        UnknownLimit = rule.UnknownLimit,
        Citation = new RuleCitation(pack.Id, pack.Version, pack.Hash, rule.Product),
    };
}
