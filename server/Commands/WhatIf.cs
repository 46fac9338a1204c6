using System.CommandLine;
using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Server.Evaluate;
using ColdChain.Server.Excursions;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Commands;

/// <summary>
/// <c>evaluate --what-if</c>: the stored readings of a storage unit, judged as if another rule pack or calibration had always been in force, beside
/// what was found. The store is only read, also under a running server.
/// </summary>
internal static class WhatIf
{
    public static readonly Option<bool> Asked = new("--what-if") { Description = "Judge stored readings by --rules or --calibration-offset instead of a file. An opinion: nothing is stored" };

    private const string InstantCure = "Write a time with its zone, such as 2026-03-01T06:00Z";

    private static readonly Option<string> StorePath = new("--store") { Description = "With --what-if: the record store", DefaultValueFactory = _ => Path.Combine("data", "record.db") };
    private static readonly Option<string?> Unit = new("--unit") { Description = "With --what-if: the storage unit" };
    private static readonly Option<string?> From = new("--from") { Description = "With --what-if: from when findings are told" };
    private static readonly Option<string?> To = new("--to") { Description = "With --what-if: until when; as far as there are readings unless given" };
    private static readonly Option<string[]> Offset = new("--calibration-offset") { Description = "With --what-if: DEVICE/PROBE=DEGREES, added to what the probe measured; may be repeated" };

    /// <summary>The options that mean nothing without <see cref="Asked"/>.</summary>
    public static readonly IReadOnlyList<Option> Options = [StorePath, Unit, From, To, Offset];

    /// <summary>Judges.</summary>
    /// <param name="parsed">What was asked for.</param>
    /// <param name="pack">The other rule pack; null to keep those that were in force.</param>
    /// <exception cref="ConfigurationException">What was asked for is not clear, or is not in the store.</exception>
    /// <exception cref="StoreOpenException">There is no such store.</exception>
    public static WhatIfReport Report(ParseResult parsed, RulePack? pack)
    {
        var offsets = (parsed.GetValue(Offset) ?? []).Select(OffsetOf).ToList();
        if (pack is null && offsets.Count == 0)
        {
            throw Error("Nothing differs from how it was judged. Give --rules, --calibration-offset or both.");
        }

        var id = StorageUnitId.TryParse(parsed.GetValue(Unit) ?? "", out var given) ? given : throw Error("--what-if needs --unit. Give the id of a storage unit.");
        var (from, to) = (Time(parsed, From) ?? throw Error($"--what-if needs --from. {InstantCure}."), Time(parsed, To) ?? Instant.End);
        if (from >= to)
        {
            throw Error($"--from {from} is not before --to {to}. Exchange or correct them.");
        }

        return StoreFile.Read(parsed.GetValue(StorePath)!, session => // It has a default.
        {
            var unit = Changed(FleetOf(session).FindUnit(id) ?? throw Error($"The fleet in force has no storage unit '{id}'. Correct --unit."), offsets);
            unit = pack is null ? unit : JudgedBy(unit, pack, from, to);
            var fleet = new FleetHistory([], [], [unit], []);
            var plans = pack is null ? PlanBuilder.Build(fleet, RulePackHistory.Stored(session)) : PlanBuilder.Build(fleet, [pack]);
            var whatIf = Opinion.Of(session, plans.Find(id)!) // The fleet is of this unit.
                ?? throw Error($"The server has not judged '{id}' yet: there is nothing to compare with. Ask when it has.");
            return WhatIfReport.Of(id, (from, to), Words(pack, offsets), FindingStore.Touching(session, id, from, to), whatIf);
        });
    }

    private static FleetHistory FleetOf(StoreSession session)
    {
        var stored = FleetVersionStore.Latest(session)?.Text ?? throw Error("The store has no fleet file yet. Start the server with one.");
        return FleetReader.TryRead(stored, rules: null, out var fleet, out var errors)
            ? fleet
            : throw new ConfigurationException([.. errors.Select(error => $"The stored fleet file, {error}")]);
    }

    private static StorageUnit Changed(StorageUnit unit, List<(ProbeId Probe, int Milli)> offsets)
    {
        if (offsets.Find(offset => !unit.History.Any(period => period.Probes.Any(probe => probe.Id == offset.Probe))) is { Probe: var stranger } && stranger != default)
        {
            throw Error($"Probe '{stranger}' never stood in '{unit.Id}'. Correct --calibration-offset.");
        }

        return unit with { History = [.. unit.History.Select(period => period with { Probes = [.. period.Probes.Select(Corrected)] })] };

        FleetProbe Corrected(FleetProbe probe) =>
            offsets.FindLast(offset => offset.Probe == probe.Id) is { Probe: var known, Milli: var milli } && known == probe.Id ? probe with { CalibrationOffsetMilli = milli } : probe;
    }

    private static StorageUnit JudgedBy(StorageUnit unit, RulePack pack, Instant from, Instant to)
    {
        foreach (var period in unit.History.Where(period => period.From < to && from < period.To))
        {
            var rules = period.Products.Select(product => pack.Find(product, period.Context)).OfType<StorageRule>().Where(rule => rule.HasLimits).ToList();
            var reason = rules.Count < period.Products.Count ? "has no limits for it" : RulePack.Conflict(rules);
            if (reason is not null)
            {
                throw Error($"'{unit.Id}' was used for {period.Product} from {period.From} on, and rule pack {pack.Id} {reason}. Name another pack or period.");
            }
        }

        return unit with { History = [.. unit.History.Select(period => period with { RulePackId = pack.Id })] };
    }

    private static (ProbeId Probe, int Milli) OffsetOf(string text) =>
        text.Split('=') is [var name, var degrees] && ProbeId.TryParse(name, out var probe) && FleetTexts.TryOffset(degrees, out var milli)
            ? (probe, milli)
            : throw Error($"--calibration-offset '{text}' is not clear. Write DEVICE/PROBE=DEGREES with degrees from -5 to 5 and at most three decimals, such as pi-001/load=-0.125.");

    private static Instant? Time(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) switch
    {
        null => null,
        var text when Instant.TryParseStated(text, out var instant) => instant,
        var text => throw Error($"{option.Name} '{text}' is not a time. {InstantCure}."),
    };

    private static string Words(RulePack? pack, List<(ProbeId Probe, int Milli)> offsets) => string.Join(", ", [
        pack is null ? "the packs that were in force" : $"{pack.Id} {pack.Version} ({pack.Hash}) as if it had always been in force",
        .. offsets.Select(offset => $"{offset.Probe} with {Celsius.FromMilli(offset.Milli)} °C added"),
    ]);

    private static ConfigurationException Error(string text) => new([text]);
}
