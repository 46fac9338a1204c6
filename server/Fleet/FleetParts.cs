using ColdChain.Core.Isbt;
using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Core.Signals;

namespace ColdChain.Server.Fleet;

/// <summary>Takes the parts of the file out of its mappings; what they mean together is for <see cref="FleetChecks"/>.</summary>
internal static class FleetParts
{
    private const string IdCure = "Write 1 to 64 letters, digits, '-', '_' or '.', a letter or digit first";
    private const string InstantCure = "Write date and time with zone, such as 2026-11-22T08:00:00Z";

    public static void Read(YamlMap root, FleetDraft draft)
    {
        draft.Sites.AddRange(root.List("sites", "site", required: true).Select(ReadSite));
        draft.Devices.AddRange(root.List("devices", "device", required: true).Select(ReadDevice));
        foreach (var map in root.List("storage-units", "storage unit", required: true))
        {
            ReadUnit(map, draft);
        }

        foreach (var map in root.List("contents", "contents entry", required: false))
        {
            ReadStay(map, draft);
        }

        root.Close();
    }

    private static Placed<Site> ReadSite(YamlMap map)
    {
        var id = map.Value<StorageUnitId>("id", StorageUnitId.TryParse, IdCure).Value ?? "";
        map.Subject = $"site '{id}'";
        var name = map.Text("name", "Write the name that people use");
        var zone = map.Value<TimeZoneInfo>("zone", TryZone, "Write an IANA time zone, such as Africa/Casablanca");
        var region = map.ValueOr<StorageUnitId>("region", default, StorageUnitId.TryParse, IdCure + ", or leave it out").Value;
        map.Close();
        return new(new Site(id, name, zone ?? TimeZoneInfo.Utc) { Region = region }, map.Line);
    }

    private static Placed<Device> ReadDevice(YamlMap map)
    {
        var id = map.Value<DeviceId>("id", DeviceId.TryParse, IdCure);
        map.Subject = $"device '{id}'";
        var site = map.Text("site", "Write the id of one of the sites");
        var foreign = map.ValueOr("foreign", false, FleetTexts.TryFlag, "Write true or false");
        map.Close();
        return new(new Device(id, site, foreign), map.Line);
    }

    private static void ReadUnit(YamlMap map, FleetDraft draft)
    {
        var id = map.Value<StorageUnitId>("id", StorageUnitId.TryParse, IdCure);
        map.Subject = $"storage unit '{id}'";
        var name = map.Text("name", "Write the name that people use");
        var site = map.Text("site", "Write the id of one of the sites");
        var kind = map.Value<StorageUnitKind>("kind", FleetTexts.TryKind, "Write refrigerator, incubator, freezer or transport");
        var giai = map.ValueOr<string?>("giai", null, FleetTexts.TryGiai, "Write the GIAI of 1 to 30 letters, digits, '-', '.' or '/', without its application identifier, or leave it out");
        var periods = map.List("history", $"storage unit '{id}' period", required: true).Select(period => ReadPeriod(period, id, draft)).ToList();
        map.Close();
        draft.Units.Add(new(new StorageUnit(id, name, site, kind, [.. periods.OrderBy(period => period.From)]) { Giai = giai }, map.Line));
    }

    private static UnitPeriod ReadPeriod(YamlMap map, StorageUnitId unit, FleetDraft draft)
    {
        var errors = draft.Errors.Count;
        var from = map.Value<Instant>("from", Instant.TryParseStated, InstantCure);
        var to = map.ValueOr("to", Instant.End, Instant.TryParseStated, InstantCure + ", or leave it out while the period goes on");
        var dated = draft.Errors.Count == errors;
        var rules = map.Text("rules", "Write the id of a rule pack, such as eu-edqm");
        var products = ReadProducts(map);
        var context = map.Value<StorageContext>("context", FleetTexts.TryContext, "Write storage, transport or bench");
        var errorsBefore = draft.Errors.Count;
        var probes = map.List("probes", "probe", required: true).Select(ReadProbe).ToList();
        var hasAllProbes = draft.Errors.Count == errorsBefore;
        var signals = map.List("signals", "signal", required: false).Select(ReadSignal).ToList();
        map.Close();
        var period = new UnitPeriod(from, to, rules, products, context, [.. probes.Select(probe => probe.Part)]) { Signals = [.. signals.Select(signal => signal.Part)] };
        if (dated)
        {
            // Without its dates a period would only contradict the others by chance.
            draft.Periods.Add(new(new PeriodOfUnit(unit, period, hasAllProbes), map.Line));
            draft.Probes.AddRange(probes.Select(probe => new Placed<ProbeInUnit>(new ProbeInUnit(unit, period, probe.Part.Id, "probe"), probe.Line)));
            draft.Probes.AddRange(signals.Select(signal => new Placed<ProbeInUnit>(new ProbeInUnit(unit, period, signal.Part.Id, "signal"), signal.Line)));
        }

        return period;
    }

