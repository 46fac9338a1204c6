using ColdChain.Server.Dashboard;
using ColdChain.Server.Dashboard.Views;
using ColdChain.Server.Fleet;
using ColdChain.Server.People;

namespace ColdChain.Server.Api.Forms;

/// <summary>What a person does to the own account.</summary>
internal static class AccountForms
{
    public static void MapAccount(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Gate.AccountPath, (HttpContext context, Caller caller, DashboardPages pages) => PageAsync(context, caller, pages, StatusCodes.Status200OK, fault: null)).ForPersons();
        routes.MapPost($"{Gate.AccountPath}/password", ChangeAsync).ForPersons();
    }

    private static async Task<IResult> ChangeAsync(HttpContext context, Caller caller, Accounts accounts, DashboardPages pages)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if ($"{form["wanted"]}" != $"{form["again"]}")
        {
            return await PageAsync(context, caller, pages, StatusCodes.Status400BadRequest, texts => texts.PasswordsDiffer);
        }

        var answer = await accounts.ChangePasswordAsync(caller.Account!, $"{form["present"]}", $"{form["wanted"]}", caller.Actor, context.RequestAborted); // The gate lets persons in only.
        if (answer.Fault is { } fault)
        {
            return await PageAsync(context, caller, pages, StatusCodes.Status400BadRequest, texts => texts.Of(fault));
        }

        Cookies.EndSession(context);
        return Results.Redirect(Gate.SignInPath);
    }

    private static Task<IResult> PageAsync(HttpContext context, Caller caller, DashboardPages pages, int status, Func<Dashboard.Language.Texts, string>? fault)
    {
        var account = caller.Account!; // The gate lets persons in only.
        return pages.AccountAsync(context.Request, status, fault, new AccountView { Name = account.Name, Display = account.Display, MustChange = account.MustChange });
    }
}
