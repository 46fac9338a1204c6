using ColdChain.Core.Isbt;
using ColdChain.Core.Readings;

namespace ColdChain.Tests.Shared.Prepared;

/// <summary>Thirteen storage units at three sites and on a van, in all five states.</summary>
internal static class PreparedFleet
{
    /// <summary>How far the measurements go back.</summary>
    public const int MinutesBack = 24 * 60;

    private static readonly (string Id, string Name)[] Sites =
        [("rabat", "CRTS Rabat"), ("hopital", "Hôpital Ibn Sina"), ("depot", "Dépôt de Salé"), ("collecte", "Collecte mobile")];

    /// <summary>Out of range for the last hour and, shorter, this morning; with a gap between.</summary>
    public static readonly PreparedUnit Out = new("frigo-2", "Réfrigérateur CGR 2", "rabat")
    {
        Load = ago => ago switch
        {
            < 55 => 6_000 + (55 - ago) * 40,
            > 300 and < 380 => null,
            > 600 and < 625 => 6_900,
            _ => PreparedUnit.Cycle(4_600, ago),
        },
        Contents = 12,
    };

    /// <summary>Nothing heard for longer than the largest gap.</summary>
    public static readonly PreparedUnit Unverified = new("frigo-3", "Réfrigérateur CGR 3", "hopital") { Load = ago => ago < 42 ? null : PreparedUnit.Cycle(3_900, ago), Contents = 5 };

    /// <summary>Nothing heard for longer than the limit for unknown time.</summary>
    public static readonly PreparedUnit Unknown = new("congel-2", "Congélateur plasma 2", "depot")
    {
        Kind = "freezer",
        Product = "FFP_A",
        Load = ago => ago < 420 ? null : PreparedUnit.Cycle(-31_000, ago),
        Contents = 8,
    };

    public static readonly PreparedUnit Near = new("plaq-2", "Incubateur plaquettes 2", "hopital")
    {
        Kind = "incubator",
        Product = "PLT",
        Load = ago => ago < 30 ? 23_800 : PreparedUnit.Cycle(22_000, ago),
        Contents = 3,
    };

    public static readonly PreparedUnit Fine = new("frigo-1", "Réfrigérateur CGR 1", "rabat") { Load = ago => PreparedUnit.Cycle(4_000, ago), Contents = 9 };

    public static readonly IReadOnlyList<PreparedUnit> Units =
    [
        Fine,
        Out,
        Unverified,
        Unknown,
        Near,
        new("plaq-1", "Incubateur plaquettes 1", "rabat") { Kind = "incubator", Product = "PLT", Load = ago => PreparedUnit.Cycle(22_000, ago), Contents = 4 },
        new("congel-1", "Congélateur plasma 1", "rabat") { Kind = "freezer", Product = "FFP_A", Load = ago => PreparedUnit.Cycle(-32_000, ago), Contents = 10 },
        new("frigo-4", "Réfrigérateur banque de sang", "hopital") { Load = ago => PreparedUnit.Cycle(3_700, ago), Contents = 6 },
        new("congel-3", "Congélateur cryoprécipités", "hopital") { Kind = "freezer", Product = "CRYO_A", Load = ago => PreparedUnit.Cycle(-34_500, ago) },
        new("frigo-5", "Réfrigérateur dépôt", "depot") { Load = ago => PreparedUnit.Cycle(4_300, ago), Contents = 2 },
        new("frigo-6", "Réfrigérateur sang total", "depot") { Product = "WB", Load = ago => PreparedUnit.Cycle(4_100, ago) },
        new("reactifs", "Réactifs", "hopital") { Product = "REAGENT", Load = ago => PreparedUnit.Cycle(5_000, ago) },
        new("camion", "Caisse du camion", "collecte") { Kind = "transport", Context = "transport", Load = ago => PreparedUnit.Cycle(6_100, ago), Contents = 3 },
    ];

    /// <summary>The fleet file of some units, enrolled when their measurements begin.</summary>
    public static string File(IReadOnlyList<PreparedUnit> units, Instant from)
    {
        var sites = Sites.Select(site => $"  - {{id: {site.Id}, name: \"{site.Name}\", zone: Africa/Casablanca}}");
        var devices = units.Select(unit => $"  - {{id: {unit.Device}, site: {unit.Site}}}");
        var contents = units.SelectMany((unit, place) => Enumerable.Range(1, unit.Contents).Select(number => Stay(unit, (place * 100) + number, from))).ToList();
        return string.Join('\n', [
            "sites:", .. sites,
            "devices:", .. devices,
            "storage-units:", .. units.Select(unit => UnitOf(unit, from)),
            .. contents.Count > 0 ? ["contents:", .. contents] : (string[])[],
            "",
        ]);
    }

    private static string UnitOf(PreparedUnit unit, Instant from) => $$"""
          - id: {{unit.Id}}
            name: "{{unit.Name}}"
            site: {{unit.Site}}
            kind: {{unit.Kind}}
            history:
              - from: {{from}}
                rules: eu-edqm
                product: {{unit.Product}}
                context: {{unit.Context}}
                probes:
                  - {id: {{unit.Device}}/load, role: load}
                  - {id: {{unit.Device}}/air, role: air}
        """;

    private static string Stay(PreparedUnit unit, int number, Instant from)
    {
        DonationNumber.TryParseValue($"W000026{number:000000}", out var donation).Should().BeTrue();
        return $"  - {{unit: {unit.Id}, donation: \"{donation.Value}{donation.CheckCharacter}\", product: {unit.Product}, in: {from}}}";
    }
}
