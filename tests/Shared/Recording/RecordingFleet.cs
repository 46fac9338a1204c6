using ColdChain.Core.Isbt;
using ColdChain.Core.Readings;

namespace ColdChain.Tests.Shared.Recording;

/// <summary>
/// The fleet file of a recording: one fridge whose supervision ends with the recording, so that the silence afterwards is nobody's, and
/// blood units that were in it all the time, came, left, or came and left.
/// </summary>
public static class RecordingFleet
{
    /// <summary>How long supervision lasts beyond the last sample.</summary>
    public static readonly TimeSpan Afterwards = TimeSpan.FromMinutes(1);

    public static StorageUnitId Unit { get; } = new("fridge");

    public static ProbeId Probe { get; } = new(new DeviceId("logger"), "load");

    public static string Of(FridgeTag log)
    {
        var (first, last) = (log.Samples[0].At, log.Samples[^1].At);
        var third = (last - first) / 3;
        return $$"""
            sites:
              - {id: site, name: Site, zone: UTC}
            devices:
              - {id: {{Probe.Device}}, site: site}
            storage-units:
              - id: {{Unit}}
                name: Fridge
                site: site
                kind: refrigerator
                history:
                  - from: {{first}}
                    to: {{last + Afterwards}}
                    rules: {{LoggerRulePack.Id}}
                    product: {{LoggerRulePack.Product}}
                    context: storage
                    probes: [{id: {{Probe}}, role: load}]
            contents:
              - {unit: {{Unit}}, donation: "{{Donation(1)}}", product: RBC, in: {{first}}}
              - {unit: {{Unit}}, donation: "{{Donation(2)}}", product: RBC, in: {{first}}, out: {{first + third}}}
              - {unit: {{Unit}}, donation: "{{Donation(3)}}", product: RBC, in: {{first + third}}, out: {{first + (2 * third)}}}
              - {unit: {{Unit}}, donation: "{{Donation(4)}}", product: RBC, in: {{first + (2 * third)}}}
            """;
    }

    private static string Donation(int serial) => DonationNumber.TryParseValue($"W0000260000{serial:00}", out var number)
        ? $"{number}{number.CheckCharacter}"
        : throw new ArgumentOutOfRangeException(nameof(serial));
}
