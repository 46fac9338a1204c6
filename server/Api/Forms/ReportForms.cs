using System.Globalization;
using ColdChain.Core.People;
using ColdChain.Core.Reporting;
using ColdChain.Server.Dashboard;
using ColdChain.Server.Dashboard.Pages;
using ColdChain.Server.Dashboard.Views;
using ColdChain.Server.Fleet;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Reports.Desk;

namespace ColdChain.Server.Api.Forms;

/// <summary>The pages of reports: what is due, and what is prepared, reviewed and approved.</summary>
internal static class ReportForms
{
    private const string Path = "/reports";

    public static void MapReports(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, (HttpContext context, ReportPageReader reader, DashboardPages pages) => ListAsync(context, reader, pages)).Needs(Permission.See);
        routes.MapGet($"{Path}/open", (HttpContext context, string? about, string? period, string? day, ReportPageReader reader, DashboardPages pages) =>
            OpenAsync(context, () => ReportPageReader.NumberOf(about, period, day), reader, pages)).Needs(Permission.See);
        routes.MapGet($"{Path}/{{number}}", (HttpContext context, string number, ReportPageReader reader, DashboardPages pages) => OneAsync(context, number, reader, pages)).Needs(Permission.See);
        routes.MapGet($"{Path}/{{number}}/prepare", ToPage).Needs(Permission.See);
        routes.MapGet($"{Path}/{{number}}/sign", ToPage).Needs(Permission.See);
        routes.MapPost($"{Path}/{{number}}/prepare", PrepareAsync).Needs(Permission.PrepareReports);
        routes.MapPost($"{Path}/{{number}}/sign", SignAsync).Needs(Permission.ReviewReports); // Whoever may approve may review; what is signed is asked for at the desk.
    }

    private static Task<IResult> ListAsync(HttpContext context, ReportPageReader reader, DashboardPages pages) => pages.ShowAsync<ReportsPage>(
        context.Request, pages.FrameOf(context.Request, zone: null), new() { [nameof(ReportsPage.List)] = reader.List(Caller.Of(context)) });

    // After a form that was refused the browser stands at its address: whoever loads that anew, or in another language, means the page.
    private static IResult ToPage(HttpContext context, string number) => Results.Redirect(FormActions.InLanguage(context, $"{Path}/{Uri.EscapeDataString(number)}"));

    private static async Task<IResult> OpenAsync(HttpContext context, Func<ReportNumber> number, ReportPageReader reader, DashboardPages pages)
    {
        try
        {
            return Results.Redirect(FormActions.InLanguage(context, $"{Path}/{Uri.EscapeDataString($"{number()}")}"));
        }
        catch (RefusalException refusal)
        {
            context.Features.Set(new FormFault(ProblemAnswers.StatusOf(refusal.Kind), refusal));
            return await ListAsync(context, reader, pages);
        }
    }

    private static async Task<IResult> OneAsync(HttpContext context, string number, ReportPageReader reader, DashboardPages pages, string read = "")
    {
        if (reader.Read(number, Caller.Of(context), out var isKept) is not { } view)
        {
            var frame = pages.FrameOf(context.Request, zone: null);
            return await pages.NotFoundAsync(frame, frame.Texts.NotFoundReport, number);
        }

        if (isKept)
        {
            return await pages.ForbiddenAsync(context.Request);
        }

        view = !view.MayPrepare ? view : read.Length > 0 ? view with { DraftSha256 = read } : await WithDraftAsync(context, view, Number(number));
        return await pages.ShowAsync<ReportPage>(context.Request, pages.FrameOf(context.Request, view.Subject.Zone), new() { [nameof(ReportPage.Report)] = view });
    }

    // Whoever prepares a report signs the draft that its page leads to. There is none while it is being made, and when it was refused, which the page says.
    private static async Task<ReportView> WithDraftAsync(HttpContext context, ReportView view, ReportNumber number)
    {
        try
        {
            var found = await context.RequestServices.GetRequiredService<ReportDoor>().FindAsync(number, ReportDoor.Draft, context.RequestAborted);
            return found.Report is { } draft ? view with { DraftSha256 = draft.Readable.Sha256, Undecided = UndecidedIn(draft.Readable.Content) } : view;
        }
        catch (RefusalException refusal)
        {
            context.Features.Set(context.Features.Get<FormFault>() ?? new FormFault(StatusCodes.Status200OK, refusal));
            return view with { IsDraftRefused = true };
        }
    }

    private static int UndecidedIn(ReportContent content) => content.Excursion is { } excursion
        ? excursion.BloodUnits.Select(unit => unit.Hold).Append(excursion.StorageUnitHold).OfType<HoldContent>().Count(hold => hold.Standing() is null)
        : content.Units.SelectMany(unit => unit.Findings).Sum(finding => finding.Dispositions.Undecided + (finding.IsUnitUndecided ? 1 : 0));

    private static async Task<IResult> PrepareAsync(HttpContext context, string number, Caller caller, ReportDesk desk, ReportDoor door, ReportPageReader reader, DashboardPages pages)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        return await FormActions.DoAsync(
            context,
            () => door.PrepareAsync(desk, caller, Number(number), $"{form["sha256"]}", ProofOf(form), context.RequestAborted),
            $"{Path}/{Uri.EscapeDataString(number)}",
            () => OneAsync(context, number, reader, pages, ReadBefore(context, form)));
    }

    // Whoever mistypes a password signs next what he has read, whatever has come since; he reads anew only where he is told to.
    private static string ReadBefore(HttpContext context, IFormCollection form) =>
        context.Features.Get<FormFault>()?.Refusal.Word == ReportRefusals.Changed ? "" : $"{form["sha256"]}";

    private static async Task<IResult> SignAsync(HttpContext context, string number, Caller caller, ReportDesk desk, ReportPageReader reader, DashboardPages pages)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        return await FormActions.DoAsync(
            context,
            () => desk.SignAsync(
                caller,
                new SeenReport(Number(number), int.TryParse($"{form["revision"]}", NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen : 0, $"{form["sha256"]}"),
                MeaningOf($"{form["meaning"]}"),
                ProofOf(form),
                context.RequestAborted),
            $"{Path}/{Uri.EscapeDataString(number)}",
            () => OneAsync(context, number, reader, pages));
    }

    /// <summary>The number of a report, as an address has it.</summary>
    /// <exception cref="RefusalException">It is none.</exception>
    public static ReportNumber Number(string text) => ReportNumber.TryParse(text, out var number)
        ? number
        : throw new RefusalException(
            RefusalKind.Unknown, "number", $"'{text}' is no number of a report", "write one such as EX-12, SU-fridge-1_2026-11, SI-rabat_2026-W48 or AL_2026-11");

    /// <summary>What a signature is to mean, by its word.</summary>
    /// <exception cref="RefusalException">It is none that is given to a report that was prepared.</exception>
    public static SignatureMeaning MeaningOf(string? word) => ReportSigning.MeaningOf(Parameters.OneOf(
        "meaning", word, ReportSigning.WordOf(SignatureMeaning.Reviewed), ReportSigning.WordOf(SignatureMeaning.Approved)))!.Value; // It is one of the two.

    private static SignatureProof ProofOf(IFormCollection form) => new($"{form["password"]}", $"{form["code"]}");
}
