using ColdChain.Core.People;
using ColdChain.Server.Dashboard;
using ColdChain.Server.Html;
using ColdChain.Server.Dashboard.Views;
using ColdChain.Server.Fleet;
using ColdChain.Server.People;
using ColdChain.Server.Store;

namespace ColdChain.Server.Api.Forms;

/// <summary>What an administrator does to accounts and API tokens. Only one of the whole nation may: a right could be given away further than it reaches otherwise.</summary>
internal static class PeopleForms
{
    public const string Path = "/people";

    public static void MapPeople(this IEndpointRouteBuilder routes)
    {
        var people = routes.MapGroup(Path).NeedsEverywhere(Permission.ManagePeople);
        people.MapGet("", (HttpContext context, PeoplePage page) => page.ShowAsync(context, default, ""));
        people.MapPost("", AddAsync);
        people.MapPost("/{name}/grant", (HttpContext context, string name, Caller caller, Accounts accounts, PeoplePage page) =>
            ChangeGrantAsync(context, name, page, grant => accounts.GrantAsync(name, grant, caller.Actor, context.RequestAborted)));
        people.MapPost("/{name}/revoke", (HttpContext context, string name, Caller caller, Accounts accounts, PeoplePage page) =>
            ChangeGrantAsync(context, name, page, grant => accounts.RevokeAsync(name, grant, caller.Actor, context.RequestAborted)));
        people.MapPost("/{name}/disable", (HttpContext context, string name, Caller caller, Accounts accounts, PeoplePage page) =>
            ShowAfterAsync(context, name, page, accounts.DisableAsync(name, caller.Actor, context.RequestAborted)));
        people.MapPost("/{name}/enable", (HttpContext context, string name, Caller caller, Accounts accounts, PeoplePage page) =>
            ShowAfterAsync(context, name, page, accounts.EnableAsync(name, caller.Actor, context.RequestAborted)));
        people.MapPost("/{name}/reset", (HttpContext context, string name, Caller caller, Accounts accounts, PeoplePage page) =>
            ShowAfterAsync(context, name, page, accounts.ResetAsync(name, caller.Actor, context.RequestAborted)));
        people.MapPost("/tokens", MakeTokenAsync);
        people.MapPost("/tokens/{name}/revoke", (HttpContext context, string name, Caller caller, ApiTokens tokens, PeoplePage page) =>
            ShowAfterAsync(context, name, page, tokens.RevokeAsync(name, caller.Actor, context.RequestAborted)));
    }

    private static async Task<IResult> AddAsync(HttpContext context, Caller caller, Accounts accounts, PeoplePage page)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var name = $"{form["name"]}".Trim();
        var language = Texts.Find(form["language"]) ?? Texts.All[0];
        return await ShowAfterAsync(context, name, page, accounts.AddAsync(name, $"{form["display"]}", language.Language, caller.Actor, context.RequestAborted));
    }

    private static async Task<IResult> ChangeGrantAsync(HttpContext context, string name, PeoplePage page, Func<Grant, Task<Answer>> change)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var isOne = RoleWords.TryParse(form["role"], out var role) & page.TryPlace(form["scope"], out var where);
        return await ShowAfterAsync(context, name, page, isOne ? change(new Grant(role, where)) : Task.FromResult(new Answer(AccountFault.GrantInvalid)));
    }

    private static async Task<IResult> MakeTokenAsync(HttpContext context, Caller caller, ApiTokens tokens, PeoplePage page)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var name = $"{form["name"]}".Trim();
        var making = page.TryPlace(form["scope"], out var where)
            ? tokens.MakeAsync(name, [.. form["scopes"].OfType<string>()], where, caller.Actor, context.RequestAborted)
            : Task.FromResult(new Answer(AccountFault.GrantInvalid));
        return await ShowAfterAsync(context, name, page, making);
    }

    private static async Task<IResult> ShowAfterAsync(HttpContext context, string name, PeoplePage page, Task<Answer> change) => await page.ShowAsync(context, await change, name);
}

/// <summary>The page of the people, as it is after something was done or refused.</summary>
internal sealed class PeoplePage(RecordStore store, FleetView fleet, DashboardPages pages)
{
    public Task<IResult> ShowAsync(HttpContext context, Answer answer, string name) => pages.PeopleAsync(
        context.Request,
        answer.Fault is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
        new PeopleView
        {
            Fault = answer.Fault,
            Secret = answer.Secret,
            SecretOf = name,
            Accounts = [.. store.Read(session => AccountStore.All(session).Select(account => ViewOf(session, account)).ToList())],
            Tokens = [.. store.Read(ApiTokenStore.All).Where(token => token.RevokedAt is null).Select(token => new TokenView(token.Name, token.Scopes, token.Place, token.MadeAt))],
            Places = Places(),
        });

    /// <summary>A place that the fleet has, or one that an account still has from before.</summary>
    public bool TryPlace(string? text, out Scope place) => Scope.TryParse(text, out place) && Uses(place);

    private bool Uses(Scope place) => Places().Contains(place.ToString())
        || store.Read(session => AccountStore.All(session).Exists(account => AccountStore.Grants(session, account.Id).Any(grant => grant.Where == place)));

    private List<string> Places() =>
    [
        Scope.Nation.ToString(),
        .. fleet.Current.Sites.Select(site => site.Region).OfType<string>().Distinct().Order(StringComparer.Ordinal).Select(region => Scope.Region(region).ToString()),
        .. fleet.Current.Sites.Select(site => Scope.Site(site.Id).ToString()),
    ];

    private static PersonView ViewOf(StoreSession session, AccountRow account) => new(
        account.Name, account.Display, account.DisabledAt, account.MustChange, account.TotpSecret is not null, AccountStore.Grants(session, account.Id));
}
