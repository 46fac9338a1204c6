using ColdChain.Core.People;
using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Core.Signals;
using ColdChain.Server.Fleet;
using ColdChain.Server.Tests.Ingest;

namespace ColdChain.Server.Tests.Fleet;

public sealed class FleetReaderTests
{
    [Fact]
    public void Sound_File_IsReadWhole()
    {
        var fleet = FleetText.Read(FleetText.Sound);

        fleet.FindSite("rabat")!.Zone.Id.Should().Be("Africa/Casablanca");
        fleet.FindDevice(new DeviceId("gateway")).Should().Be(new Device(new DeviceId("gateway"), "rabat", IsForeign: true));
        fleet.FindDevice(new DeviceId("pi-001"))!.IsForeign.Should().BeFalse();
        fleet.FindUnit(new StorageUnitId("incubator-1"))!.Kind.Should().Be(StorageUnitKind.Incubator);
        var period = fleet.FindUnit(new StorageUnitId("fridge-1"))!.History[0];
        (period.RulePackId, period.Product, period.Context).Should().Be(("eu-edqm", "RBC", StorageContext.Storage));
        period.Probes.Should().Equal(new FleetProbe(Probe("pi-001/load"), ProbeRole.Load, -125), new FleetProbe(Probe("pi-001/air"), ProbeRole.Air, 0));
        fleet.Contents[0].Donation.Value.Should().Be("G123498654321");
        fleet.Contents[0].Out.Should().Be(Some.At("2026-01-05T00:00:00Z"));
        fleet.Contents[1].Out.Should().Be(Instant.End);
    }

    [Fact]
    public void Site_WithARegion_IsThere()
    {
        var fleet = FleetText.Read(FleetText.Sound.Replace("zone: Africa/Casablanca", "zone: Africa/Casablanca\n    region: nord", StringComparison.Ordinal));

        fleet.PlaceOf(new StorageUnitId("fridge-1")).Should().Be(new Place("rabat", "nord"));
        fleet.PlaceOf(new StorageUnitId("fridge-9")).Should().BeNull();
        FleetText.Read(FleetText.Sound).PlaceOf("rabat").Should().Be(new Place("rabat", null));
    }

    [Theory]
    [InlineData("pi-001/load", "2025-12-31T23:59:59Z", null)]
    [InlineData("pi-001/load", "2026-01-01T00:00:00Z", "fridge-1")]
    [InlineData("pi-001/air", "2026-05-31T23:59:59Z", "fridge-1")]
    [InlineData("pi-001/air", "2026-06-01T00:00:00Z", null)]
    [InlineData("pi-001/load", "2036-01-01T00:00:00Z", "fridge-1")]
    [InlineData("gateway/load", "2026-02-01T00:00:00Z", "incubator-1")]
    [InlineData("gateway/other", "2026-02-01T00:00:00Z", null)]
    public void Probe_AtAnInstant_IsInTheUnitOfThatInstant(string probe, string at, string? unit)
    {
        FleetText.Read(FleetText.Sound).UnitOf(Probe(probe), Some.At(at))?.Id.Value.Should().Be(unit);
        (FleetText.Read(FleetText.Sound).UnitOf(Probe(probe), Some.At(at)) is null).Should().Be(unit is null);
    }

