using System.Net;
using System.Security.Cryptography.X509Certificates;
using ColdChain.Mqtt.Packets;

namespace ColdChain.Mqtt.Endpoint;

/// <summary>
/// Who may connect to an endpoint, and what they may do there. Called on the connection's own thread, by several connections at once, and
/// for every message: answers must be quick. When a method throws, the connection concerned is closed and the fault reported.
/// </summary>
public interface IEndpointPolicy
{
    /// <summary>Decides on a CONNECT.</summary>
    ConnectDecision Connect(ConnectAttempt attempt);

    /// <summary>True when the identity may publish on the topic; otherwise its connection is closed.</summary>
    bool MayPublish(string identity, string topic);

    /// <summary>True when the identity may subscribe to the filter; otherwise SUBACK says failure.</summary>
    bool MaySubscribe(string identity, string filter);
}

/// <summary>What is known of somebody who wants to connect.</summary>
/// <param name="ClientId">The client identifier; never empty: one that was left out has been chosen already.</param>
/// <param name="UserName">The user name; null when none was sent.</param>
/// <param name="Password">The password; null when none was sent.</param>
/// <param name="ClientCertificate">
/// The certificate, verified against the listener's roots; null when none was shown. Valid during the call.
/// </param>
/// <param name="RemoteAddress">Where the connection comes from.</param>
public sealed record ConnectAttempt(
    string ClientId, string? UserName, ReadOnlyMemory<byte>? Password, X509Certificate2? ClientCertificate, EndPoint? RemoteAddress);

/// <summary>The answer to a <see cref="ConnectAttempt"/>.</summary>
public abstract record ConnectDecision
{
    private ConnectDecision()
    {
    }

    /// <summary>They may connect.</summary>
    /// <param name="Identity">Who they are: what the other questions of the policy are asked about.</param>
    public sealed record Accepted(string Identity) : ConnectDecision;

    /// <summary>They may not.</summary>
    /// <param name="Code">What the client is told; not <see cref="ConnectReturnCode.Accepted"/>.</param>
    /// <param name="Reason">What the operator is told.</param>
    public sealed record Refused(ConnectReturnCode Code, string Reason) : ConnectDecision;
}
