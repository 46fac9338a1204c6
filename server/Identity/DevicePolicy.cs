using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Mqtt.Endpoint;
using ColdChain.Mqtt.Packets;

namespace ColdChain.Server.Identity;

/// <summary>
/// Who may do what at the endpoint: an enrolled device signs in with its name and secret, publishes on its own upward topics and subscribes
/// to its own downward ones. Nothing else.
/// </summary>
internal sealed class DevicePolicy(Func<DeviceId, bool> isEnrolled, DeviceSecrets secrets) : IEndpointPolicy
{
    public ConnectDecision Connect(ConnectAttempt attempt)
    {
        if (!DeviceId.TryParse(attempt.UserName, out var device))
        {
            return Refuse($"the user name '{ShownText.Of(attempt.UserName ?? "")}' is not a device's name; set it to the name in the fleet file");
        }

        if (!isEnrolled(device))
        {
            return Refuse($"device {device} is not in the fleet file; enrol it there");
        }

        return attempt.Password is { } password && secrets.Matches(device, password.Span)
            ? new ConnectDecision.Accepted(device.Value)
            : Refuse($"the secret of device {device} is wrong or missing; give it a new one with 'device-secret {device}'");
    }

    public bool MayPublish(string identity, string topic) => topic.StartsWith($"coldchain/v1/{identity}/up/", StringComparison.Ordinal);

    public bool MaySubscribe(string identity, string filter) => filter.StartsWith($"coldchain/v1/{identity}/down/", StringComparison.Ordinal);

    private static ConnectDecision.Refused Refuse(string reason) => new(ConnectReturnCode.BadUserNameOrPassword, reason);
}
