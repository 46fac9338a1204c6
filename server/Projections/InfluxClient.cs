using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace ColdChain.Server.Projections;

/// <summary>InfluxDB's HTTP API: one request to write lines, one to create the database, one to ask.</summary>
internal sealed class InfluxClient : IDisposable
{
    private const int AnswerBytesMax = 16 * 1024 * 1024;
    private const int ReasonLengthMax = 400;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly InfluxOptions _options;
    private readonly HttpClient _http;
    private readonly string _writePath;

    public InfluxClient(InfluxOptions options)
    {
        _options = options;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            BaseAddress = new Uri(options.Address.AbsoluteUri.TrimEnd('/') + "/"),
            Timeout = Patience,
            MaxResponseContentBufferSize = AnswerBytesMax,
        };
        _http.DefaultRequestHeaders.Authorization = AuthorizationOf(options);
        _writePath = options switch
        {
            { HasToken: false } => $"write?db={options.Database}&precision=ms",
            { Organisation: { } organisation } => $"api/v2/write?org={Uri.EscapeDataString(organisation)}&bucket={options.Database}&precision=ms",
            _ => $"api/v2/write?bucket={options.Database}&precision=ms",
        };
    }

    /// <summary>Writes lines: null when all are stored. Writing them again changes nothing.</summary>
    /// <exception cref="InfluxException">It did not answer, or not for these lines: try again later.</exception>
    public async Task<LineRefusal?> WriteAsync(ReadOnlyMemory<string> lines, CancellationToken cancellation)
    {
        using var content = Compressed(lines.Span);
        using var answer = await SendAsync(HttpMethod.Post, _writePath, content, cancellation);
        return answer.StatusCode switch
        {
            HttpStatusCode.NoContent => null,
            HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableContent =>
                LineRefusal.Of(await ReasonAsync(answer, cancellation)),
            HttpStatusCode.NotFound when !_options.HasToken => throw new InfluxDatabaseMissingException(await ReasonAsync(answer, cancellation)),
            _ => throw await UnexpectedAsync(answer, cancellation),
        };
    }

    /// <summary>Creates the database unless it exists. A bucket of 2.x is its administrator's to create.</summary>
    /// <exception cref="InfluxException">It did not answer, or refused.</exception>
    public async Task CreateDatabaseAsync(CancellationToken cancellation)
    {
        using var content = new FormUrlEncodedContent([new("q", $"CREATE DATABASE \"{_options.Database}\"")]);
        using var answer = await QueryAsync(HttpMethod.Post, "query", content, cancellation);
    }

    /// <summary>The series that a query is answered with.</summary>
    /// <exception cref="InfluxException">InfluxDB did not answer, refused, or answered in part.</exception>
    public async Task<IReadOnlyList<JsonElement>> SeriesAsync(string query, CancellationToken cancellation)
    {
        using var answer = await QueryAsync(HttpMethod.Get, $"query?db={_options.Database}&epoch=ms&q={Uri.EscapeDataString(query)}", null, cancellation);
        var series = answer.RootElement.GetProperty("results").EnumerateArray().SelectMany(SeriesOf).Select(one => one.Clone()).ToList();
        return series.Exists(one => one.TryGetProperty("partial", out _))
            ? throw new InfluxException($"InfluxDB at {_options.Address} answered a query in part only. Set max-row-limit in its configuration to 0.")
            : series;
    }

    public void Dispose() => _http.Dispose();

    private static AuthenticationHeaderValue? AuthorizationOf(InfluxOptions options) => options switch
    {
        { TokenFile: { } token } => new("Token", File.ReadAllText(token).Trim()),
        { User: { } user, PasswordFile: { } password } => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{File.ReadAllText(password).Trim()}"))),
        _ => null,
    };

    private static ByteArrayContent Compressed(ReadOnlySpan<string> lines)
    {
        var buffer = new MemoryStream();
        using (var writer = new StreamWriter(new GZipStream(buffer, CompressionLevel.Fastest)))
        {
            foreach (var line in lines)
            {
                writer.Write(line);
                writer.Write('\n');
            }
        }

        var content = new ByteArrayContent(buffer.ToArray());
        content.Headers.ContentEncoding.Add("gzip");
        content.Headers.ContentType = new MediaTypeHeaderValue("text/plain", "utf-8");
        return content;
    }

    // A query that fails is answered with 200 all the same, and the error inside.
    private async Task<JsonDocument> QueryAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellation)
    {
        using var answer = await SendAsync(method, path, content, cancellation);
        if (answer.StatusCode != HttpStatusCode.OK)
        {
            throw await UnexpectedAsync(answer, cancellation);
        }

        var body = await ParsedAsync(answer, cancellation);
        if (!body.RootElement.TryGetProperty("results", out var results) || results.EnumerateArray().Any(result => result.TryGetProperty("error", out _)))
        {
            using (body)
            {
                throw new InfluxException($"InfluxDB at {_options.Address} refused a query: {body.RootElement}. Check the database {_options.Database}.");
            }
        }

        return body;
    }

    private async Task<JsonDocument> ParsedAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        try
        {
            return await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync(cancellation), default, cancellation);
        }
        catch (JsonException error)
        {
            throw new InfluxException($"What answers at {_options.Address} is no InfluxDB: {error.Message} Correct --influx.", error);
        }
    }

    // An answer without a point has no series at all.
    private static JsonElement[] SeriesOf(JsonElement result) => result.TryGetProperty("series", out var series) ? [.. series.EnumerateArray()] : [];

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        try
        {
            return await _http.SendAsync(request, cancellation);
        }
        catch (Exception error) when (error is HttpRequestException || (error is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new InfluxException($"InfluxDB at {_options.Address} does not answer: {error.Message} Start it, or correct --influx.", error);
        }
    }

    private async Task<InfluxException> UnexpectedAsync(HttpResponseMessage answer, CancellationToken cancellation) => new(
        $"InfluxDB at {_options.Address} answered {(int)answer.StatusCode}: {await ReasonAsync(answer, cancellation)} "
        + $"Check that it is well, and that {_options.Database} may be written with what --influx-token-file and --influx-org say.");

    private static async Task<string> ReasonAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        var text = (await answer.Content.ReadAsStringAsync(cancellation)).Trim();
        return text.Length <= ReasonLengthMax ? text : text[..ReasonLengthMax] + "…";
    }
}
