using System.Globalization;
using ColdChain.Core.People;
using ColdChain.Server.Dashboard;
using ColdChain.Server.Dashboard.Views;
using ColdChain.Server.Fleet;
using ColdChain.Server.Quarantine;
using ColdChain.Server.Store;

namespace ColdChain.Server.Api.Forms;

/// <summary>The forms of the pages on which people work on what is held.</summary>
internal static class CaseForms
{
    public static void MapCases(this IEndpointRouteBuilder routes)
    {
        Map(routes, "/excursions/{id}/case", Ground.Finding, (pages, request, id) => pages.OfFindingAsync(request, id));
        Map(routes, "/exposures/{id}/case", Ground.Exposure, (pages, request, id) => pages.OfExposureAsync(request, id));
        routes.MapPost("/holds/propose", (HttpContext context, Caller caller, Dispositions dispositions, CasePages pages) =>
            ProposeAsync(context, caller, dispositions, ListPath(context), () => pages.HoldsAsync(context.Request, SearchOf(context)))).Needs(Permission.Propose);
        routes.MapPost("/holds/sign", (HttpContext context, Caller caller, Dispositions dispositions, CasePages pages) =>
            SignAsync(context, caller, dispositions, ListPath(context), () => pages.HoldsAsync(context.Request, SearchOf(context)))).Needs(Permission.Decide);
    }

    private static void Map(IEndpointRouteBuilder routes, string path, Func<long, Ground> ground, Func<CasePages, HttpRequest, string, Task<IResult>> page)
    {
        routes.MapPost($"{path}/enter", (HttpContext context, string id, Caller caller, Casework work, CasePages pages) =>
            EnterAsync(context, ground(Parameters.Id(id)), caller, work, PathOf(path, id), () => page(pages, context.Request, id))).Needs(Permission.Acknowledge);
        routes.MapPost($"{path}/propose", (HttpContext context, string id, Caller caller, Dispositions dispositions, CasePages pages) =>
            ProposeAsync(context, caller, dispositions, PathOf(path, id), () => page(pages, context.Request, id))).Needs(Permission.Propose);
        routes.MapPost($"{path}/sign", (HttpContext context, string id, Caller caller, Dispositions dispositions, CasePages pages) =>
            SignAsync(context, caller, dispositions, PathOf(path, id), () => page(pages, context.Request, id))).Needs(Permission.Decide);
    }

    private static async Task<IResult> EnterAsync(HttpContext context, Ground ground, Caller caller, Casework work, string path, Func<Task<IResult>> again)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        return await FormActions.DoAsync(
            context,
            () => work.EnterAsync(
                caller,
                new NewCaseEntry(ground, Parameters.OneOf("kind", form["kind"], CaseKinds.Step, CaseKinds.Cause, CaseKinds.Assessment), $"{form["word"]}", form["note"]),
                context.RequestAborted),
            path,
            again);
    }

    private static async Task<IResult> ProposeAsync(HttpContext context, Caller caller, Dispositions dispositions, string path, Func<Task<IResult>> again)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        return await FormActions.DoAsync(context, () => dispositions.ProposeAsync(caller, Decision(form), context.RequestAborted), path, again);
    }

    private static async Task<IResult> SignAsync(HttpContext context, Caller caller, Dispositions dispositions, string path, Func<Task<IResult>> again)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        return await FormActions.DoAsync(context, () => dispositions.SignAsync(caller, Decision(form), $"{form["code"]}", context.RequestAborted), path, again);
    }

    private static NewDecision Decision(IFormCollection form) => new(
        DecisionWords.KindOf(Parameters.OneOf("kind", form["kind"], [.. DecisionWords.All])), [.. form["hold"].OfType<string>().Select(Seen)], form["reason"]);

    // As the page wrote it: the hold and the version of its ground.
    private static SeenHold Seen(string text) =>
        text.Split(':') is [var id, var version] && int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? new SeenHold(Parameters.Id(id), seen) : default;

    // An id that is none is answered with a page, and never gets here as a path of another form.
    private static string PathOf(string pattern, string id) => pattern.Replace("{id}", Parameters.Id(id).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static HoldsSearchView SearchOf(HttpContext context) =>
        new() { Unit = context.Request.Query["unit"], State = context.Request.Query["state"], Donation = context.Request.Query["donation"] };

    private static string ListPath(HttpContext context) => $"/holds{SearchOf(context).Query}";
}
