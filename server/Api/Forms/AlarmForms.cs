using System.Globalization;
using ColdChain.Core.Alerting;
using ColdChain.Core.People;
using ColdChain.Core.Readings;
using ColdChain.Server.Alerts;
using ColdChain.Server.Dashboard;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Api.Forms;

/// <summary>What people say to alarms, and who is on call.</summary>
internal static class AlarmForms
{
    private const string TimeForm = "yyyy-MM-dd'T'HH:mm";

    public static void MapAlarms(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/alarms", (HttpRequest request, AlarmPages pages) => pages.AlarmsAsync(request)).Needs(Permission.See);
        routes.MapGet("/incidents/{id:long}", ShowAsync).Needs(Permission.See);
        var incident = routes.MapGroup("/incidents/{id:long}").Needs(Permission.Acknowledge);
        incident.MapPost("/acknowledge", (HttpContext context, long id, AlarmDoor door) => door.ChangeAsync(context, id, (transaction, form, account, now) =>
            door.Acknowledging.Take(transaction, id, new Saying(account, $"{form["action"]}".Trim(), AcknowledgedBy.Page), now))).DisableRateLimiting();
        incident.MapPost("/shelve", (HttpContext context, long id, AlarmDoor door) => door.ChangeAsync(context, id, (transaction, form, account, now) =>
            Shelves.Shelve(transaction, id, account, $"{form["reason"]}".Trim(), Minutes($"{form["minutes"]}"), now)));
        incident.MapPost("/shelvings/{shelving:long}/confirm", (HttpContext context, long id, long shelving, AlarmDoor door) =>
            door.ChangeAsync(context, id, (transaction, _, account, now) => Shelves.Confirm(transaction, id, shelving, account, now)));
        incident.MapPost("/shelvings/{shelving:long}/end", (HttpContext context, long id, long shelving, AlarmDoor door) =>
            door.ChangeAsync(context, id, (transaction, _, account, now) => Shelves.End(transaction, id, shelving, account, now)));
        routes.MapGet("/on-call", (HttpRequest request, AlarmPages pages) => pages.ScheduleAsync(request)).Needs(Permission.See);
        var schedule = routes.MapGroup("/on-call").Needs(Permission.PlanOnCall);
        schedule.MapPost("", (HttpContext context, AlarmDoor door) => door.PlanAsync(context, Enter));
        schedule.MapPost("/{slot:long}/remove", (HttpContext context, long slot, AlarmDoor door) => door.PlanAsync(context, (transaction, _, plan) =>
        {
            var known = OnCallEntry.Required(transaction, slot);
            plan.RequireAt(known.Where);
            OnCallEntry.Remove(transaction, known, plan.Caller.Actor.Name, plan.Now);
        }));
        schedule.MapPost("/contacts", (HttpContext context, AlarmDoor door) => door.PlanAsync(context, (transaction, form, plan) =>
            OnCallEntry.Reach(transaction, $"{form["person"]}", new Contact(Optional($"{form["email"]}"), Optional($"{form["phone"]}")), plan.Now)));
    }

    /// <summary>The links of messages. No guard of forms stands before them: what the address holds is the secret, and a browser may have no cookie of ours.</summary>
    public static void MapAlarmLinks(this IEndpointRouteBuilder routes)
    {
        var links = routes.MapGroup("/a/{secret}").ForEverybody().DisableRateLimiting().ExcludeFromDescription();
        links.MapGet("", (HttpRequest request, string secret, AcknowledgingByLink byLink, Acknowledging acknowledging, AlarmPages pages) =>
            pages.LinkAsync(request, byLink.Look(secret)?.Incidents.Select(row => row.Id) ?? [], acknowledging.Lasts, isDone: false));
        links.MapPost("", async (HttpContext context, string secret, AcknowledgingByLink byLink, Acknowledging acknowledging, AlarmPages pages) =>
        {
            var used = await byLink.UseAsync(secret, context.Connection.RemoteIpAddress, context.RequestAborted);
            return await pages.LinkAsync(context.Request, used?.Incidents.Select(row => row.Id) ?? [], acknowledging.Lasts, isDone: used is not null);
        });
    }

    private static async Task<IResult> ShowAsync(HttpContext context, long id, AlarmDoor door)
    {
        await door.SeeAsync(context, id);
        return await door.Pages.IncidentAsync(context.Request, id, door.Acknowledging.Lasts);
    }

    private static void Enter(StoreTransaction transaction, IFormCollection form, Plan plan)
    {
        var where = Scope.TryParse($"{form["scope"]}", out var scope) ? scope : throw Wrong("scope");
        plan.RequireAt(where);
        var duty = AlertWords.TryParse<Duty>($"{form["duty"]}", out var known) ? known : throw Wrong("duty");
        OnCallEntry.Enter(
            transaction, plan.Fleet, new NewSlot(where, $"{form["person"]}", duty, At("from", $"{form["from"]}", plan.Zone), At("to", $"{form["to"]}", plan.Zone)), plan.Caller.Actor.Name, plan.Now);
    }

