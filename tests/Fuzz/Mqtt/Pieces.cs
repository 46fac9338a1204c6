using System.Net.Sockets;

namespace ColdChain.Fuzz.Tests.Mqtt;

/// <summary>Sends bytes as a network does, in pieces, and then says that no more will come.</summary>
internal static class Pieces
{
    private const int PiecesMax = 5;

    public static async Task SendAsync(Socket socket, byte[] bytes, CancellationToken cancellation)
    {
        socket.NoDelay = true;
        var random = new Random(bytes.Length);
        try
        {
            for (var at = 0; at < bytes.Length;)
            {
                var length = Math.Min(bytes.Length - at, random.Next(1, 1 + Math.Max(1, bytes.Length / PiecesMax)));
                await socket.SendAsync(bytes.AsMemory(at, length), cancellation);
                at += length;
            }

            socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The other side has heard enough and closed: that is an answer too.
        }
    }
}
