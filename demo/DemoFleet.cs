using ColdChain.Core.Readings;
using ColdChain.Edge.Sensors.Simulated;

namespace ColdChain.Demo;

/// <summary>Twelve fridges, incubators and freezers of three sites, and a collection van.</summary>
internal static class DemoFleet
{
    public static readonly IReadOnlyList<(string Id, string Name)> Sites =
    [
        ("atlas", "Centre régional Atlas"),
        ("rif", "Banque de sang, hôpital du Rif"),
        ("oasis", "Dépôt de sang Oasis"),
    ];

    /// <summary>The fridge whose door stays open once everything runs.</summary>
    public static readonly DemoUnit DoorLeftOpen = new()
    {
        Id = "oasis-cgr-1",
        Name = "Réfrigérateur CGR 1",
        Site = "oasis",
        Kind = "refrigerator",
        Product = "RBC",
        Contents = 6,
        Interval = TimeSpan.FromSeconds(10),
        // It runs warm, and a small probe follows the air quickly: an open door shows within a minute.
        Model = ModelParameters.BloodFridge with
        {
            CoolFromCelsius = 5.75,
            CoolUntilCelsius = 5.45,
            DoorOpeningsPerHour = 0,
            DoorTau = TimeSpan.FromSeconds(30),
            LoadTau = TimeSpan.FromMinutes(5),
            DoorMixing = 1,
        },
    };

    /// <summary>The fridge that lost its mains during the night before, and its load probe for some minutes of that: an excursion that is over and can be reported.</summary>
    public static readonly DemoUnit PowerLost = Fridge("rif-cgr-1", "Réfrigérateur CGR", "rif", contents: 6) with
    {
        Past = enrolledAt =>
        [
            new Happening.MainsFailure(enrolledAt + TimeSpan.FromHours(12), enrolledAt + TimeSpan.FromHours(14)),
            new Happening.ProbeFault(ProbeRole.Load, enrolledAt + TimeSpan.FromMinutes(800), enrolledAt + TimeSpan.FromMinutes(806), "no-response", null),
        ],
    };

    public static readonly IReadOnlyList<DemoUnit> Units =
    [
        Fridge("atlas-cgr-1", "Réfrigérateur CGR 1", "atlas", contents: 8),
        Fridge("atlas-cgr-2", "Réfrigérateur CGR 2", "atlas", contents: 8),
        Incubator("atlas-plq-1", "Incubateur plaquettes 1", "atlas", contents: 5),
        Incubator("atlas-plq-2", "Incubateur plaquettes 2", "atlas", contents: 4),
        Freezer("atlas-pfc-1", "Congélateur plasma 1", "atlas", contents: 10),
        Freezer("atlas-pfc-2", "Congélateur plasma 2", "atlas", contents: 10),
        PowerLost,
        Incubator("rif-plq-1", "Incubateur plaquettes", "rif", contents: 3),
        Freezer("rif-pfc-1", "Congélateur plasma", "rif", contents: 6),
        DoorLeftOpen,
        Fridge("oasis-cgr-2", "Réfrigérateur CGR 2", "oasis", contents: 4),
        Freezer("oasis-pfc-1", "Congélateur plasma", "oasis", contents: 4),
        Fridge("collecte-1", "Véhicule de collecte 1", "atlas", contents: 7) with
        {
            Kind = "transport", Context = "transport", Model = ModelParameters.Van,
        },
    ];

    private static DemoUnit Fridge(string id, string name, string site, int contents) => new()
    {
        Id = id, Name = name, Site = site, Kind = "refrigerator", Product = "RBC", Model = ModelParameters.BloodFridge, Contents = contents,
    };

    private static DemoUnit Incubator(string id, string name, string site, int contents) => new()
    {
        Id = id, Name = name, Site = site, Kind = "incubator", Product = "PLT", Model = ModelParameters.PlateletIncubator, Contents = contents,
    };

    private static DemoUnit Freezer(string id, string name, string site, int contents) => new()
    {
        Id = id, Name = name, Site = site, Kind = "freezer", Product = "FFP_A", Model = ModelParameters.PlasmaFreezer, Contents = contents,
    };
}