    /// <summary>One product, or a list of those that share the storage unit.</summary>
    private static IReadOnlyList<string> ReadProducts(YamlMap map)
    {
        const string cure = "Write a product of the rule pack, such as RBC; or several that share it, as 'products: [RBC, REAGENT]'";
        if (map.Texts("products", cure) is not { } several)
        {
            return [map.Text("product", cure)];
        }

        if (map.Knows("product"))
        {
            map.Report(map.LineOf("product"), "has both 'product' and 'products'", "Keep one of the two");
        }

        if (several.Count == 0 || several.Distinct().Count() < several.Count)
        {
            map.Report(map.LineOf("products"), several.Count == 0 ? "has no product in 'products'" : "names a product twice in 'products'", "Write each product once");
        }

        return several.Count == 0 ? [""] : several;
    }

    private static Placed<FleetProbe> ReadProbe(YamlMap map)
    {
        var id = map.Value<ProbeId>("id", ProbeId.TryParse, "Write device/probe, such as pi-001/load");
        map.Subject = $"probe '{id}'";
        var role = map.Value<ProbeRole>("role", FleetTexts.TryRole, "Write load for a buffered probe that decides, air for one that only warns");
        var offset = map.ValueOr("calibration-offset", 0, FleetTexts.TryOffset, "Write degrees from -5 to 5 with at most three decimals, such as -0.125");
        var certificate = ReadCertificate(map);
        map.Close();
        return new(new FleetProbe(id, role, offset) { Certificate = certificate }, map.Line);
    }

    private static ProbeCertificate ReadCertificate(YamlMap map)
    {
        const string dateCure = "Write a date, such as 2026-01-31, or leave it out";
        return new(
            map.Knows("certificate") ? map.Text("certificate", "Write the number of the calibration certificate, or leave it out") : null,
            map.ValueOr<DateOnly?>("calibrated", null, FleetTexts.TryDate, dateCure),
            map.ValueOr<DateOnly?>("calibration-due", null, FleetTexts.TryDate, dateCure),
            map.ValueOr<int?>("uncertainty", null, FleetTexts.TryUncertainty, "Write the expanded uncertainty (k = 2) in degrees, above 0, at most 5 and with at most three decimals, or leave it out"));
    }

    private static Placed<FleetSignal> ReadSignal(YamlMap map)
    {
        var id = map.Value<ProbeId>("id", ProbeId.TryParse, "Write device/signal, such as pi-001/door");
        map.Subject = $"signal '{id}'";
        var kind = map.Value<SignalKind>("kind", FleetTexts.TrySignalKind, "Write door, mains or agitation");
        map.Close();
        return new(new FleetSignal(id, kind), map.Line);
    }

    private static void ReadStay(YamlMap map, FleetDraft draft)
    {
        var errors = draft.Errors.Count;
        var donation = ReadDonation(map);
        var unit = map.Value<StorageUnitId>("unit", StorageUnitId.TryParse, "Write the id of one of the storage units");
        var product = map.Text("product", "Write the product, such as RBC");
        var from = map.Value<Instant>("in", Instant.TryParseStated, InstantCure);
        var to = map.ValueOr("out", Instant.End, Instant.TryParseStated, InstantCure + ", or leave it out while the blood unit is inside");
        map.Close();
        if (draft.Errors.Count == errors)
        {
            draft.Contents.Add(new(new Stay(unit, donation, product, from, to, map.Line), map.Line));
        }
    }

    private static DonationNumber ReadDonation(YamlMap map)
    {
        var text = map.Text("donation", "Write the donation identification number with its check character, as printed on the bag");
        map.Subject = $"blood unit '{text}'";
        if (text.Length > 0 && !DonationNumber.TryParse(text, out _, out var error))
        {
            map.Report(map.LineOf("donation"), "cannot be identified", error);
        }

        return DonationNumber.TryParse(text, out var donation, out _) ? donation : default;
    }

    private static bool TryZone(string text, out TimeZoneInfo zone)
    {
        // Windows names would work on some machines only.
        var found = TimeZoneInfo.TryFindSystemTimeZoneById(text, out var known);
        zone = known ?? TimeZoneInfo.Utc;
        return found && zone.HasIanaId;
    }
}
