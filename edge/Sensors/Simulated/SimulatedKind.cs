using ColdChain.Core.Readings;
using ColdChain.Core.Signals;
using ColdChain.Hosting.Configuration;

namespace ColdChain.Edge.Sensors.Simulated;

/// <summary>
/// <c>kind: simulated</c>: <c>model</c> (a preset), <c>role</c> (a probe's, or which signal it is), <c>unit</c> (probes that name the same unit share its simulation),
/// <c>intervalSeconds</c>, <c>seed</c>, and <c>historyHours</c> of past to generate at the first start.
/// </summary>
internal sealed class SimulatedKind : ISensorKind
{
    private static readonly Dictionary<string, (ProbeRole Probe, SignalKind? Signal)> Roles = new()
    {
        ["load"] = (ProbeRole.Load, null),
        ["air"] = (ProbeRole.Air, null),
        ["door"] = (default, SignalKind.Door),
        ["mains"] = (default, SignalKind.Mains),
        ["agitation"] = (default, SignalKind.Agitation),
    };

    private readonly Dictionary<string, (ModelParameters Model, int Seed, SimulatedUnit Unit)> _units = [];

    public SourceFactory? Configure(ConfigSection section, ProbeId probe)
    {
        var model = section.OneOf("model", ModelParameters.Presets, ModelParameters.BloodFridge);
        var role = section.OneOf("role", Roles, Roles["load"]);
        var interval = TimeSpan.FromSeconds(section.Whole("intervalSeconds", fallback: 60, min: 1, max: 3600));
        var history = TimeSpan.FromHours(section.Whole("historyHours", fallback: 0, min: 0, max: 24 * 90));
        var seed = section.Whole("seed", fallback: 1, min: 0, max: int.MaxValue);
        var unit = Unit(section, section.OptionalText("unit") ?? probe.Name, model, seed);
        return role.Signal is { } signal
            ? clock => new SimulatedSwitch(probe, signal, unit, interval, Instant.Now(clock) - history, clock)
            : clock => new SimulatedSource(probe, role.Probe, unit, interval, Instant.Now(clock) - history, clock);
    }

    private SimulatedUnit Unit(ConfigSection section, string name, ModelParameters model, int seed)
    {
        if (!_units.TryGetValue(name, out var known))
        {
            known = (model, seed, new SimulatedUnit(model, seed));
            _units.Add(name, known);
        }

        if (known.Model != model || known.Seed != seed)
        {
            section.Error(
                "unit", $"unit '{name}' has another model or seed above", "give all probes of a unit the same 'model' and 'seed'");
        }

        return known.Unit;
    }
}
