using ColdChain.Core.People;
using ColdChain.Server.Dashboard;
using ColdChain.Server.Fleet;
using Microsoft.AspNetCore.Mvc;

namespace ColdChain.Server.Api.Forms;

/// <summary>The page of the fleet: what is in force, and changes that one person proposes and another one approves. The fleet is the nation's.</summary>
internal static class FleetForms
{
    public const string Path = "/fleet";

    // As much as the framework takes for one value of a form: a fleet of some thousand storage units.
    private const int FormBytesMax = 4 * 1024 * 1024;

    public static void MapFleet(this IEndpointRouteBuilder routes)
    {
        var fleet = routes.MapGroup(Path).NeedsEverywhere(Permission.EditFleet);
        fleet.MapGet("", (HttpContext context, Caller caller, FleetPageReader reader, DashboardPages pages) =>
            pages.FleetAsync(context.Request, StatusCodes.Status200OK, reader.Read(caller.Actor.Name, null, [])));
        fleet.MapPost("", ProposeAsync).WithMetadata(new RequestSizeLimitAttribute(FormBytesMax));
        fleet.MapPost("/{id}/approve", (HttpContext context, string id, Caller caller, FleetProposals proposals, FleetPageReader reader, DashboardPages pages) =>
            DecideAsync(context, caller, reader, pages, () => proposals.ApproveAsync(Parameters.Id(id), caller.Actor, context.RequestAborted)));
        fleet.MapPost("/{id}/refuse", async (HttpContext context, string id, Caller caller, FleetProposals proposals, FleetPageReader reader, DashboardPages pages) =>
        {
            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            return await DecideAsync(context, caller, reader, pages, () => proposals.RefuseAsync(Parameters.Id(id), $"{form["reason"]}", caller.Actor, context.RequestAborted));
        });
    }

    private static async Task<IResult> ProposeAsync(HttpContext context, Caller caller, FleetProposals proposals, FleetPageReader reader, DashboardPages pages)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (text, reason) = ($"{form["text"]}".ReplaceLineEndings("\n"), $"{form["reason"]}"); // Browsers end lines with CR LF.
        return await DecideAsync(context, caller, reader, pages, () => proposals.ProposeAsync(text, reason, caller.Actor, context.RequestAborted), (text, reason));
    }

    private static async Task<IResult> DecideAsync(
        HttpContext context, Caller caller, FleetPageReader reader, DashboardPages pages, Func<Task> work, (string Text, string Reason)? typed = null)
    {
        try
        {
            await work();
            return Results.Redirect(Path);
        }
        catch (RefusalException refusal)
        {
            return await RefusedAsync([$"{char.ToUpperInvariant(refusal.Reason[0])}{refusal.Reason[1..]}; {refusal.Cure}."], refusal.Kind);
        }
        catch (ConfigurationException faulty)
        {
            return await RefusedAsync(faulty.Errors, RefusalKind.Invalid);
        }

        Task<IResult> RefusedAsync(IReadOnlyList<string> errors, RefusalKind kind) =>
            pages.FleetAsync(context.Request, ProblemAnswers.StatusOf(kind), reader.Read(caller.Actor.Name, typed, errors));
    }
}
