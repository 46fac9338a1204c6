using Microsoft.Extensions.Logging;

namespace ColdChain.Edge.LocalAlarm;

/// <summary>Switches a lamp. One that is broken must not end the measuring: it is told of once, and tried again at each switching.</summary>
/// <param name="lamp">The lamp.</param>
/// <param name="name">Its name for people.</param>
/// <param name="logger">Where it is told.</param>
internal sealed class LampSwitch(ILamp lamp, string name, ILogger logger)
{
    private bool _isBroken;

    public void Show(bool isOn)
    {
        try
        {
            lamp.Show(isOn);
            _isBroken = false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (!_isBroken)
            {
                _isBroken = true;
                logger.LogError("The lamp {Name} cannot be switched: {Reason} Check 'lamps' in the configuration, and whether the agent's user may write there.", name, e.Message);
            }
        }
    }
}
