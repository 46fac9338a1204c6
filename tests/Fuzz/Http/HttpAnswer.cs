using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ColdChain.Fuzz.Tests.Http;

/// <summary>The first answer on a connection.</summary>
/// <param name="Status">Its status.</param>
/// <param name="ContentType">Its type; empty for none.</param>
/// <param name="Body">Its body; only the beginning of one that never ends.</param>
internal sealed record HttpAnswer(int Status, string ContentType, byte[] Body)
{
    // How long a request that may not be one is waited upon before the server is told that nothing more will come.
    private static readonly TimeSpan Doubt = TimeSpan.FromMilliseconds(25);

    /// <summary>Sends bytes as they are, and reads what comes back; null when the connection was closed without an answer.</summary>
    /// <param name="server">Where to.</param>
    /// <param name="request">What to send.</param>
    /// <param name="isWhole">True when it is a request, so that there must be an answer.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<HttpAnswer?> ToAsync(Uri server, byte[] request, bool isWhole, CancellationToken cancellation)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, server.Port, cancellation);
        var sending = SendAsync(socket, request, cancellation);
        var received = new ArrayBufferWriter<byte>();
        var reading = ReadAsync(socket, received, request.AsSpan().StartsWith("HEAD "u8), cancellation);
        if (!isWhole && await Task.WhenAny(reading, Task.Delay(Doubt, TimeProvider.System, cancellation)) != reading)
        {
            await sending;
            Finish(socket);
        }

        return await reading;
    }

    private static async Task SendAsync(Socket socket, byte[] request, CancellationToken cancellation)
    {
        try
        {
            await socket.SendAsync(request.AsMemory(), cancellation);
        }
        catch (SocketException)
        {
            // The server has heard enough.
        }
    }

    private static void Finish(Socket socket)
    {
        try
        {
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // It was closed from the other side.
        }
    }

    private static async Task<HttpAnswer?> ReadAsync(Socket socket, ArrayBufferWriter<byte> received, bool isHead, CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                if (Parse(received.WrittenSpan, isHead, isEnded: false) is { } answer)
                {
                    return answer;
                }

                var count = await socket.ReceiveAsync(received.GetMemory(4096), cancellation);
                received.Advance(count);
                if (count == 0)
                {
                    return Parse(received.WrittenSpan, isHead, isEnded: true);
                }
            }
        }
        catch (SocketException)
        {
            return Parse(received.WrittenSpan, isHead, isEnded: true);
        }
    }

    private static HttpAnswer? Parse(ReadOnlySpan<byte> bytes, bool isHead, bool isEnded)
    {
        var end = bytes.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return null;
        }

        var lines = Encoding.ASCII.GetString(bytes[..end]).Split("\r\n");
        var status = int.Parse(lines[0].AsSpan("HTTP/1.1 ".Length, 3), CultureInfo.InvariantCulture);
        var rest = bytes[(end + 4)..];
        if (status < 200)
        {
            return Parse(rest, isHead, isEnded); // 100: the real one follows.
        }

        var type = Header(lines, "Content-Type");
        return BodyOf(lines, rest, isHead || status is 204 or 304, type, isEnded) is { } body ? new HttpAnswer(status, type, body) : null;
    }

    private static byte[]? BodyOf(string[] lines, ReadOnlySpan<byte> rest, bool isWithout, string type, bool isEnded)
    {
        if (isWithout || isEnded || type.StartsWith("text/event-stream", StringComparison.Ordinal))
        {
            return rest.ToArray();
        }

        if (Header(lines, "Transfer-Encoding") == "chunked")
        {
            return rest.EndsWith("0\r\n\r\n"u8) ? Unchunked(rest) : null;
        }

        var length = int.TryParse(Header(lines, "Content-Length"), NumberStyles.None, CultureInfo.InvariantCulture, out var stated) ? stated : int.MaxValue;
        return rest.Length >= length ? rest[..length].ToArray() : null;
    }

    private static byte[] Unchunked(ReadOnlySpan<byte> chunks)
    {
        var body = new ArrayBufferWriter<byte>();
        while (true)
        {
            var line = chunks.IndexOf("\r\n"u8);
            var length = int.Parse(Encoding.ASCII.GetString(chunks[..line]), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (length == 0)
            {
                return body.WrittenSpan.ToArray();
            }

            body.Write(chunks.Slice(line + 2, length));
            chunks = chunks[(line + 2 + length + 2)..];
        }
    }

    private static string Header(string[] lines, string name) =>
        lines.FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim() ?? "";
}
