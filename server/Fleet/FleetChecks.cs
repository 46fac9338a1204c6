using ColdChain.Core.Readings;
using ColdChain.Core.Rules;

namespace ColdChain.Server.Fleet;

/// <summary>Finds what the parts of a fleet file contradict each other in.</summary>
internal static class FleetChecks
{
    public static void Run(FleetDraft draft, IReadOnlyDictionary<RuleKey, StorageRule>? rules)
    {
        FindRepeatedIds(draft);
        FindUnknownSites(draft);
        FindBadPeriods(draft, rules);
        FindBadProbes(draft);
        FindProbesInTwoPlaces(draft);
        FindBadContents(draft);
    }

    private static void FindRepeatedIds(FleetDraft draft)
    {
        Repeated(draft, "site", draft.Sites, site => site.Id);
        Repeated(draft, "device", draft.Devices, device => device.Id.Value ?? "");
        Repeated(draft, "storage unit", draft.Units, unit => unit.Id.Value ?? "");
    }

    private static void Repeated<T>(FleetDraft draft, string noun, List<Placed<T>> parts, Func<T, string> id)
    {
        foreach (var group in parts.Where(part => id(part.Part).Length > 0).GroupBy(part => id(part.Part)))
        {
            foreach (var repeated in group.Skip(1))
            {
                Report(draft, repeated.Line, $"{noun} '{group.Key}'", $"is already on line {group.First().Line}", "Give it another id, or remove one of the two");
            }
        }
    }

    private static void FindUnknownSites(FleetDraft draft)
    {
        var sites = draft.Sites.Select(site => site.Part.Id).ToHashSet();
        var uses = draft.Devices.Select(device => (Subject: $"device '{device.Part.Id}'", device.Part.Site, device.Line))
            .Concat(draft.Units.Select(unit => (Subject: $"storage unit '{unit.Part.Id}'", unit.Part.Site, unit.Line)));
        foreach (var use in uses.Where(use => use.Site.Length > 0 && !sites.Contains(use.Site)))
        {
            Report(draft, use.Line, use.Subject, $"is at the unknown site '{use.Site}'", $"Add the site, or write one of: {Listed(sites)}");
        }
    }

    private static void FindBadPeriods(FleetDraft draft, IReadOnlyDictionary<RuleKey, StorageRule>? rules)
    {
        foreach (var (part, line) in draft.Periods)
        {
            var subject = $"storage unit '{part.Unit}'";
            var period = part.Period;
            if (period.To <= period.From)
            {
                Report(draft, line, subject, $"has a period that ends at {period.To}, not after its start", "Write a 'to' that is later than 'from'");
            }

            if (part.HasAllProbes && period.Probes.All(probe => probe.Role == ProbeRole.Air))
            {
                Report(draft, line, subject, "has a period without a load probe, which alone decides", "Add a probe with role load");
            }

            if (rules is not null)
            {
                FindBadRules(draft, line, subject, period, rules);
            }
        }

        foreach (var periods in draft.Periods.GroupBy(period => period.Part.Unit))
        {
            FindOverlaps(draft, [.. periods.OrderBy(period => period.Part.Period.From)]);
        }
    }

    private static void FindBadRules(FleetDraft draft, long line, string subject, UnitPeriod period, IReadOnlyDictionary<RuleKey, StorageRule> rules)
    {
        var unusable = period.Products.Select(product => UnusableRule(period, product, rules)).OfType<(string What, string Cure)>().ToList();
        unusable.ForEach(reason => Report(draft, line, subject, reason.What, reason.Cure));
        var together = period.Products.Select(product => rules.GetValueOrDefault(new RuleKey(period.RulePackId, product, period.Context))).OfType<StorageRule>().ToList();
        if (unusable.Count == 0 && RulePack.Conflict(together) is { } conflict)
        {
            Report(draft, line, subject, $"names products that cannot share it: {conflict}", "Keep them in storage units of their own");
        }
    }

    private static (string What, string Cure)? UnusableRule(UnitPeriod period, string product, IReadOnlyDictionary<RuleKey, StorageRule> rules)
    {
        var (pack, context) = (period.RulePackId, period.Context);
        if (pack.Length == 0 || product.Length == 0)
        {
            return null; // Reported as such.
        }

        if (rules.TryGetValue(new RuleKey(pack, product, context), out var rule))
        {
            return !rule.IsEnabled ? ($"names the product '{product}', which rule pack '{pack}' has switched off", "Name an overlay of the pack that switches it on, with its reason, or another product")
                : !rule.HasLimits ? ($"names the context '{Word(context)}', in which '{product}' of rule pack '{pack}' has no limits of temperature", "Write storage or transport: nothing can be judged by a rule without limits")
                : null;
        }

        var ofPack = rules.Where(known => known.Key.Pack == pack && known.Value.IsEnabled && known.Value.HasLimits).Select(known => known.Key).ToList();
        var ofProduct = ofPack.Where(known => known.Product == product).ToList();
        return ofPack.Count == 0 ? ($"names the unknown rule pack '{pack}'", $"Write one of: {Listed(rules.Keys.Select(known => known.Pack))}")
            : ofProduct.Count == 0 ? ($"names the product '{product}', which rule pack '{pack}' does not have", $"Write one of: {Listed(ofPack.Select(known => known.Product))}")
            : ($"names the context '{Word(context)}', which '{product}' of rule pack '{pack}' does not have", $"Write one of: {Listed(ofProduct.Select(known => Word(known.Context)))}");
    }

