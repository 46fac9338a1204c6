using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace ColdChain.EndToEnd.Tests.Demo;

/// <summary>The demo as a user starts it.</summary>
internal sealed class DemoProcess : IAsyncDisposable
{
    private readonly ProgramProcess _process;

    private DemoProcess(ProgramProcess process) => _process = process;

    public string Output => _process.Output;

    public static DemoProcess Start(params string[] arguments) => new(ProgramProcess.Start("ColdChain.Demo.dll", arguments));

    public Task<string> LineAsync(string beginning) => _process.LineAsync(beginning);

    /// <summary>A client of its API, signed in with the token that it prints.</summary>
    public async Task<HttpClient> ClientAsync()
    {
        var client = new HttpClient { BaseAddress = new Uri(await LineAsync("Address:")) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await LineAsync("API token:"));
        return client;
    }

    /// <summary>What Ctrl-C does; gives the exit code.</summary>
    public Task<int> InterruptAsync() => _process.StopAsync("INT");

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    public static async Task<JsonArray> ListAsync(HttpClient client, string path) => JsonNode.Parse(await client.GetStringAsync(path))!.AsArray();
}
