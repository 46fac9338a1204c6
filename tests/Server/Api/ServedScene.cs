using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace ColdChain.Server.Tests.Api;

/// <summary>A started server and a client that brings its token.</summary>
internal sealed class ServedScene : IAsyncDisposable
{
    private readonly HttpClient _client;

    public ServedScene(ServerApp app)
    {
        App = app;
        _client = new HttpClient { BaseAddress = app.Address };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", app.Token.Value);
    }

    public ServerApp App { get; }

    /// <summary>The body of an answer, which must have the status.</summary>
    public async Task<JsonNode> GetAsync(string path, int status = 200) => await BodyAsync(await _client.GetAsync(path), status);

    /// <summary>The whole answer.</summary>
    public Task<HttpResponseMessage> AskAsync(string path) => _client.GetAsync(path);

    public async Task<JsonNode> PostAsync(string path, object body, int status) => await BodyAsync(await _client.PostAsJsonAsync(path, body), status);

    /// <summary>The status of an answer that has no body.</summary>
    public async Task<int> SendAsync(string path, object body)
    {
        using var answer = await _client.PostAsJsonAsync(path, body);
        return (int)answer.StatusCode;
    }

    public static async Task<JsonNode> BodyAsync(HttpResponseMessage response, int status)
    {
        var text = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).Should().Be(status, "{0} {1} answered {2}", response.RequestMessage!.Method, response.RequestMessage.RequestUri, text);
        return JsonNode.Parse(text)!; // No answer of the API is null.
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await App.DisposeAsync();
    }
}
