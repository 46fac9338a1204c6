using ColdChain.Core.People;
using ColdChain.Server.Dashboard;
using ColdChain.Server.Dashboard.Views;
using ColdChain.Server.Fleet;
using ColdChain.Server.Quarantine;
using ColdChain.Server.Store;

namespace ColdChain.Server.Api.Forms;

/// <summary>The list of another system, and what became of blood units that are looked for.</summary>
internal static class StockForms
{
    public static void MapStock(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/stock", (HttpContext context, StockPages pages) => pages.StockAsync(context.Request, new StockView())).Needs(Permission.EnterContents);
        routes.MapPost("/stock", TakeAsync).Needs(Permission.EnterContents);
        routes.MapPost("/look-back", FollowAsync).Needs(Permission.Acknowledge);
    }

    private static async Task<IResult> TakeAsync(HttpContext context, Caller caller, StockImport import, StockPages pages)
    {
        var text = $"{(await context.Request.ReadFormAsync(context.RequestAborted))["text"]}";
        try
        {
            var taken = await import.TakeAsync(caller, text, at: null, context.RequestAborted);
            return await pages.StockAsync(context.Request, new StockView { Taken = new StockTakenView(Names(taken.Entered), Names(taken.Left), taken.Unchanged, Names(taken.IntoHeld)) });
        }
        catch (RefusalException refusal)
        {
            context.Features.Set(new FormFault(ProblemAnswers.StatusOf(refusal.Kind), refusal));
            return await pages.StockAsync(context.Request, new StockView { Text = text, Faults = refusal.Lines });
        }
    }

    private static async Task<IResult> FollowAsync(HttpContext context, Caller caller, LookBacks lookBacks, StockPages pages)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var ground = long.TryParse(form["exposure"], out var exposure) ? Ground.Exposure(exposure) : Ground.Finding(long.TryParse(form["finding"], out var finding) ? finding : 0);
        return await FormActions.DoAsync(
            context,
            () => lookBacks.EnterAsync(caller, new NewFollowUp(ground, BloodUnit.Parse(form["donation"], form["product"]), $"{form["follow-up"]}", form["note"]), context.RequestAborted),
            "/look-back",
            () => pages.LookBackAsync(context.Request));
    }

    private static string[] Names(IEnumerable<ContentsRow> stays) => [.. stays.Select(stay => $"{stay.Donation} {stay.Product}")];
}
