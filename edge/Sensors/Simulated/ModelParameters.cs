namespace ColdChain.Edge.Sensors.Simulated;

/// <summary>
/// The physics of one storage unit as data. Temperatures are in degrees Celsius, rates in degrees a minute; a time constant τ is the time
/// after which 63 % of a step is done. The figures of the presets are those of the usual appliances: air τ 4 to 6 min, load probe in 200 ml
/// of glycerol τ 30 min, a shut fridge without compressor τ 4 to 10 h, a full freezer τ 20 h.
/// </summary>
internal sealed record ModelParameters
{
    public required double AmbientCelsius { get; init; }

    /// <summary>Half the difference between the warmest (15:00 UTC) and the coldest time of the day.</summary>
    public double AmbientSwing { get; init; }

    /// <summary>The thermostat starts cooling when the air is this warm…</summary>
    public required double CoolFromCelsius { get; init; }

    /// <summary>…and stops when it is this cold.</summary>
    public required double CoolUntilCelsius { get; init; }

    /// <summary>The heater starts when the air is this cold; minus infinity for a unit without one.</summary>
    public double HeatFromCelsius { get; init; } = double.NegativeInfinity;

    /// <summary>The heater stops when the air is this warm.</summary>
    public double HeatUntilCelsius { get; init; } = double.NegativeInfinity;

    /// <summary>How far below the contents the evaporator draws the air, and the heater above them.</summary>
    public required double DriveDepth { get; init; }

    /// <summary>How fast the running compressor cools the contents.</summary>
    public required double DriveRate { get; init; }

    public TimeSpan AirTau { get; init; } = TimeSpan.FromMinutes(5);

    public TimeSpan DoorTau { get; init; } = TimeSpan.FromMinutes(4);

    /// <summary>Where an open door draws the air: 0 = stays with the contents, 1 = becomes the ambient air.</summary>
    public double DoorMixing { get; init; } = 0.5;

    public TimeSpan LoadTau { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How slowly the contents follow the air.</summary>
    public TimeSpan ContentsTau { get; init; } = TimeSpan.FromHours(4);

    /// <summary>How slowly the shut unit without drive follows the ambient air.</summary>
    public required TimeSpan HoldOverTau { get; init; }

    /// <summary>From one defrost to the next; zero for none.</summary>
    public TimeSpan DefrostEvery { get; init; }

    public TimeSpan DefrostFor { get; init; }

    /// <summary>How far above the contents the defrost heater draws the air.</summary>
    public double DefrostRise { get; init; }

    /// <summary>Short openings of everyday use, at seeded random times.</summary>
    public double DoorOpeningsPerHour { get; init; }

    public TimeSpan DoorOpeningLasts { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Standard deviation of one sample.</summary>
    public double SensorNoise { get; init; } = 0.02;

    /// <summary>The sensor's smallest step.</summary>
    public double SensorResolution { get; init; } = 0.0625;

    /// <summary>A blood fridge, 2 to 6 °C.</summary>
    public static readonly ModelParameters BloodFridge = new()
    {
        AmbientCelsius = 22,
        AmbientSwing = 1.5,
        CoolFromCelsius = 5,
        CoolUntilCelsius = 3,
        DriveDepth = 6.5,
        DriveRate = 0.25,
        HoldOverTau = TimeSpan.FromHours(6),
        DoorOpeningsPerHour = 1.5,
    };

    /// <summary>A platelet incubator, 20 to 24 °C, that cools and heats.</summary>
    public static readonly ModelParameters PlateletIncubator = new()
    {
        AmbientCelsius = 22.5,
        AmbientSwing = 3,
        CoolFromCelsius = 22.4,
        CoolUntilCelsius = 22,
        HeatFromCelsius = 21.6,
        HeatUntilCelsius = 22,
        DriveDepth = 2.5,
        DriveRate = 0.08,
        HoldOverTau = TimeSpan.FromHours(4),
        DoorOpeningsPerHour = 1,
    };

    /// <summary>A plasma freezer, −25 °C or colder, with a defrost three times a day.</summary>
    public static readonly ModelParameters PlasmaFreezer = new()
    {
        AmbientCelsius = 22,
        AmbientSwing = 1.5,
        CoolFromCelsius = -29.5,
        CoolUntilCelsius = -32.5,
        DriveDepth = 9,
        DriveRate = 0.25,
        AirTau = TimeSpan.FromMinutes(6),
        DoorMixing = 0.3,
        LoadTau = TimeSpan.FromMinutes(45),
        ContentsTau = TimeSpan.FromHours(12),
        HoldOverTau = TimeSpan.FromHours(20),
        DefrostEvery = TimeSpan.FromHours(8),
        DefrostFor = TimeSpan.FromMinutes(20),
        DefrostRise = 8,
        DoorOpeningsPerHour = 0.3,
        SensorNoise = 0.03,
    };

    /// <summary>The cooled box of a collection van, 2 to 6 °C, in warm weather and often opened.</summary>
    public static readonly ModelParameters Van = BloodFridge with
    {
        AmbientCelsius = 27,
        AmbientSwing = 6,
        DriveDepth = 8,
        DriveRate = 0.5,
        HoldOverTau = TimeSpan.FromHours(3),
        DoorOpeningsPerHour = 3,
        DoorOpeningLasts = TimeSpan.FromSeconds(40),
    };

    /// <summary>The presets by the name that the configuration uses.</summary>
    public static readonly IReadOnlyDictionary<string, ModelParameters> Presets = new Dictionary<string, ModelParameters>
    {
        ["blood-fridge"] = BloodFridge,
        ["platelet-incubator"] = PlateletIncubator,
        ["plasma-freezer"] = PlasmaFreezer,
        ["van"] = Van,
    };
}
