using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace ColdChain.Tests.Shared;

/// <summary>Finds a free port on loopback for a program that is to have it, also after it was killed and started again.</summary>
internal static class FreePort
{
    // Below those that the system gives to clients: such a one may become a client's before the program takes it, or while it is dead.
    private const int First = 10_000;
    private const int AfterLast = 30_000;

    public static int Take()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(First, AfterLast);
            using var probe = new Socket(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                // Somebody has it: another one is tried.
            }
        }
    }
}
