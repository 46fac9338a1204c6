namespace ColdChain.Server.Dashboard;

/// <summary>What browsers are told about every answer of the pages: load and send nothing elsewhere, and be framed by nobody.</summary>
internal sealed class PageHeaders : IEndpointFilter
{
    private const string Policy = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var headers = context.HttpContext.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";

        // What a page says is true for seconds: neither a browser's back button nor a proxy may bring an old one. Assets say otherwise.
        headers.CacheControl = "no-store";
        return next(context);
    }
}
