using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace ColdChain.EndToEnd.Tests.Demo;

/// <summary>The demo as a user starts it: a process of its own, read by its output, stopped by its process id.</summary>
internal sealed class DemoProcess : IAsyncDisposable
{
    private static readonly TimeSpan StopAtMost = TimeSpan.FromSeconds(30);
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();

    private DemoProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Output => string.Join('\n', _output);

    public static DemoProcess Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "ColdChain.Demo.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return new DemoProcess(Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start."));
    }

    /// <summary>Waits until a line begins with a text, and gives the rest of it.</summary>
    public async Task<string> LineAsync(string beginning)
    {
        string? found = null;
        await Eventually.HoldsAsync(
            () => (found = _output.FirstOrDefault(line => line.StartsWith(beginning, StringComparison.Ordinal))) is not null || _process.HasExited,
            $"the demo prints '{beginning}'");
        return found?[beginning.Length..].Trim() ?? throw new InvalidOperationException($"The demo ended without printing '{beginning}':\n{Output}");
    }

    /// <summary>A client of its API, signed in with the token that it prints.</summary>
    public async Task<HttpClient> ClientAsync()
    {
        var client = new HttpClient { BaseAddress = new Uri(await LineAsync("Address:")) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await LineAsync("API token:"));
        return client;
    }

    /// <summary>What Ctrl-C does; gives the exit code.</summary>
    public async Task<int> InterruptAsync()
    {
        using (var kill = Process.Start("kill", ["-INT", $"{_process.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        await _process.WaitForExitAsync().WaitAsync(StopAtMost);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    public static async Task<JsonArray> ListAsync(HttpClient client, string path) => JsonNode.Parse(await client.GetStringAsync(path))!.AsArray();

    private void Keep(string? line)
    {
        if (line is not null)
        {
            _output.Enqueue(line);
        }
    }
}
