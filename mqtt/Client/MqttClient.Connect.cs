using System.Net.Sockets;
using System.Security.Authentication;
using ColdChain.Mqtt.Codec;
using ColdChain.Mqtt.Link;
using ColdChain.Mqtt.Packets;
using ColdChain.Mqtt.Transport;

namespace ColdChain.Mqtt.Client;

/// <content>Making the connection.</content>
public sealed partial class MqttClient
{
    // Besides the messages in flight: acknowledgements, pings, subscriptions.
    private const int OutboundReserve = 64;

    // With TLS 1.3 a client learns only here that its certificate was refused.
    private const string CureOfSilenceWithTls = "it may have refused this client's certificate, or missed one; its log has the reason";
    private const string CureOfSilence = "it may expect TLS on this port; its log has the reason";

    /// <summary>Connects.</summary>
    /// <param name="options">Where to, as whom, and the limits.</param>
    /// <param name="handler">
    /// Awaited for each received message, one at a time in the order of arrival; the message is acknowledged afterwards. Its token is
    /// cancelled when the connection ends. An exception closes the connection.
    /// </param>
    /// <param name="time">The clock of the time limits.</param>
    /// <param name="cancellation">Gives the attempt up.</param>
    /// <exception cref="ArgumentException">
    /// The options contradict MQTT: a password without a user name, a name too long, a limit out of range.
    /// </exception>
    /// <exception cref="MqttLinkException">The connection could not be made; the message says why.</exception>
    public static async Task<MqttClient> ConnectAsync(
        MqttClientOptions options, Func<MqttMessage, CancellationToken, Task> handler, TimeProvider time, CancellationToken cancellation)
    {
        var connect = ConnectPacketOf(options);
        using var timeout = new CancellationTokenSource(options.ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        PacketStream? packets = null;
        try
        {
            var stream = await OpenStreamAsync(options, either.Token);
            packets = new PacketStream(stream, options.PacketSizeMax, options.InFlightMax + OutboundReserve);
            packets.TrySend(connect);
            await ReceiveConnAckAsync(packets, options.Tls is not null, either.Token);
            return new MqttClient(options, packets, handler, time);
        }
        catch (Exception e) when (IsFailureToConnect(e))
        {
            await (packets?.DisposeAsync() ?? ValueTask.CompletedTask);
            cancellation.ThrowIfCancellationRequested();
            var reason = e is OperationCanceledException ? $"not connected within {options.ConnectTimeout.TotalSeconds} s" : FailureText.Of(e);
            throw new MqttLinkException($"Cannot connect to {options.Host}:{options.Port} as '{options.ClientId}': {reason}", e);
        }
    }

    /// <summary>The CONNECT that the options ask for.</summary>
    /// <exception cref="ArgumentException">They contradict MQTT.</exception>
    internal static ConnectPacket ConnectPacketOf(MqttClientOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.InFlightMax, 1, nameof(options));
        // The number of packet identifiers.
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.InFlightMax, ushort.MaxValue, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.InboundMax, 1, nameof(options));
        var keepAliveSeconds = options.KeepAlive.TotalSeconds;
        if (keepAliveSeconds is < 1 or > ushort.MaxValue || keepAliveSeconds % 1 != 0)
        {
            throw new ArgumentException(
                $"The keep alive is {options.KeepAlive}: it must be whole seconds from 1 to {ushort.MaxValue}.", nameof(options));
        }

        if (options is { Password: not null, UserName: null })
        {
            throw new ArgumentException("A password needs a user name (MQTT 3.1.1 §3.1.2.9).", nameof(options));
        }

        if (options.Will is { } will)
        {
            MessageRules.Check(will, options.PacketSizeMax);
        }

        var connect = new ConnectPacket(options.ClientId, CleanSession: true, (ushort)keepAliveSeconds)
        {
            UserName = options.UserName,
            Password = options.Password,
            Will = options.Will is { } message ? new Will(message) : null,
        };
        PacketEncoder.Size(connect); // Throws when a field is too long to be sent.
        return connect;
    }

    private static bool IsFailureToConnect(Exception e) =>
        e is SocketException or IOException or AuthenticationException or OperationCanceledException or MqttLinkException;

    private static async Task<Stream> OpenStreamAsync(MqttClientOptions options, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(options.Host, options.Port, cancellation);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        var plain = new NetworkStream(socket, ownsSocket: true);
        return options.Tls is { } tls ? await ClientTls.OpenAsync(plain, tls, options.Host, cancellation) : plain;
    }

    private static async Task ReceiveConnAckAsync(PacketStream packets, bool usesTls, CancellationToken cancellation)
    {
        var received = await packets.ReadAsync(cancellation);
        var fault = received switch
        {
            { Packet: ConnAckPacket { ReturnCode: ConnectReturnCode.Accepted } } => null,
            { Packet: ConnAckPacket { ReturnCode: var code } } => $"the other side refused with return code {(byte)code} ({code}): {CureOf(code)}",
            { Packet: { } other } => $"the other side answered with {other.GetType().Name}",
            { Fault: { } malformed } => $"the answer is not MQTT: {malformed}",
            _ => $"{received.Ended}, before it answered: {(usesTls ? CureOfSilenceWithTls : CureOfSilence)}",
        };
        if (fault is not null)
        {
            throw new MqttLinkException(fault);
        }
    }

    private static string CureOf(ConnectReturnCode code) => code switch
    {
        ConnectReturnCode.UnacceptableProtocolVersion => "it does not speak MQTT 3.1.1; connect to one that does",
        ConnectReturnCode.IdentifierRejected => "choose another client identifier, which nobody else uses",
        ConnectReturnCode.ServerUnavailable => "it is not ready; see its log",
        _ => "check user name and password, or the name in the certificate",
    };
}
