using System.Text.Json;
using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Tests.Ingest;

/// <summary>A state where a temperature belongs, and the other way round: kept as it came, counted, and told once.</summary>
public sealed class OtherKindTests
{
    private const string Fleet = """
        sites: [{ id: rabat, name: Rabat, zone: Africa/Casablanca }]
        devices: [{ id: pi-001, site: rabat }]
        storage-units:
          - id: fridge-1
            name: Fridge 1
            site: rabat
            kind: refrigerator
            history:
              - from: 2026-01-01T00:00:00Z
                rules: eu-edqm
                product: RBC
                context: storage
                probes: [{ id: pi-001/load, role: load }]
                signals: [{ id: pi-001/door, kind: door }]
        """;

    private static readonly ProbeId Door = new(Some.Device, "door");

    [Fact]
    public async Task Readings_OfAnotherKindThanTheirChannel_AreKeptCountedAndToldOnce()
    {
        await using var bench = await IngestBench.StartAsync(fleet: IngestBench.FleetOf(Fleet));

        await bench.SendAsync(Some.PackOf(State(1, Some.Probe), State(2, Some.Probe)));
        await bench.SendAsync(Some.PackOf(Some.Reading(3, probe: Door)));

        bench.Readings(Some.Probe, Door).Select(reading => (reading.Value is null, reading.State)).Should().Equal((true, true), (true, true), (false, null));
        bench.Count(CountedAs.ReadingOfOtherKind).Should().Be(3);
        var told = bench.Events(EventKinds.ReadingOfOtherKind).Should().ContainSingle().Subject;
        JsonDocument.Parse(told.Payload).RootElement.GetProperty("reason").GetString()
            .Should().Be("'pi-001/load' sends states (vb), and the fleet file has it among the probes: name it under signals, or mend the device");
    }

    [Fact]
    public async Task Readings_OfTheirChannelsKind_AndFaults_AreNotCounted()
    {
        await using var bench = await IngestBench.StartAsync(fleet: IngestBench.FleetOf(Fleet));

        await bench.SendAsync(Some.PackOf(
            State(1, Door), Some.Reading(2), Some.Reading(3) with { Value = null, Fault = "missing" }, State(4, new ProbeId(Some.Device, "nowhere")),
            Some.Reading(5, probe: Door) with { Value = null, Fault = "missing" }));

        bench.Count(CountedAs.ReadingOfOtherKind).Should().Be(0);
        bench.Events(EventKinds.ReadingOfOtherKind).Should().BeEmpty();
    }

    [Fact]
    public async Task States_OfAForeignDevice_AreTwoReadingsWhenTheyDiffer()
    {
        await using var bench = await IngestBench.StartAsync();
        var probe = new ProbeId(new DeviceId("gateway"), "load");
        const string pack = """[{"bn":"gateway/","n":"load","t":1767600000,"vb":true}]""";

        await bench.SendAsync(probe.Device, Core.Wire.UpKind.Live, pack);
        await bench.SendAsync(probe.Device, Core.Wire.UpKind.Live, pack);
        await bench.SendAsync(probe.Device, Core.Wire.UpKind.Live, pack.Replace("true", "false", StringComparison.Ordinal));

        bench.Readings(probe).Select(reading => reading.State).Should().BeEquivalentTo([true, false]);
    }

    private static Reading State(long seq, ProbeId probe) => Some.Reading(seq, probe: probe) with { Value = null, State = true };
}
