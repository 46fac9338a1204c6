using System.Net.Sockets;
using System.Text;

namespace ColdChain.Hosting.Systemd;

/// <summary>
/// Tells systemd how a service does, by its protocol <c>sd_notify</c>: datagrams with <c>NAME=value</c> to the socket that it names in the
/// environment.
/// </summary>
internal sealed class ServiceNotification : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    /// <param name="address">The value of <c>NOTIFY_SOCKET</c>: a path, or a name in the abstract namespace, which begins with @.</param>
    public ServiceNotification(string address)
    {
        var path = address.StartsWith('@') ? '\0' + address[1..] : address;
        _socket.Connect(new UnixDomainSocketEndPoint(path));
    }

    /// <summary>The start is complete.</summary>
    public void Ready() => Send("READY=1");

    /// <summary>The service does its work. When this is not said for long enough, systemd starts it again.</summary>
    public void Alive() => Send("WATCHDOG=1");

    /// <summary>The service ends, as it was asked to.</summary>
    public void Stopping() => Send("STOPPING=1");

    public void Dispose() => _socket.Dispose();

    private void Send(string state) => _socket.Send(Encoding.ASCII.GetBytes(state));
}
