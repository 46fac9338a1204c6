using ColdChain.Mqtt.Endpoint;
using ColdChain.Mqtt.Packets;

namespace ColdChain.Mqtt.Tests;

/// <summary>
/// A small but real policy: a user name needs the password "secret", a certificate's common name is its identity, everybody else is called
/// by the client identifier. Topics with "forbidden" in them are nobody's.
/// </summary>
internal sealed class TestPolicy : IEndpointPolicy
{
    public ConnectDecision Connect(ConnectAttempt attempt)
    {
        if (attempt.ClientCertificate is { } certificate)
        {
            return new ConnectDecision.Accepted(certificate.GetNameInfo(System.Security.Cryptography.X509Certificates.X509NameType.SimpleName, false));
        }

        if (attempt.UserName is null)
        {
            return new ConnectDecision.Accepted(attempt.ClientId);
        }

        return attempt.Password is { } password && password.Span.SequenceEqual("secret"u8)
            ? new ConnectDecision.Accepted(attempt.UserName)
            : new ConnectDecision.Refused(ConnectReturnCode.BadUserNameOrPassword, $"wrong password for '{attempt.UserName}'");
    }

    public bool MayPublish(string identity, string topic) => !topic.Contains("forbidden", StringComparison.Ordinal);

    public bool MaySubscribe(string identity, string filter) => !filter.Contains("forbidden", StringComparison.Ordinal);
}
