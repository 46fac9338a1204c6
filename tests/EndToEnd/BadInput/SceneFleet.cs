using ColdChain.Core.Readings;

namespace ColdChain.EndToEnd.Tests.BadInput;

/// <summary>Five fridges with one device each.</summary>
internal static class SceneFleet
{
    /// <summary>Its fridge was too warm for a while: there are an excursion and holds.</summary>
    public static readonly DeviceId Warm = new("pi-1");

    /// <summary>The device that speaks badly, and well.</summary>
    public static readonly DeviceId Speaker = new("pi-2");

    /// <summary>A whole agent as a process of its own.</summary>
    public static readonly DeviceId Agent = new("pi-3");

    /// <summary>Its packs come in order.</summary>
    public static readonly DeviceId Ordered = new("pi-4");

    /// <summary>Its packs come in another order.</summary>
    public static readonly DeviceId Reordered = new("pi-5");

    public static IReadOnlyList<DeviceId> All => [Warm, Speaker, Agent, Ordered, Reordered];

    /// <summary>The fridge of a device.</summary>
    public static StorageUnitId UnitOf(DeviceId device) => new($"fridge-of-{device}");

    public static string Text(Instant from) => $$"""
        sites: [{id: site, name: Site, zone: UTC}]
        devices: [{{string.Join(", ", All.Select(device => $$"""{id: {{device}}, site: site}"""))}}]
        storage-units:
        {{string.Join('\n', All.Select(device => $$"""
          - id: {{UnitOf(device)}}
            name: Fridge of {{device}}
            site: site
            kind: refrigerator
            history: [{from: {{from}}, rules: eu-edqm, product: RBC, context: storage, probes: [{id: {{device}}/load, role: load}]}]
        """))}}
        contents:
          - {unit: {{UnitOf(Warm)}}, donation: "W000026000001F", product: RBC, in: {{from}}}
        """;
}