    private static void FindOverlaps(FleetDraft draft, List<Placed<PeriodOfUnit>> periods)
    {
        foreach (var (earlier, later) in periods.Zip(periods.Skip(1)).Where(pair => pair.First.Part.Period.To > pair.Second.Part.Period.From))
        {
            Report(
                draft,
                later.Line,
                $"storage unit '{later.Part.Unit}'",
                $"has a period from {later.Part.Period.From} that overlaps the one on line {earlier.Line}",
                $"Give the earlier one a 'to' of {later.Part.Period.From} at the latest");
        }
    }

    private static void FindBadProbes(FleetDraft draft)
    {
        var devices = draft.Devices.Select(device => device.Part.Id).ToHashSet();
        foreach (var (part, line) in draft.Probes.Where(probe => probe.Part.Probe.Name is not null && !devices.Contains(probe.Part.Probe.Device)))
        {
            Report(draft, line, $"{part.Noun} '{part.Probe}'", $"is of the unknown device '{part.Probe.Device}'", $"Add the device to devices, or mend the {part.Noun}'s id");
        }
    }

    private static void FindProbesInTwoPlaces(FleetDraft draft)
    {
        foreach (var uses in draft.Probes.Where(probe => probe.Part.Probe.Name is not null).GroupBy(probe => probe.Part.Probe))
        {
            var ordered = uses.OrderBy(use => use.Part.Period.From).ToList();
            foreach (var (first, second) in ordered.Zip(ordered.Skip(1)).Where(pair => InTwoPlaces(pair.First.Part, pair.Second.Part)))
            {
                Report(
                    draft,
                    second.Line,
                    $"{second.Part.Noun} '{uses.Key}'",
                    $"is in storage unit '{second.Part.Unit}' from {second.Part.Period.From} and still in '{first.Part.Unit}' on line {first.Line}",
                    $"End the earlier period, or remove the {second.Part.Noun} from one of them");
            }
        }
    }

    // Two overlapping periods of one unit are reported as such; the same probe twice in one period is not.
    private static bool InTwoPlaces(ProbeInUnit first, ProbeInUnit second) =>
        first.Period.To > second.Period.From && (first.Unit != second.Unit || ReferenceEquals(first.Period, second.Period));

    private static void FindBadContents(FleetDraft draft)
    {
        var units = draft.Units.Select(unit => unit.Part.Id).ToHashSet();
        foreach (var (stay, line) in draft.Contents)
        {
            if (!units.Contains(stay.Unit))
            {
                Report(draft, line, $"blood unit '{stay.Donation}'", $"is in the unknown storage unit '{stay.Unit}'", "Add the storage unit, or mend 'unit'");
            }

            if (stay.Out <= stay.In)
            {
                Report(draft, line, $"blood unit '{stay.Donation}'", $"leaves at {stay.Out}, not after it came", "Write an 'out' that is later than 'in'");
            }
        }

        foreach (var stays in draft.Contents.GroupBy(stay => (stay.Part.Donation, stay.Part.Product)))
        {
            FindStaysInTwoPlaces(draft, [.. stays.OrderBy(stay => stay.Part.In)]);
        }
    }

    private static void FindStaysInTwoPlaces(FleetDraft draft, List<Placed<Stay>> stays)
    {
        foreach (var (first, second) in stays.Zip(stays.Skip(1)).Where(pair => pair.First.Part.Out > pair.Second.Part.In))
        {
            Report(
                draft,
                second.Line,
                $"blood unit '{second.Part.Donation}'",
                $"({second.Part.Product}) is in '{second.Part.Unit}' from {second.Part.In} and still in '{first.Part.Unit}' on line {first.Line}",
                "Write when it left the earlier place");
        }
    }

    private static void Report(FleetDraft draft, long line, string subject, string reason, string cure) =>
        draft.Errors.Add(new FleetError(line, subject, reason, cure));

    private static string Word(StorageContext context) => context.ToString().ToLowerInvariant();

    private static string Listed(IEnumerable<string> words) => string.Join(", ", words.Distinct().Order(StringComparer.Ordinal));
}
