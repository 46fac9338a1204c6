using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Mqtt.Link;
using Microsoft.Extensions.Logging;

namespace ColdChain.Edge.LocalAlarm;

/// <summary>
/// The lamp or sounder of the site: on while the server says that an alarm of the site is critical and nobody has taken it on. What was said last stays until
/// something else is said: a server that is gone takes no alarm back.
/// </summary>
internal sealed class SiteAlarmLamp(ILamp lamp, IMqttLink link, DeviceId device, TimeProvider time, ILogger logger)
{
    /// <summary>How often it is switched anew: somebody else may have switched it.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private readonly LampSwitch _lamp = new(lamp, "of the site's alarm", logger);
    private volatile bool _isOn;

    /// <summary>Runs until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var isSubscribed = false;
        while (true)
        {
            isSubscribed = isSubscribed || await TrySubscribeAsync(cancellation);
            _lamp.Show(_isOn);
            await Task.Delay(Every, time, cancellation);
        }
    }

    // A broker whose access list is older than this topic refuses it: the measuring goes on, and it is asked again.
    private async Task<bool> TrySubscribeAsync(CancellationToken cancellation)
    {
        try
        {
            await link.SubscribeAsync(Topics.Alarm(device), TakeAsync, cancellation);
            return true;
        }
        catch (MqttLinkException e)
        {
            logger.LogDebug("The alarms of the site are not heard yet: {Reason}", e.Message);
            return false;
        }
    }

    private Task TakeAsync(MqttMessage message, CancellationToken cancellation)
    {
        if (!ControlCodec.TryDecodeAlarm(message.Payload.Span, out var alarm, out var error))
        {
            logger.LogWarning("What the server says of the alarms of the site is not readable and was left out: {Error}", error);
            return Task.CompletedTask;
        }

        if (alarm.IsOn != _isOn)
        {
            logger.LogWarning("The alarm of the site is {State}: {Incidents} critical alarms that nobody has taken on.", alarm.IsOn ? "on" : "off", alarm.Incidents);
        }

        _isOn = alarm.IsOn;
        _lamp.Show(_isOn);
        return Task.CompletedTask;
    }
}
