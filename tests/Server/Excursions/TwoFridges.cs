namespace ColdChain.Server.Tests.Excursions;

/// <summary>Two fridges that one device serves, and a second device.</summary>
internal static class TwoFridges
{
    public const string Fleet = """
        sites: [{ id: rabat, name: Rabat, zone: Africa/Casablanca }]
        devices: [{ id: pi-001, site: rabat }, { id: pi-002, site: rabat }]
        storage-units:
          - id: fridge-1
            name: Fridge 1
            site: rabat
            kind: refrigerator
            history:
              - { from: 2026-01-01T00:00:00Z, rules: eu-edqm, product: RBC, context: storage, probes: [{ id: pi-001/load, role: load }] }
          - id: fridge-2
            name: Fridge 2
            site: rabat
            kind: refrigerator
            history:
              - { from: 2026-01-01T00:00:00Z, rules: eu-edqm, product: RBC, context: storage, probes: [{ id: pi-001/deep, role: load }] }
        """;

    /// <summary>
    /// The same with a change of places at an instant: what stood in the first fridge goes to the second, and another device takes its place.
    /// </summary>
    public static string FleetWithMoveAt(string instant) => Fleet
        .Replace(
            "{ from: 2026-01-01T00:00:00Z, rules: eu-edqm, product: RBC, context: storage, probes: [{ id: pi-001/load, role: load }] }",
            $$"""
            { from: 2026-01-01T00:00:00Z, to: {{instant}}, rules: eu-edqm, product: RBC, context: storage, probes: [{ id: pi-001/load, role: load }] }
                  - { from: {{instant}}, rules: eu-edqm, product: RBC, context: storage, probes: [{ id: pi-002/load, role: load }] }
            """,
            StringComparison.Ordinal)
        .Replace(
            "{ from: 2026-01-01T00:00:00Z, rules: eu-edqm, product: RBC, context: storage, probes: [{ id: pi-001/deep, role: load }] }",
            $$"""
            { from: 2026-01-01T00:00:00Z, to: {{instant}}, rules: eu-edqm, product: RBC, context: storage, probes: [{ id: pi-001/deep, role: load }] }
                  - { from: {{instant}}, rules: eu-edqm, product: RBC, context: storage, probes: [{ id: pi-001/deep, role: load }, { id: pi-001/load, role: load }] }
            """,
            StringComparison.Ordinal);
}