    // As a browser writes it, by the clock of the page. What the clock shows twice counts as its first time.
    private static Instant At(string name, string text, TimeZoneInfo zone) =>
        DateTime.TryParseExact(text, TimeForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local.Year is >= 1970 and < 9999 && !zone.IsInvalidTime(local)
            ? Instant.From(new DateTimeOffset(local, zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local)))
            : throw Wrong(name);

    private static TimeSpan Minutes(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) && minutes <= Shelving.LengthMax.TotalMinutes ? TimeSpan.FromMinutes(minutes) : TimeSpan.Zero;

    private static string? Optional(string text) => text.Trim() is { Length: > 0 } given ? given : null;

    private static RefusalException Wrong(string name) => new(RefusalKind.Invalid, name, $"'{name}' is missing or none", "fill in the form again");
}

/// <summary>Somebody plans who is on call.</summary>
/// <param name="Caller">Who.</param>
/// <param name="Fleet">The fleet.</param>
/// <param name="Zone">The zone of the page.</param>
/// <param name="Now">The present.</param>
internal sealed record Plan(Caller Caller, FleetHistory Fleet, TimeZoneInfo Zone, Instant Now)
{
    /// <summary>Refuses what reaches further than the planner's own rights.</summary>
    /// <exception cref="RefusalException">It does.</exception>
    public void RequireAt(Scope where)
    {
        var sites = Fleet.Sites.Where(site => where.Covers(Fleet.PlaceOf(site.Id))).ToList();
        if (sites.Count == 0 || (where.Kind == ScopeKind.Nation && !Caller.Rights.Everywhere(Permission.PlanOnCall)))
        {
            throw new RefusalException(RefusalKind.Invalid, "scope", $"{where} is no place that you may plan for", "choose one of the list");
        }

        sites.ForEach(site => Caller.RequireAt(Permission.PlanOnCall, Fleet, site.Id));
    }
}

/// <summary>What the forms of alarms need: who asks, where, and what is shown afterwards.</summary>
internal sealed class AlarmDoor(Sources sources, Acknowledging acknowledging, AlarmPages pages, DashboardPages others)
{
    public Acknowledging Acknowledging => acknowledging;

    public AlarmPages Pages => pages;

    /// <summary>Changes an incident in a person's name, and shows it; a refusal changes nothing and is told on the page.</summary>
    public Task<IResult> ChangeAsync(HttpContext context, long id, Action<StoreTransaction, IFormCollection, AccountRow, Instant> change) => GuardAsync(
        context,
        async () =>
        {
            var (caller, form) = (Caller.Of(context), await context.Request.ReadFormAsync(context.RequestAborted));
            var account = caller.Account ?? throw new RefusalException(RefusalKind.Forbidden, "account", "only a person may do that", "sign in");
            caller.RequireAt(Permission.Acknowledge, sources.Fleet, sources.Store.Read(session => Acknowledging.Open(session, id)).Site);
            await sources.Store.WriteAsync(WritePriority.Decision, transaction => change(transaction, form, account, sources.Now), context.RequestAborted, caller.Actor);
            return TypedResults.Redirect($"/incidents/{id}");
        },
        fault => pages.IncidentAsync(context.Request, id, acknowledging.Lasts, fault));

    /// <summary>Changes the schedule likewise.</summary>
    public Task<IResult> PlanAsync(HttpContext context, Action<StoreTransaction, IFormCollection, Plan> change) => GuardAsync(
        context,
        async () =>
        {
            var (caller, form) = (Caller.Of(context), await context.Request.ReadFormAsync(context.RequestAborted));
            var plan = new Plan(caller, sources.Fleet, others.FrameOf(context.Request, zone: null).Zone, sources.Now);
            await sources.Store.WriteAsync(WritePriority.Decision, transaction => change(transaction, form, plan), context.RequestAborted, caller.Actor);
            return TypedResults.Redirect("/on-call");
        },
        fault => pages.ScheduleAsync(context.Request, fault));

    /// <summary>Notes that a person has opened an incident that he was told of.</summary>
    public async Task SeeAsync(HttpContext context, long id)
    {
        if (Caller.Of(context) is { Account: { } account } caller && sources.Store.Read(session => Acknowledging.Unseen(session, id, account.Id)).Count > 0)
        {
            await sources.Store.WriteAsync(WritePriority.Decision, transaction => Acknowledging.See(transaction, id, account.Id, sources.Now), context.RequestAborted, caller.Actor);
        }
    }

    private async Task<IResult> GuardAsync(HttpContext context, Func<Task<IResult>> change, Func<string, Task<IResult>> showFault)
    {
        try
        {
            return await change();
        }
        catch (RefusalException refused) when (refused.Kind == RefusalKind.Forbidden)
        {
            return await others.ForbiddenAsync(context.Request);
        }
        catch (RefusalException refused) when (refused.Kind == RefusalKind.Unknown)
        {
            return await others.MessageAsync(context.Request, StatusCodes.Status404NotFound, texts => texts.AlarmUnknown);
        }
        catch (RefusalException refused)
        {
            return await showFault(refused.Thing);
        }
    }
}
