using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Mqtt.Endpoint;
using ColdChain.Mqtt.Packets;

namespace ColdChain.Server.Identity;

/// <summary>
/// Who may do what at the endpoint: an enrolled device proves its name by a certificate or by its secret, publishes on its own upward topics
/// and subscribes to its own downward ones. Nothing else.
/// </summary>
internal sealed class DevicePolicy(Func<DeviceId, bool> isEnrolled, DeviceSecrets secrets) : IEndpointPolicy
{
    public ConnectDecision Connect(ConnectAttempt attempt)
    {
        var isCertified = attempt.ClientCertificate is not null;
        var name = isCertified ? CertificateName.Of(attempt.ClientCertificate!) : attempt.UserName;
        if (!DeviceId.TryParse(name, out var device))
        {
            return Refuse(isCertified
                ? $"its certificate '{ShownText.Of(attempt.ClientCertificate!.Subject)}' has no device's name as its one common name (CN); have one made for the name in the fleet file"
                : $"the user name '{ShownText.Of(attempt.UserName ?? "")}' is not a device's name; set it to the name in the fleet file");
        }

        if (!isEnrolled(device))
        {
            return Refuse($"device {device} is not in the fleet file; enrol it there");
        }

        if (isCertified && attempt.UserName is { } user && user != device.Value)
        {
            return Refuse($"its certificate is device {device}'s, and its user name is '{ShownText.Of(user)}'; leave the user name out, or set it to the same");
        }

        return isCertified || HasSecret(device, attempt.Password)
            ? new ConnectDecision.Accepted(device.Value)
            : Refuse($"the secret of device {device} is wrong or missing; give it a new one with 'device-secret {device}'");
    }

    // A topic that nobody listens on is refused like another device's: acknowledged, its readings would be lost without a word.
    public bool MayPublish(string identity, string topic) => Topics.TryParseUp(topic, out var device, out _) && device.Value == identity;

    public bool MaySubscribe(string identity, string filter) => filter.StartsWith($"coldchain/v1/{identity}/down/", StringComparison.Ordinal);

    private bool HasSecret(DeviceId device, ReadOnlyMemory<byte>? secret) => secret is { } given && secrets.Matches(device, given.Span);

    private static ConnectDecision.Refused Refuse(string reason) => new(ConnectReturnCode.BadUserNameOrPassword, reason);
}
