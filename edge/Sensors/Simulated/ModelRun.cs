using ColdChain.Core.Readings;

namespace ColdChain.Edge.Sensors.Simulated;

/// <summary>
/// One pass of the model over time. The state is that of the last whole step, so that it does not depend on who asks how often.
/// </summary>
internal sealed class ModelRun(SimulatedUnit unit, Instant start, ModelState initial)
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(5);

    private Instant _at = start;

    public ModelState State { get; private set; } = initial;

    /// <summary>A run that begins in the middle of the thermostat's band.</summary>
    public static ModelRun Settled(SimulatedUnit unit, Instant start) => new(unit, start, ModelState.Settled(SetPoint(unit.Parameters)));

    /// <summary>A run that takes up where a probe's stored sample left off.</summary>
    public static ModelRun From(SimulatedUnit unit, ProbeRole role, Instant at, Celsius value)
    {
        var celsius = (double)value.ToDegrees();
        var settled = ModelState.Settled(SetPoint(unit.Parameters));
        return new ModelRun(unit, at, role == ProbeRole.Load ? settled with { Load = celsius } : settled with { Air = celsius });
    }

    /// <summary>The state at an instant, which never goes back.</summary>
    public ModelState AdvanceTo(Instant at)
    {
        for (; _at + Step <= at; _at += Step)
        {
            State = ThermalModel.Step(State, unit.Parameters, unit.InputsAt(_at), Step);
        }

        return State;
    }

    private static double SetPoint(ModelParameters unit) => (unit.CoolFromCelsius + unit.CoolUntilCelsius) / 2;
}
