using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using ColdChain.Mqtt.Link;

namespace ColdChain.Mqtt.Endpoint;

/// <summary>Accepts the connections of one address and owns them until they have ended.</summary>
internal sealed class Listener : IDisposable
{
    private static readonly TimeSpan PauseAfterFault = TimeSpan.FromMilliseconds(100);

    private readonly EndpointContext context;
    private readonly MqttListener options;
    private readonly Socket socket;
    private readonly ConcurrentDictionary<EndpointConnection, Task> connections = new();

    /// <exception cref="IOException">The address cannot be listened on.</exception>
    public Listener(EndpointContext context, MqttListener options)
    {
        (this.context, this.options) = (context, options);
        socket = new Socket(options.Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(options.Address);
            socket.Listen();
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new IOException(
                $"Cannot listen on {options.Address}: {e.Message}. Choose another port, or stop the program that uses this one.", e);
        }
    }

    public IPEndPoint LocalEndPoint => (IPEndPoint)socket.LocalEndPoint!; // A bound socket has one.

    /// <summary>Completes when no connection is left.</summary>
    public Task Stopped { get; private set; } = Task.CompletedTask;

    public void Start(CancellationToken stopping) => Stopped = Task.Run(() => AcceptAsync(stopping), CancellationToken.None);

    public void Dispose() => socket.Dispose();

    private async Task AcceptAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                Admit(await socket.AcceptAsync(stopping), stopping);
            }
            catch (Exception) when (stopping.IsCancellationRequested)
            {
                break;
            }
            catch (SocketException e)
            {
                // Out of file descriptors, or the peer left already: the next one may do better.
                context.Report(new MqttEvent(MqttEventKind.Fault, $"A connection to {options.Address} could not be accepted: {e.Message}"));
                await Task.Delay(PauseAfterFault, context.Time, CancellationToken.None);
            }
        }

        await Task.WhenAll(connections.Values);
    }

    private void Admit(Socket accepted, CancellationToken stopping)
    {
        if (context.Counters.ConnectionOpened() > context.Options.ConnectionsMax)
        {
            context.Counters.ConnectionClosed();
            context.Counters.ConnectionRefused();
            var reason = $"the limit of {context.Options.ConnectionsMax} connections is reached";
            context.Report(new MqttEvent(MqttEventKind.Refused, $"{accepted.RemoteEndPoint}: {reason}") { Who = (accepted.RemoteEndPoint as IPEndPoint)?.Address.ToString() });
            accepted.Dispose();
            return;
        }

        var connection = new EndpointConnection(context, accepted, options.Tls);
        connections[connection] = Task.CompletedTask;
        var running = Task.Run(() => RunAsync(connection, stopping), CancellationToken.None);
        connections.TryUpdate(connection, running, Task.CompletedTask); // It may have ended, and taken itself out, already.
    }

    private async Task RunAsync(EndpointConnection connection, CancellationToken stopping)
    {
        using (connection)
        {
            await connection.RunAsync(stopping);
        }

        context.Counters.ConnectionClosed();
        connections.TryRemove(connection, out _);
    }
}
