using System.Security.Cryptography;
using ColdChain.Core.People;
using ColdChain.Server.Dashboard;
using ColdChain.Server.Dashboard.Views;
using ColdChain.Server.Fleet;
using ColdChain.Server.People;

namespace ColdChain.Server.Api.Forms;

/// <summary>Signing in and out, and the screen on a wall.</summary>
internal static class SignInForms
{
    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Gate.SignInPath, ShowAsync).ForEverybody();
        routes.MapPost(Gate.SignInPath, SignInAsync).ForEverybody();
        routes.MapPost("/sign-out", SignOutAsync).ForPersons();
        routes.MapGet("/wall", HangUpAsync).ForEverybody();
    }

    private static Task<IResult> ShowAsync(HttpContext context, DashboardPages pages) => PageAsync(context, pages, context.Request.Query["return"], StatusCodes.Status200OK, new SignInView());

    private static async Task<IResult> SignInAsync(HttpContext context, DashboardPages pages, Sessions sessions)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var name = $"{form["name"]}".Trim();
        var answer = await sessions.SignInAsync(name, $"{form["password"]}", context.Connection.RemoteIpAddress, context.RequestAborted);
        if (answer.Secret is null)
        {
            var isWaiting = answer.Wait > TimeSpan.Zero;
            if (isWaiting)
            {
                context.Response.Headers.RetryAfter = $"{Math.Ceiling(answer.Wait.TotalSeconds):0}";
            }

            var status = isWaiting ? StatusCodes.Status429TooManyRequests : StatusCodes.Status401Unauthorized;
            return await PageAsync(context, pages, form["return"], status, new SignInView { HasFailed = !isWaiting, Wait = answer.Wait, Name = name });
        }

        Cookies.SetSession(context, answer.Secret);
        Cookies.EndVisit(context);
        return Results.Redirect(OwnPath(form["return"]));
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, Caller caller, Sessions sessions)
    {
        await sessions.SignOutAsync(Cookies.Session(context)!, caller, context.RequestAborted); // A person was let in by it.
        Cookies.EndSession(context);
        return Results.Redirect(Gate.SignInPath);
    }

    /// <summary>A screen on a wall shows its token once, and gets a cookie for it.</summary>
    private static async Task<IResult> HangUpAsync(HttpContext context, string? token, ApiTokens tokens, DashboardPages pages)
    {
        // A token that may do more than show tiles has no place in an address.
        var caller = tokens.Find(token ?? "", context.Connection.RemoteIpAddress);
        if (caller is null || !caller.Rights.Anywhere(Permission.SeeTiles) || caller.Rights.Anywhere(Permission.See))
        {
            return await pages.MessageAsync(context.Request, StatusCodes.Status403Forbidden, texts => texts.WallRefused);
        }

        Cookies.SetWall(context, token!); // It was found.
        return Results.Redirect("/");
    }

    private static async Task<IResult> PageAsync(HttpContext context, DashboardPages pages, string? returnTo, int status, SignInView view)
    {
        var visit = Cookies.Visit(context);
        if (visit is null)
        {
            Cookies.SetVisit(context, visit = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));
        }

        return await pages.SignInAsync(context.Request, status, view with { FormToken = FormTokens.Of(visit), Return = OwnPath(returnTo) });
    }

    // An address of another site behind "return" must not make this server send people there.
    private static string OwnPath(string? path) =>
        path is ['/', ..] and not ['/', '/' or '\\', ..] && !path.Any(char.IsControl) && Uri.TryCreate(path, UriKind.Relative, out _) ? path : "/";
}
