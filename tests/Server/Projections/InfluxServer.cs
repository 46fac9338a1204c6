using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ColdChain.Server.Projections;
using ColdChain.Server.Tests.Store;

namespace ColdChain.Server.Tests.Projections;

/// <summary>A real influxd on free loopback ports, with its data in a folder of its own.</summary>
internal sealed class InfluxServer : IAsyncDisposable
{
    private const string Database = "coldchain";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TempFolder _folder = new();
    private readonly HttpClient _http;
    private readonly int _port = FreePort();
    private Process? _process;

    /// <summary>One that is not started yet; further settings go into the section [http] of its configuration.</summary>
    public InfluxServer(string settings = "")
    {
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_port}") };
        File.WriteAllText(
            _folder.File("influxdb.conf"),
            $"""
            reporting-disabled = true
            bind-address = "127.0.0.1:{FreePort()}"
            [meta]
            dir = "{_folder.File("meta")}"
            [data]
            dir = "{_folder.File("data")}"
            wal-dir = "{_folder.File("wal")}"
            [http]
            bind-address = "127.0.0.1:{_port}"
            log-enabled = false
            {settings}
            [monitor]
            store-enabled = false
            [logging]
            level = "error"
            """);
    }

    public InfluxOptions Options => new() { Address = _http.BaseAddress!, Database = Database };

    public static async Task<InfluxServer> StartedAsync(string settings = "")
    {
        var server = new InfluxServer(settings);
        await server.StartAsync();
        return server;
    }

    public async Task StartAsync()
    {
        _process = Process.Start(new ProcessStartInfo("influxd", ["-config", _folder.File("influxdb.conf")]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await UntilAsync(AnswersAsync);
    }

    /// <summary>Makes an administrator in one that asks who is there, and asks as that from here on.</summary>
    public async Task SignInAsync(string user, string password)
    {
        await QueryAsync($"CREATE USER {user} WITH PASSWORD '{password}' WITH ALL PRIVILEGES");
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
    }

    /// <summary>As a power cut would.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Runs an InfluxQL statement; the result is what it answers for it.</summary>
    public async Task<JsonNode> QueryAsync(string statement)
    {
        using var content = new FormUrlEncodedContent([new("db", Database), new("epoch", "ms"), new("q", statement)]);
        using var answer = await _http.PostAsync("query", content);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["results"]![0]!;
    }

    /// <summary>The value of a query with one number as its answer; 0 when there are no points.</summary>
    public async Task<long> NumberAsync(string statement) => (await QueryAsync(statement))["series"]?[0]!["values"]![0]![1]!.GetValue<long>() ?? 0;

    public async Task WriteAsync(string line)
    {
        using var content = new StringContent(line);
        using var answer = await _http.PostAsync($"write?db={Database}&precision=ms", content);
        answer.StatusCode.Should().Be(HttpStatusCode.NoContent);
    }

    /// <summary>Waits for a condition, not for a time.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await KillAsync();
        }

        _http.Dispose();
        _folder.Dispose();
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var answer = await _http.GetAsync("ping");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException) when (!_process!.HasExited)
        {
            return false;
        }
    }

    // Not one that the system gives to clients: between being found free and being taken, such a port may become a client's.
    private static int FreePort()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(10_000, 30_000);
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
