namespace ColdChain.Edge.Sensors.Simulated;

/// <summary>What the thermostat is doing.</summary>
internal enum Drive
{
    Off,
    Cooling,
    Heating,
}

/// <summary>The temperatures of a storage unit at one moment, in degrees Celsius.</summary>
/// <param name="Air">The air, which the air probe and the thermostat feel.</param>
/// <param name="Load">The buffered bottle of the load probe.</param>
/// <param name="Contents">Blood units and walls: the large mass that the air settles to.</param>
/// <param name="Drive">What the thermostat is doing.</param>
internal readonly record struct ModelState(double Air, double Load, double Contents, Drive Drive)
{
    /// <summary>A unit that has stood at one temperature for a long time.</summary>
    public static ModelState Settled(double celsius) => new(celsius, celsius, celsius, Drive.Off);
}

/// <summary>What acts on a unit from outside during one step.</summary>
internal readonly record struct ModelInputs(double Ambient, bool DoorOpen, bool Defrosting, bool DriveFailed);

/// <summary>
/// A lumped model of a storage unit: pure, so that the same inputs give the same trace.
/// <code>
///   ambient ──(hold-over τ)── contents ──(air τ)── air ──(load τ)── load probe
///      └──────────────(door τ, while open)──────────┘ └── thermostat: compressor, heater
/// </code>
/// Every arrow is a first-order relaxation, solved exactly over the step, so that a long step is never unstable.
/// </summary>
internal static class ThermalModel
{
    public static ModelState Step(ModelState state, ModelParameters unit, ModelInputs inputs, TimeSpan step)
    {
        var drive = inputs.DriveFailed || inputs.Defrosting ? Drive.Off : Thermostat(state, unit);
        return new ModelState(
            Relax(state.Air, AirTarget(state, unit, inputs, drive), inputs.DoorOpen ? unit.DoorTau : unit.AirTau, step),
            Relax(state.Load, state.Air, unit.LoadTau, step),
            ContentsAfter(state, unit, inputs, drive, step),
            drive);
    }

    private static Drive Thermostat(ModelState state, ModelParameters unit) => state.Drive switch
    {
        Drive.Cooling when state.Air > unit.CoolUntilCelsius => Drive.Cooling,
        Drive.Heating when state.Air < unit.HeatUntilCelsius => Drive.Heating,
        _ when state.Air >= unit.CoolFromCelsius => Drive.Cooling,
        _ when state.Air <= unit.HeatFromCelsius => Drive.Heating,
        _ => Drive.Off,
    };

    private static double AirTarget(ModelState state, ModelParameters unit, ModelInputs inputs, Drive drive) => (inputs, drive) switch
    {
        ({ DoorOpen: true }, _) => state.Contents + (unit.DoorMixing * (inputs.Ambient - state.Contents)),
        ({ Defrosting: true }, _) => state.Contents + unit.DefrostRise,
        (_, Drive.Cooling) => state.Contents - unit.DriveDepth,
        (_, Drive.Heating) => state.Contents + unit.DriveDepth,
        _ => state.Contents,
    };

    private static double ContentsAfter(ModelState state, ModelParameters unit, ModelInputs inputs, Drive drive, TimeSpan step)
    {
        var driven = unit.DriveRate * step.TotalMinutes * drive switch { Drive.Cooling => -1, Drive.Heating => 1, _ => 0 };
        var leaked = Relax(state.Contents, inputs.Ambient, unit.HoldOverTau, step);
        return Relax(leaked, state.Air, unit.ContentsTau, step) + driven;
    }

    private static double Relax(double from, double to, TimeSpan tau, TimeSpan step) => to + ((from - to) * Math.Exp(-(step / tau)));
}
