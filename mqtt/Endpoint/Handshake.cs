using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ColdChain.Mqtt.Link;
using ColdChain.Mqtt.Packets;
using ColdChain.Mqtt.Transport;

namespace ColdChain.Mqtt.Endpoint;

/// <summary>An accepted client.</summary>
/// <param name="ClientId">The client identifier.</param>
/// <param name="Identity">Who the policy says it is.</param>
/// <param name="KeepAlive">The longest silence it promised; zero for no promise.</param>
/// <param name="Will">What to publish when it goes without DISCONNECT; null for nothing.</param>
internal sealed record AcceptedClient(string ClientId, string Identity, TimeSpan KeepAlive, Will? Will);

/// <summary>The start of a connection: CONNECT and its answer (§3.1.4).</summary>
internal sealed class Handshake(EndpointContext context, EndpointConnection connection, PacketStream packets)
{
    /// <summary>Reads CONNECT and answers it; null when the connection was closed instead.</summary>
    public async Task<AcceptedClient?> AcceptAsync(X509Certificate2? certificate)
    {
        var received = await packets.ReadAsync(connection.Closing);
        switch (received.Packet)
        {
            case ConnectPacket connect:
                return Answer(connect, certificate);
            case UnsupportedConnectPacket other:
                Packet answer = other.IsVersion5
                    ? new ConnAck5Packet(ConnAck5Packet.UnsupportedProtocolVersion)
                    : new ConnAckPacket(false, ConnectReturnCode.UnacceptableProtocolVersion);
                return Refuse(answer, $"it speaks {other.ProtocolName} level {other.ProtocolLevel}: use MQTT 3.1.1");
            case not null:
                connection.Close(MqttEventKind.Malformed, "the first packet is not CONNECT");
                return null;
            default:
                CloseUnread(received);
                return null;
        }
    }

    private AcceptedClient? Answer(ConnectPacket connect, X509Certificate2? certificate)
    {
        if (connect is { ClientId: "", CleanSession: false })
        {
            // Without a name nobody could come back to a session (§3.1.3.1).
            return Refuse(ConnectReturnCode.IdentifierRejected, "no client identifier without a clean session: choose an identifier");
        }

        // A client that sends no name gets one that no other can guess and throw out.
        var clientId = connect.ClientId.Length > 0 ? connect.ClientId : $"auto-{RandomNumberGenerator.GetHexString(16, lowercase: true)}";
        connection.Name = $"client '{ShownName.Of(clientId)}' at {connection.Name}";
        connection.Who = ShownName.Of(connect.UserName ?? clientId);
        var attempt = new ConnectAttempt(clientId, connect.UserName, connect.Password, certificate, connection.RemoteAddress);
        return context.Policy.Connect(attempt) switch
        {
            ConnectDecision.Accepted { Identity: var identity } => Accept(connect, clientId, identity),
            ConnectDecision.Refused { Code: var code, Reason: var reason } => Refuse(code, reason),
            var other => throw new InvalidOperationException($"The policy answered {other} to a CONNECT."),
        };
    }

    private AcceptedClient? Accept(ConnectPacket connect, string clientId, string identity)
    {
        connection.Who = identity;
        if (connect.Will is { Message.Topic: var topic } && !context.Policy.MayPublish(identity, topic))
        {
            return Refuse(ConnectReturnCode.NotAuthorized, $"'{identity}' may not publish its will on '{ShownName.Of(topic)}': have it use its own topics");
        }

        if (!context.Clients.TryRegister(clientId, identity, connection, out var older))
        {
            return Refuse(ConnectReturnCode.IdentifierRejected, "the client identifier is in use by another identity: choose another one");
        }

        older?.Close(MqttEventKind.Lost, "a newer connection of the same client took over");
        packets.TrySend(new ConnAckPacket(SessionPresent: false, ConnectReturnCode.Accepted));
        context.Counters.ConnectionAccepted();
        context.Report(connection.Event(MqttEventKind.Connected, $"connected as '{identity}'"));
        return new AcceptedClient(clientId, identity, TimeSpan.FromSeconds(connect.KeepAliveSeconds), connect.Will);
    }

    private AcceptedClient? Refuse(ConnectReturnCode code, string reason) => Refuse(new ConnAckPacket(false, code), reason);

    private AcceptedClient? Refuse(Packet answer, string reason)
    {
        context.Counters.ConnectionRefused();
        packets.TrySend(answer);
        connection.Close(MqttEventKind.Refused, reason);
        return null;
    }

    private void CloseUnread(Received received)
    {
        if (received.Fault is { } fault)
        {
            connection.Close(MqttEventKind.Malformed, fault);
        }
        else
        {
            connection.Close(MqttEventKind.Lost, $"{received.Ended}, before CONNECT");
        }
    }
}
