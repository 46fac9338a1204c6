using ColdChain.Core.Readings;
using ColdChain.Edge.Sensors.Kernel;

namespace ColdChain.Edge.Tests.Sensors.Kernel;

/// <summary>Reads a sensor, and says in one word what came.</summary>
internal static class Reading
{
    /// <summary>The thousandths of a degree, or the fault's name.</summary>
    public static string Of(IKernelProbe probe, int? previousMilli = null)
    {
        try
        {
            return probe.Read(previousMilli is { } milli ? Celsius.FromMilli(milli) : null).Milli.ToString(null, null);
        }
        catch (ProbeFaultException e)
        {
            return e.Fault;
        }
    }

    /// <summary>The frame behind a fault, in hexadecimal digits.</summary>
    public static string? FrameOf(IKernelProbe probe)
    {
        var read = () => probe.Read(null);
        return read.Should().Throw<ProbeFaultException>().Which.Frame is { } frame ? Convert.ToHexStringLower(frame) : null;
    }
}
