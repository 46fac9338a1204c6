using ColdChain.Core.People;
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
        routes.MapPost($"{Gate.AccountPath}/second-factor", DraftAsync).ForPersons();
        routes.MapPost($"{Gate.AccountPath}/second-factor/confirm", ConfirmAsync).ForPersons();
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

    private static async Task<IResult> DraftAsync(HttpContext context, Caller caller, SecondFactor factor, DashboardPages pages)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        return await ShowAfterAsync(context, caller, pages, await factor.DraftAsync(caller.Account!, $"{form["password"]}", caller.Actor, context.RequestAborted)); // As above.
    }

    private static async Task<IResult> ConfirmAsync(HttpContext context, Caller caller, SecondFactor factor, DashboardPages pages)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        return await ShowAfterAsync(context, caller, pages, await factor.ConfirmAsync(caller.Account!, $"{form["code"]}", caller.Actor, context.RequestAborted)); // As above.
    }

    private static Task<IResult> ShowAfterAsync(HttpContext context, Caller caller, DashboardPages pages, Answer answer) => answer.Fault is { } fault
        ? PageAsync(context, caller, pages, StatusCodes.Status400BadRequest, texts => texts.Of(fault))
        : Task.FromResult<IResult>(TypedResults.Redirect(Gate.AccountPath));

    private static Task<IResult> PageAsync(HttpContext context, Caller caller, DashboardPages pages, int status, Func<Html.Texts, string>? fault)
    {
        var account = caller.Account!; // The gate lets persons in only.
        return pages.AccountAsync(context.Request, status, fault, new AccountView
        {
            Name = account.Name,
            Display = account.Display,
            MustChange = account.MustChange,
            HasSecondFactor = account.TotpSecret is not null,
            DraftText = account.TotpDraft is { } draft ? Totp.Text(draft) : null,
            DraftAddress = account.TotpDraft is { } secret ? Totp.Address(secret, account.Name) : null,
        });
    }
}
