using System.Net.Http.Headers;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Commands;

/// <summary>A server that runs on this machine, asked over its API with the token in its data folder.</summary>
internal static class RunningServer
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10); // Counting a year of readings takes its time.

    /// <summary>The body of the answer.</summary>
    /// <exception cref="ConfigurationException">It does not answer, or refuses.</exception>
    public static async Task<string> PostAsync(Uri server, string dataFolder, string path, CancellationToken cancellation)
    {
        using var http = new HttpClient { BaseAddress = server, Timeout = Patience };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", TokenIn(dataFolder));
        try
        {
            using var answer = await http.PostAsync(new Uri(path, UriKind.Relative), null, cancellation);
            var body = await answer.Content.ReadAsStringAsync(cancellation);
            return answer.IsSuccessStatusCode
                ? body
                : throw new ConfigurationException([$"The server at {server} answered {(int)answer.StatusCode}: {body} Check --server and --data, and that it was started with --influx."]);
        }
        catch (Exception error) when (error is HttpRequestException || (error is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new ConfigurationException([$"No server answers at {server}: {error.Message}. Correct --server, or leave it out while the server is stopped."]);
        }
    }

    // Reads only: a token made here would be in a folder that no server looks into.
    private static string TokenIn(string dataFolder)
    {
        var path = Path.Combine(dataFolder, "api-token");
        return SecretFile.Read(path)?.Trim()
            ?? throw new ConfigurationException([$"There is no {path}, which the server makes at its start. Name the server's data folder with --data."]);
    }
}
