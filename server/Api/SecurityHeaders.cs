namespace ColdChain.Server.Api;

/// <summary>What browsers are told about every answer: load and send nothing elsewhere, be framed by nobody, and stay with https once it was there.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    private const string Policy = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";
    /// <summary>What holds for a document that needs nothing else: its style is inside, and nothing is loaded, run or sent.</summary>
    public const string OfDocument = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string Year = "max-age=31536000";

    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin"; // Without any referrer, browsers send forms as from nowhere, and the gate refuses them.
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (context.Request.IsHttps)
        {
            headers.StrictTransportSecurity = Year;
        }

        // What an answer says is true for seconds, and not for the next person at this browser: neither its back button nor a proxy may bring an
        // old one. Assets say otherwise.
        headers.CacheControl = "no-store";
        return next(context);
    }
}
