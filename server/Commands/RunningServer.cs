using System.Net.Http.Headers;
using ColdChain.Server.Fleet;
using ColdChain.Server.Identity;

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
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ApiToken.LoadOrCreate(dataFolder).Value);
        try
        {
            using var answer = await http.PostAsync(new Uri(path, UriKind.Relative), null, cancellation);
            var body = await answer.Content.ReadAsStringAsync(cancellation);
            return answer.IsSuccessStatusCode
                ? body
                : throw new ConfigurationException([$"The server at {server} answered {(int)answer.StatusCode}: {body} Check --server and --data, and that it was started with --influx."]);
        }
        catch (HttpRequestException error)
        {
            throw new ConfigurationException([$"No server answers at {server}: {error.Message}. Correct --server, or leave it out while the server is stopped."]);
        }
    }
}
