using ColdChain.Core.Wire;
using ColdChain.Edge.Sensors.Kernel;
using Microsoft.Extensions.Logging;

namespace ColdChain.Edge.Sensors;

/// <summary>
/// Tells of the faults of one probe to whoever reads the log beside it: when a fault begins or becomes another one, with what it means and
/// what to do, and when it is over. Every single one is a sample, and goes to the server.
/// </summary>
internal sealed class FaultLog(ILogger logger)
{
    private string? _told;

    public void Note(ProbeSample sample)
    {
        if (sample.Fault == _told)
        {
            return;
        }

        _told = sample.Fault;
        if (sample.Fault is not { } fault)
        {
            logger.LogInformation("Probe {Probe} gives readings again.", sample.Probe);
        }
        else if (KernelFault.Advice.TryGetValue(fault, out var advice))
        {
            logger.LogWarning("Probe {Probe} gives no reading: {Fault}, {Meaning}; {Cure}.", sample.Probe, fault, advice.Meaning, advice.Cure);
        }
        else
        {
            logger.LogWarning("Probe {Probe} gives no reading: {Fault}; look at the probe and its source.", sample.Probe, ShownText.Of(fault));
        }
    }
}
