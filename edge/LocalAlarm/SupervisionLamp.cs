using Microsoft.Extensions.Logging;

namespace ColdChain.Edge.LocalAlarm;

/// <summary>
/// The lamp "not supervised": on while nobody but this device knows how warm it is. It is on from the start until the server has answered, and when the agent
/// ends.
/// </summary>
internal sealed class SupervisionLamp(ILamp lamp, Supervision supervision, TimeProvider time, ILogger logger)
{
    /// <summary>How often it is looked at, and switched anew: somebody else may have.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private readonly LampSwitch _lamp = new(lamp, "'not supervised'", logger);
    private bool? _shown;

    /// <summary>Runs until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                Show(!supervision.IsThere);
                await Task.Delay(Every, time, cancellation);
            }
        }
        finally
        {
            Show(isOn: true);
        }
    }

    private void Show(bool isOn)
    {
        _lamp.Show(isOn);
        if (isOn != _shown)
        {
            _shown = isOn;
            logger.Log(
                isOn ? LogLevel.Warning : LogLevel.Information,
                "This device is {Supervised}: whether the server has stated within {Within} what it holds decides.",
                isOn ? "not supervised" : "supervised",
                Supervision.Within);
        }
    }
}
