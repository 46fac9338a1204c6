using ColdChain.Core.Readings;
using ColdChain.Hosting.Configuration;
using ColdChain.Edge.Sensors.Canary;
using ColdChain.Edge.Sensors.Kernel;
using ColdChain.Edge.Sensors.Replay;
using ColdChain.Edge.Sensors.Simulated;

namespace ColdChain.Edge.Sensors;

/// <summary>Makes a configured source when the clock is known.</summary>
internal delegate IReadingSource SourceFactory(TimeProvider clock);

/// <summary>A kind of sensor: reads its own keys of a probe's configuration.</summary>
internal interface ISensorKind
{
    /// <summary>Reads the keys and reports what is wrong with them.</summary>
    /// <param name="section">The probe's entry in the configuration.</param>
    /// <param name="probe">The probe.</param>
    /// <returns>How to make the source; null when an error was reported that leaves no source.</returns>
    SourceFactory? Configure(ConfigSection section, ProbeId probe);
}

/// <summary>The table of kinds. A new kind is a class and a line here.</summary>
internal static class SensorKinds
{
    /// <summary>A fresh table for one configuration: kinds may remember what probes share.</summary>
    public static IReadOnlyDictionary<string, ISensorKind> Create()
    {
        var buses = new BusTable();
        return new Dictionary<string, ISensorKind>
        {
            ["simulated"] = new SimulatedKind(),
            ["replay"] = new ReplayKind(),
            ["canary"] = new CanaryKind(),
            ["hwmon"] = new HwmonKind(buses),
            ["w1"] = new W1Kind(buses),
            ["iio"] = new IioKind(buses),
            ["switch"] = new SwitchKind(),
        };
    }
}
