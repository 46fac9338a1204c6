using ColdChain.Server.Dashboard;
using ColdChain.Server.Fleet;
using ColdChain.Server.Identity;
using ColdChain.Server.People;

namespace ColdChain.Server.Api;

/// <summary>
/// Stands before every endpoint: finds out who asks, by token, session or screen on a wall, and lets in whom the endpoint's <see cref="Access"/>
/// names. An endpoint that names nobody is closed. Whether something is allowed at a certain place, the endpoint asks its <see cref="Caller"/>.
/// </summary>
internal sealed class Gate(RequestDelegate next, ApiToken ofFolder, ApiTokens tokens, Sessions sessions, DashboardPages pages)
{
    private const string Scheme = "Bearer ";

    /// <summary>Where people sign in.</summary>
    public const string SignInPath = "/sign-in";

    /// <summary>Where they change their password.</summary>
    public const string AccountPath = "/account";

    public async Task InvokeAsync(HttpContext context)
    {
        var access = context.GetEndpoint()?.Metadata.GetMetadata<Access>();
        var caller = await CallerOfAsync(context, access);
        if (caller is not null)
        {
            context.Features.Set(caller);
        }

        await (Judge(context, access, caller) switch
        {
            Judgement.LetIn => next(context),
            Judgement.Unknown => AnswerUnknownAsync(context),
            Judgement.MustChange => AnswerMustChangeAsync(context),
            var judgement => AnswerForbiddenAsync(context, caller, judgement),
        });
    }

    private static Judgement Judge(HttpContext context, Access? access, Caller? caller)
    {
        if (access?.Kind == AccessKind.Everybody)
        {
            return Judgement.LetIn;
        }

        if (caller is null)
        {
            return Judgement.Unknown;
        }

        if (IsFromElsewhere(context.Request))
        {
            return Judgement.FromElsewhere;
        }

        return access switch
        {
            null => context.GetEndpoint() is RouteEndpoint ? Judgement.Forbidden : Judgement.LetIn, // Routing says that there is nothing, or not for this method.
            { Kind: AccessKind.Person } => caller.Account is null ? Judgement.Forbidden : Judgement.LetIn,
            _ when caller.Account is { MustChange: true } => Judgement.MustChange,
            { Needs: { } needed } when access.IsNational => caller.Rights.Everywhere(needed) ? Judgement.LetIn : Judgement.Forbidden,
            { Needs: { } needed } when caller.Rights.Anywhere(needed) => Judgement.LetIn,
            _ => Judgement.Forbidden,
        };
    }

    private async Task<Caller?> CallerOfAsync(HttpContext context, Access? access)
    {
        var from = context.Connection.RemoteIpAddress;
        if (context.Request.Headers.Authorization.ToString() is { Length: > 0 } given)
        {
            var token = given.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? given[Scheme.Length..].Trim() : "";
            return ofFolder.Matches(token) ? ApiTokens.OfTheFolderFrom(from) : tokens.Find(token, from);
        }

        if (Cookies.Session(context) is { } secret && await sessions.FindAsync(secret, from, access?.IsBackground != true, context.RequestAborted) is { } caller)
        {
            return caller with { FormToken = FormTokens.Of(secret) };
        }

        return Cookies.Wall(context) is { } wall ? tokens.Find(wall, from) : null;
    }

    // A browser says where a request that changes something comes from; a program that brings a token says nothing.
    private static bool IsFromElsewhere(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)
        && request.Headers.Origin.ToString() is { Length: > 0 } origin
        && !(Uri.TryCreate(origin, UriKind.Absolute, out var page) && page.Authority == request.Host.Value);

    // A form stands on the page above its own address. What was filled in is lost with the session.
    private static string PageOf(HttpRequest request)
    {
        var path = $"{request.Path}";
        return HttpMethods.IsGet(request.Method) ? $"{path}{request.QueryString}" : path.LastIndexOf('/') is > 0 and var last ? path[..last] : "/";
    }

    private static Task AnswerUnknownAsync(HttpContext context)
    {
        var request = context.Request;
        if (!IsOfApi(request) && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
        {
            context.Response.StatusCode = HttpMethods.IsGet(request.Method) ? StatusCodes.Status302Found : StatusCodes.Status303SeeOther;
            context.Response.Headers.Location = $"{SignInPath}?return={Uri.EscapeDataString(PageOf(request))}";
            return Task.CompletedTask;
        }

        var hasToken = request.Headers.Authorization.Count > 0;
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Problems.WriteAsync(
            context,
            StatusCodes.Status401Unauthorized,
            "Authorization",
            hasToken ? "that is no API token of this server" : "the request brings no API token",
            $"send the header 'Authorization: Bearer <token>' with a token of this server; people sign in at {SignInPath}");
    }

    private static Task AnswerMustChangeAsync(HttpContext context)
    {
        if (!IsOfApi(context.Request) && HttpMethods.IsGet(context.Request.Method))
        {
            context.Response.Redirect(AccountPath);
            return Task.CompletedTask;
        }

        return Problems.WriteAsync(context, StatusCodes.Status403Forbidden, "account", "its password is one-time", $"change it at {AccountPath} first");
    }

    private async Task AnswerForbiddenAsync(HttpContext context, Caller? caller, Judgement judgement)
    {
        if (!IsOfApi(context.Request) && judgement == Judgement.Forbidden)
        {
            await (await pages.ForbiddenAsync(context.Request)).ExecuteAsync(context);
            return;
        }

        var (reason, cure) = judgement == Judgement.FromElsewhere
            ? ("a page of another site asked for it", "open the page of this server and ask there")
            : ($"{caller?.Actor.Name ?? "nobody"} may not do that, or not for the whole nation", "ask an administrator for a role, or for a token with that scope");
        await Problems.WriteAsync(context, StatusCodes.Status403Forbidden, "rights", reason, cure);
    }

    private static bool IsOfApi(HttpRequest request) => ApiComposition.IsApi(request.Path);

    private enum Judgement
    {
        Forbidden,
        LetIn,
        Unknown,
        MustChange,
        FromElsewhere,
    }
}
