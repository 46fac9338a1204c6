using Microsoft.AspNetCore.Http.Extensions;

namespace ColdChain.Server.Api;

/// <summary>Tells where an answer goes on that was cut: the header <c>Link</c> with <c>rel="next"</c> (RFC 8288).</summary>
internal static class NextPage
{
    /// <summary>The same request with one parameter set to where the next page begins.</summary>
    public static void Announce(HttpContext context, string parameter, object value)
    {
        var query = new QueryBuilder(context.Request.Query.Where(entry => !entry.Key.Equals(parameter, StringComparison.OrdinalIgnoreCase)))
        {
            { parameter, $"{value}" },
        };
        context.Response.Headers.Link = $"<{context.Request.Path}{query}>; rel=\"next\"";
    }
}
