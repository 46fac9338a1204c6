namespace ColdChain.Edge.Sensors.Kernel;

/// <summary>A read that gave no temperature. It ends the read; the source turns it into a sample.</summary>
/// <param name="fault">One of <see cref="KernelFault"/>.</param>
/// <param name="frame">What was read instead, if anything.</param>
internal sealed class ProbeFaultException(string fault, byte[]? frame = null) : Exception(fault)
{
    public string Fault { get; } = fault;

    public byte[]? Frame { get; } = frame;
}
