using ColdChain.Server.People;

namespace ColdChain.Server.Api;

/// <summary>The cookies: sent to this server only, from its own pages only, and unseen by scripts. Over https their names keep out what another host set.</summary>
internal static class Cookies
{
    private const string OfSession = "coldchain-session";
    private const string OfWall = "coldchain-wall";
    private const string OfVisit = "coldchain-visit";

    // A screen on a wall stays for as long as its token counts.
    private static readonly TimeSpan WallLasts = TimeSpan.FromDays(400);

    /// <summary>The secret of the session; null for none.</summary>
    public static string? Session(HttpContext context) => Read(context, OfSession);

    /// <summary>The token of a screen on a wall; null for none.</summary>
    public static string? Wall(HttpContext context) => Read(context, OfWall);

    /// <summary>What ties the form for signing in to the browser that asked for it; null for none.</summary>
    public static string? Visit(HttpContext context) => Read(context, OfVisit);

    public static void SetSession(HttpContext context, string secret) => Set(context, OfSession, secret, Sessions.LengthMax);

    public static void SetWall(HttpContext context, string token) => Set(context, OfWall, token, WallLasts);

    public static void SetVisit(HttpContext context, string secret) => Set(context, OfVisit, secret, Sessions.LengthMax);

    public static void EndSession(HttpContext context) => context.Response.Cookies.Delete(Name(context, OfSession), Options(context));

    public static void EndVisit(HttpContext context) => context.Response.Cookies.Delete(Name(context, OfVisit), Options(context));

    private static string? Read(HttpContext context, string name) => context.Request.Cookies[Name(context, name)] is { Length: > 0 } value ? value : null;

    private static void Set(HttpContext context, string name, string value, TimeSpan lasts)
    {
        var options = Options(context);
        options.MaxAge = lasts;
        context.Response.Cookies.Append(Name(context, name), value, options);
    }

    private static string Name(HttpContext context, string name) => context.Request.IsHttps ? $"__Host-{name}" : name;

    private static CookieOptions Options(HttpContext context) =>
        new() { Path = "/", HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, IsEssential = true };
}
