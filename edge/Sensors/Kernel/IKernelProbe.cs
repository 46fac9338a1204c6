using ColdChain.Core.Readings;

namespace ColdChain.Edge.Sensors.Kernel;

/// <summary>A temperature that a driver of the kernel offers in sysfs.</summary>
internal interface IKernelProbe
{
    /// <summary>Measures now; blocks as long as the driver does, which is about a second for a DS18B20.</summary>
    /// <param name="previous">The newest good value of the probe; null when there is none.</param>
    /// <exception cref="ProbeFaultException">There is no temperature.</exception>
    Celsius Read(Celsius? previous);
}