    [Theory]
    [InlineData("zone: Africa/Casablanca", "zone: Africa/Rabat", "line 4: site 'rabat' has 'Africa/Rabat' as zone. Write an IANA time zone")]
    [InlineData("- id: pi-001\n", "- id: pi 001\n", "line 6: device|has 'pi 001' as id")]
    [InlineData("foreign: true", "foreign: yes", "line 10: device 'gateway' has 'yes' as foreign. Write true or false")]
    [InlineData("    foreign: true", "    foriegn: true", "line 10: device 'gateway' has the unknown key 'foriegn'|foreign, id, site")]
    [InlineData("kind: refrigerator", "kind: fridge", "line 15: storage unit 'fridge-1' has 'fridge' as kind. Write refrigerator, incubator, freezer or transport")]
    [InlineData("    kind: refrigerator\n", "", "line 12: storage unit 'fridge-1' has no 'kind'")]
    [InlineData("id: incubator-1", "id: fridge-1", "line 34: storage unit 'fridge-1' is already on line 12")]
    [InlineData("- id: gateway\n", "- id: pi-001\n", "line 8: device 'pi-001' is already on line 6")]
    [InlineData("- id: rabat\n", "- id: tanger\n", "line 12: storage unit 'fridge-1' is at the unknown site 'rabat'. Add the site, or write one of: tanger")]
    [InlineData("to: 2026-06-01T00:00:00Z", "to: 2026-06-02T00:00:00Z", "line 28: storage unit 'fridge-1' has a period from 2026-06-01T00:00:00.000Z that overlaps the one on line 17")]
    [InlineData("to: 2026-06-01T00:00:00Z", "to: 2025-06-01T00:00:00Z", "line 17: storage unit 'fridge-1' has a period that ends at 2025-06-01T00:00:00.000Z, not after its start")]
    [InlineData("to: 2026-06-01T00:00:00Z", "to: 2026-06-01", "line 18: storage unit 'fridge-1' period 1 has '2026-06-01' as to. Write date and time with zone")]
    [InlineData("from: 2026-06-01T02:00:00+02:00", "from: soon", "line 28: storage unit 'fridge-1' period 2 has 'soon' as from")]
    [InlineData("rules: who", "rules: wo", "line 28: storage unit 'fridge-1' names the unknown rule pack 'wo'. Write one of: eu-edqm, who")]
    [InlineData("product: PLT", "product: FFP", "line 39: storage unit 'incubator-1' names the product 'FFP', which rule pack 'eu-edqm' does not have. Write one of: PLT, RBC")]
    [InlineData("product: PLT\n        context: storage", "product: PLT\n        context: transport", "line 39: storage unit 'incubator-1' names the context 'transport', which 'PLT'|Write one of: storage")]
    [InlineData("context: storage", "context: cellar", "line 21: storage unit 'fridge-1' period 1 has 'cellar' as context. Write storage, transport or bench")]
    [InlineData("role: load }", "role: air }", "line 28: storage unit 'fridge-1' has a period without a load probe")]
    [InlineData("probes:\n          - { id: pi-001/load, role: load }", "probes: []", "line 28: storage unit 'fridge-1' has a period without a load probe, which alone decides. Add a probe with role load")]
    [InlineData("role: load }", "role: core }", "line 33: probe 'pi-001/load' has 'core' as role. Write load for")]
    [InlineData("gateway/load", "pi-001/load", "line 44: probe 'pi-001/load' is in storage unit 'incubator-1'|and still in 'fridge-1' on line 23")]
    [InlineData("id: pi-001/air", "id: pi-001/load", "line 26: probe 'pi-001/load' is in storage unit 'fridge-1'|and still in 'fridge-1' on line 23")]
    [InlineData("gateway/load", "gatway/load", "line 44: probe 'gatway/load' is of the unknown device 'gatway'")]
    [InlineData("-0.125", "-5.001", "line 25: probe 'pi-001/load' has '-5.001' as calibration-offset. Write degrees from -5 to 5")]
    [InlineData("-0.125", "-0.1255", "line 25: probe 'pi-001/load' has '-0.1255' as calibration-offset")]
    [InlineData("-0.125", "-0.125\n            uncertainty: 0", "line 26: probe 'pi-001/load' has '0' as uncertainty. Write the expanded uncertainty (k = 2) in degrees, above 0")]
    [InlineData("-0.125", "-0.125\n            calibrated: 15/01/2026", "line 26: probe 'pi-001/load' has '15/01/2026' as calibrated. Write a date, such as 2026-01-31")]
    [InlineData("-0.125", "-0.125\n            calibration-due: 2026-02-30", "line 26: probe 'pi-001/load' has '2026-02-30' as calibration-due")]
    [InlineData("-0.125", "-0.125\n            certificate: \"\"", "line 26: probe 'pi-001/load' has '' as certificate")]
    [InlineData("name: Fridge 1", "name: Fridge 1\n    giai: 8004 1", "line 14: storage unit 'fridge-1' has '8004 1' as giai. Write the GIAI of 1 to 30")]
    [InlineData("654321 H", "654321 X", "line 47: blood unit 'G1234 98 654321 X' cannot be identified|read the label again")]
    [InlineData("- unit: fridge-1", "- unit: fridge-9", "line 46: blood unit 'G123498654321' is in the unknown storage unit 'fridge-9'")]
    [InlineData("out: 2026-01-05T00:00:00Z", "out: 2026-01-01T00:00:00Z", "line 46: blood unit 'G123498654321' leaves at 2026-01-01T00:00:00.000Z, not after it came")]
    [InlineData("W0000 26 123456 *", "G1234 98 654321 H", "line 51: blood unit 'G123498654321' (RBC) is in 'fridge-1' from|still in 'fridge-1' on line 46")]
    [InlineData("sites:\n", "places:\n", "line 1: the fleet file has the unknown key 'places'")]
    [InlineData("sites:\n", "sites: [\n", "the fleet file is not YAML")]
    [InlineData("name: Fridge 1", "name: \"\"", "line 13: storage unit 'fridge-1' has '' as name")]
    [InlineData("name: Fridge 1", "name: \"Fridge\\n1\"", "line 13: storage unit 'fridge-1' has 'Fridge\uFFFD1' as name. Write the name that people use")]
    [InlineData("name: Fridge 1", "name: &n Fridge 1\n    other: *n", "line 14: the fleet file is not YAML: The alias '*n' is not read here: write what it stands for.")]
    [InlineData("name: Fridge 1", "name: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]", "line 13: the fleet file is not YAML: It is nested deeper than 32 levels.")]
    [InlineData("name: Fridge 1", "name: [1, 2]", "line 13: storage unit 'fridge-1' has several values as name")]
    [InlineData("    site: rabat\n    kind: incubator", "    site: rabat\n    site: rabat\n    kind: incubator", "line 37|is not YAML: Duplicate key")]
    public void Fault_IsReportedWithLineReasonAndCure(string old, string replacement, string expected)
    {
        var errors = string.Join('\n', FleetText.Errors(FleetText.With(old, replacement)));

        errors.Should().ContainAll(expected.Split('|'));
    }

