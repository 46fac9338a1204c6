using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using ColdChain.Core.Wire;

namespace ColdChain.Server.Outbound;

/// <summary>
/// Sends messages to other systems, and to nobody else: a name is resolved once, and the connection goes to the very address that was looked at. It follows
/// no redirection, takes no proxy, keeps no cookie, and has a limit for time and for what it reads.
/// </summary>
internal sealed class GuardedSender : IDisposable
{
    /// <summary>How much of an answer is read, in bytes. A longer one counts as taken or not by its status all the same.</summary>
    public const int AnswerBytesMax = 64 * 1024;

    private const int HeaderKilobytesMax = 16;
    private const int ReasonLengthMax = 200;

    /// <summary>For how long an answer is waited for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly OutboundOptions _options;
    private readonly TimeSpan _patience;
    private readonly HttpClient _http;

    /// <param name="options">Where it may send to.</param>
    /// <param name="patience">For how long an answer is waited for; null for <see cref="Patience"/>.</param>
    public GuardedSender(OutboundOptions options, TimeSpan? patience = null)
    {
        (_options, _patience) = (options, patience ?? Patience);
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            MaxResponseHeadersLength = HeaderKilobytesMax,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1), // Then the name is looked up again.
            ConnectCallback = ConnectAsync,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan, // Each message has its own limit, which covers the body as well.
        };
    }

    /// <summary>Posts a message. What goes wrong is a result: only the caller's own cancellation is thrown.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="contentType">Its media type, such as <c>application/json</c>.</param>
    /// <param name="body">The message.</param>
    /// <param name="headers">Further headers.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<SendResult> PostAsync(
        Uri address, string contentType, ReadOnlyMemory<byte> body, IReadOnlyDictionary<string, string> headers, CancellationToken cancellation)
    {
        if (_options.Refusal(address) is { } refusal)
        {
            return new SendResult(false, null, refusal);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(_patience);
        using var request = Request(address, contentType, body, headers);
        try
        {
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return Result(answer.StatusCode, await BeginningAsync(answer, limit.Token));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new SendResult(false, null, $"{address.Authority} did not answer within {_patience.TotalSeconds:0.#} seconds.");
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return new SendResult(false, null, $"{address.Authority} was not reached: {Line(error.Message)}");
        }
    }

    public void Dispose() => _http.Dispose();

    private static HttpRequestMessage Request(Uri address, string contentType, ReadOnlyMemory<byte> body, IReadOnlyDictionary<string, string> headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return request;
    }

    private static SendResult Result(HttpStatusCode status, string beginning) => (int)status switch
    {
        >= 200 and < 300 => new SendResult(true, (int)status, beginning),
        >= 300 and < 400 => new SendResult(false, (int)status, $"It was answered with {(int)status}, which sends elsewhere: that is not followed. Correct the address."),
        _ => new SendResult(false, (int)status, $"It was answered with {(int)status}: {beginning}"),
    };

    private static async Task<string> BeginningAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        await using var stream = await answer.Content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[AnswerBytesMax];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        return Line(Encoding.UTF8.GetString(buffer, 0, length));
    }

    private static string Line(string text) => ShownText.Of(text.Trim(), ReasonLengthMax);

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var host = context.DnsEndPoint.Host;
        var addresses = await Dns.GetHostAddressesAsync(host, cancellation);
        var allowed = Array.FindAll(addresses, address => _options.IsOnPremises(host) || AddressGuard.IsPublic(address));
        if (allowed.Length == 0)
        {
            throw new HttpRequestException($"{host} has no public address. Name it in outbound.onPremises if it is one of your own.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
