using ColdChain.Server.Identity;

namespace ColdChain.Server.Api;

/// <summary>Lets in whoever brings the API token. Health alone answers anybody, and says less to them.</summary>
internal sealed class TokenGate(RequestDelegate next, ApiToken token)
{
    private const string Scheme = "Bearer ";

    public Task InvokeAsync(HttpContext context)
    {
        if (IsOpen(context, token) || context.Request.Path.StartsWithSegments("/health"))
        {
            return next(context);
        }

        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Problems.WriteAsync(
            context,
            StatusCodes.Status401Unauthorized,
            "Authorization",
            context.Request.Headers.Authorization.Count == 0 ? "the request brings no API token" : "that is not the API token of this server",
            "send the header 'Authorization: Bearer <token>' with the token that the server prints at its start");
    }

    /// <summary>True when the request brings the right token.</summary>
    public static bool IsOpen(HttpContext context, ApiToken token) =>
        context.Request.Headers.Authorization.ToString() is var given
        && given.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && token.Matches(given[Scheme.Length..].Trim());
}
