using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ColdChain.EndToEnd.Tests.Processes;

/// <summary>A broker that hangs: it takes connections and never says a word.</summary>
internal sealed class SilentPeer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<Socket> _taken = [];

    public SilentPeer()
    {
        _listener.Start();
        _ = TakeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many connections it has taken.</summary>
    public int Taken => _taken.Count;

    public void Dispose()
    {
        _listener.Stop();
        foreach (var socket in _taken)
        {
            socket.Dispose();
        }
    }

    // Ends when it is disposed.
    private async Task TakeAsync()
    {
        while (await NextAsync() is { } socket)
        {
            _taken.Add(socket);
        }
    }

    private async Task<Socket?> NextAsync()
    {
        try
        {
            return await _listener.AcceptSocketAsync();
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return null;
        }
    }
}
