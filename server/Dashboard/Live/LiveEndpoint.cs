using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using ColdChain.Server.Fleet;

namespace ColdChain.Server.Dashboard.Live;

/// <summary>The stream of the pages, as server-sent events. A browser opens it once for all its tabs.</summary>
internal sealed class LiveEndpoint(LiveFeed feed, DashboardPages pages, IHostApplicationLifetime lifetime)
{
    public async Task<IResult> GetAsync(HttpContext context)
    {
        var client = await feed.TryJoinAsync(pages.FrameOf(context.Request, zone: null), Caller.Of(context));
        return client is null
            ? Results.Problem($"{LiveFeed.ClientsMax} pages are open already. Close some, or try again later.", statusCode: StatusCodes.Status503ServiceUnavailable)
            : TypedResults.ServerSentEvents(MessagesAsync(client, context.RequestAborted));
    }

    private async IAsyncEnumerable<SseItem<string>> MessagesAsync(LiveClient client, [EnumeratorCancellation] CancellationToken aborted)
    {
        // A stop of the server must not wait for streams that never end.
        using var stopping = lifetime.ApplicationStopping.Register(client.Close);
        try
        {
            await foreach (var message in client.Messages(aborted))
            {
                yield return message;
            }
        }
        finally
        {
            feed.Leave(client);
        }
    }
}
