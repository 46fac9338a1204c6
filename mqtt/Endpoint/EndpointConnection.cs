using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using ColdChain.Mqtt.Link;
using ColdChain.Mqtt.Transport;

namespace ColdChain.Mqtt.Endpoint;

/// <summary>
/// One connection to the endpoint, from the accepted socket to its end. What goes wrong here ends this connection and touches nothing else.
/// </summary>
internal sealed class EndpointConnection(EndpointContext context, Socket socket, MqttListenerTls? tls) : IDisposable
{
    private const string UnknownAddress = "unknown address";

    private readonly CancellationTokenSource closing = new();
    private MqttEvent? ending;

    /// <summary>Where the connection comes from.</summary>
    public EndPoint? RemoteAddress { get; } = socket.RemoteEndPoint;

    /// <summary>How the connection is called in events: its address, and its client once there is one.</summary>
    public string Name { get; set; } = socket.RemoteEndPoint?.ToString() ?? UnknownAddress;

    /// <summary>Who the other side is, as far as it is known; see <see cref="MqttEvent.Who"/>.</summary>
    public string Who { get; set; } = (socket.RemoteEndPoint as IPEndPoint)?.Address.ToString() ?? UnknownAddress;

    /// <summary>Cancelled when the connection is to end.</summary>
    public CancellationToken Closing => closing.Token;

    /// <summary>Something that happened on the connection, with its names.</summary>
    public MqttEvent Event(MqttEventKind kind, string text) => new(kind, $"{Name}: {text}") { Who = Who };

    /// <summary>Ends the connection. The first reason stays. Returns at once.</summary>
    public void Close(MqttEventKind kind, string reason)
    {
        var closed = Event(kind, reason);
        if (Interlocked.CompareExchange(ref ending, closed, null) is null)
        {
            context.Counters.ConnectionEnds(kind);
            context.Report(closed);
            closing.Cancel();
        }
    }

    /// <summary>Serves the connection until it ends; never throws.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var stop = stopping.UnsafeRegister(_ => CloseForStop(), null);
        await GuardAsync(() => ServeAsync(stopping));
    }

    /// <summary>Frees what is left, after <see cref="RunAsync"/>.</summary>
    public void Dispose()
    {
        socket.Dispose();
        closing.Dispose();
    }

    /// <summary>Runs a part of the connection; an exception ends the connection with its reason.</summary>
    public async Task GuardAsync(Func<Task> part)
    {
        try
        {
            await part();
        }
        catch (OperationCanceledException)
        {
            CloseForStop(); // Unless it ends already, with another reason: nothing else cancels.
        }
        catch (CertificateRefusedException e)
        {
            context.Counters.ConnectionRefused();
            Close(MqttEventKind.Refused, e.Message);
        }
        catch (Exception e) when (e is IOException or SocketException or AuthenticationException or MqttLinkException)
        {
            Close(MqttEventKind.Lost, FailureText.Of(e));
        }
        catch (Exception e)
        {
            Close(MqttEventKind.Fault, $"unexpected: {e}");
        }
    }

    private void CloseForStop() => Close(MqttEventKind.Disconnected, "the endpoint stops");

    private async Task ServeAsync(CancellationToken stopping)
    {
        socket.NoDelay = true;
        // For clients without a keep alive of their own.
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        var timeout = context.Options.ConnectTimeout;
        using var deadline = new Watchdog(
            context.Time, timeout, isExcused: () => false, () => Close(MqttEventKind.Lost, $"no CONNECT within {timeout.TotalSeconds} s"));
        var (stream, certificate) = await ServerTls.OpenAsync(socket, tls, Closing);
        var packets = new PacketStream(stream, context.Options.PacketSizeMax, context.Options.OutboundMax);
        try
        {
            var client = await new Handshake(context, this, packets).AcceptAsync(certificate);
            deadline.Dispose();
            if (client is not null)
            {
                await new Session(context, this, packets, client).RunAsync(stopping);
            }
        }
        finally
        {
            await packets.CloseAsync(context.Options.FlushTimeout, context.Time);
            certificate?.Dispose();
        }
    }
}
