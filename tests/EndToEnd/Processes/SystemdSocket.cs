using System.Net.Sockets;
using System.Text;

namespace ColdChain.EndToEnd.Tests.Processes;

/// <summary>Hears what a service tells systemd.</summary>
internal sealed class SystemdSocket : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    public SystemdSocket(string path)
    {
        _socket.Bind(new UnixDomainSocketEndPoint(path));
        Variables = new() { ["NOTIFY_SOCKET"] = path, ["WATCHDOG_USEC"] = "32000000" };
    }

    /// <summary>What systemd would put into the environment.</summary>
    public Dictionary<string, string> Variables { get; }

    public async Task<string> HeardAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var buffer = new byte[64];
        return Encoding.ASCII.GetString(buffer, 0, await _socket.ReceiveAsync(buffer, patience.Token));
    }

    public void Dispose() => _socket.Dispose();
}