    [Fact]
    public void Calibration_ThatIsRecorded_IsRead_AndJudgesNothingAgain()
    {
        var recorded = FleetText.Read(FleetText.With("-0.125", "-0.125\n            certificate: C-118\n            calibrated: 2026-01-15\n            calibration-due: 2027-01-15\n            uncertainty: 0.1")
            .Replace("name: Fridge 1", "name: Fridge 1\n    giai: 611000.1/a-9", StringComparison.Ordinal));

        recorded.Units[0].Giai.Should().Be("611000.1/a-9");
        recorded.Units[0].History[0].Probes[0].Certificate.Should().Be(new ProbeCertificate("C-118", new DateOnly(2026, 1, 15), new DateOnly(2027, 1, 15), 100));
        recorded.Units[1].Giai.Should().BeNull();
        recorded.Units[1].History[0].Probes[0].Certificate.Should().Be(ProbeCertificate.NotRecorded);
        FleetChange.Between(FleetText.Read(FleetText.Sound), recorded).Should().BeEmpty();
    }

    [Theory]
    [InlineData("id: pi-001/door, kind: door", "id: pi-001/door, kind: gate", "line 45: signal 'pi-001/door' has 'gate' as kind. Write door, mains or agitation")]
    [InlineData("id: pi-001/door, kind: door", "id: door, kind: door", "line 45: signal 1 has 'door' as id. Write device/signal, such as pi-001/door")]
    [InlineData("id: pi-001/door, kind: door", "id: pi-9/door, kind: door", "line 45: signal 'pi-9/door' is of the unknown device 'pi-9'. Add the device to devices, or mend the signal's id")]
    [InlineData("id: pi-001/door, kind: door", "id: gateway/load, kind: door", "line 45: signal 'gateway/load' is in storage unit 'incubator-1'|and still in 'incubator-1' on line 44|remove the signal from one of them")]
    [InlineData("id: pi-001/door, kind: door", "id: pi-001/load, kind: door", "line 45: signal 'pi-001/load' is in storage unit 'incubator-1'|and still in 'fridge-1' on line 23")]
    public void Fault_OfASignal_IsReportedWithLineReasonAndCure(string old, string replacement, string expected)
    {
        var errors = string.Join('\n', FleetText.Errors(WithSignal().Replace(old, replacement, StringComparison.Ordinal)));

        errors.Should().ContainAll(expected.Split('|'));
    }

    [Fact]
    public void Signal_OfAPeriod_IsInItsUnitAndIsNoProbe()
    {
        var fleet = FleetText.Read(WithSignal());
        var at = Some.At("2026-02-01T00:00:00Z");

        fleet.FindUnit(new StorageUnitId("incubator-1"))!.History[0].Signals.Should().Equal(new FleetSignal(Probe("pi-001/door"), SignalKind.Door));
        fleet.UnitOf(Probe("pi-001/door"), at)!.Id.Value.Should().Be("incubator-1");
        (fleet.IsSignal(Probe("pi-001/door"), at), fleet.IsSignal(Probe("gateway/load"), at), fleet.IsSignal(Probe("pi-001/other"), at)).Should().Be((true, false, null));
    }

    [Fact]
    public void Signal_ThatChanges_HasItsUnitJudgedAgain()
    {
        var changed = FleetText.Read(WithSignal().Replace("kind: door", "kind: mains", StringComparison.Ordinal));

        FleetChange.Between(FleetText.Read(WithSignal()), changed).Should().ContainSingle().Which.Unit.Value.Should().Be("incubator-1");
    }

    private static string WithSignal() => FleetText.Sound.Replace("contents:", "        signals: [{ id: pi-001/door, kind: door }]\ncontents:", StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("- a\n- b")]
    [InlineData("just a text")]
    public void Text_ThatIsNoMapping_IsRefused(string text) =>
        FleetText.Errors(text).Should().ContainSingle().Which.ToString().Should().StartWith("line 1: the fleet file is not one mapping");

    [Fact]
    public void Faults_Several_AreReportedAllAtOnceInTheOrderOfLines()
    {
        var text = FleetText.With("zone: Africa/Casablanca", "zone: Nowhere").Replace("kind: refrigerator", "kind: box", StringComparison.Ordinal)
            .Replace("rules: who", "rules: whom", StringComparison.Ordinal).Replace("123456 *", "123457 *", StringComparison.Ordinal);

        FleetText.Errors(text).Select(error => error.Line).Should().Equal(4, 15, 28, 52);
    }

    [Fact]
    public void Fault_InOnePlace_IsReportedOnce()
    {
        FleetText.Errors(FleetText.With("- id: rabat\n    name: Centre de Rabat", "- id: rabat")).Should().ContainSingle()
            .Which.ToString().Should().Be("line 2: site 'rabat' has no 'name'. Write the name that people use.");
    }

    private static ProbeId Probe(string text) => ProbeId.TryParse(text, out var probe) ? probe : throw new FormatException(text);
}
