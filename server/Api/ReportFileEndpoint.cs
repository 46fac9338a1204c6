using ColdChain.Core.People;
using ColdChain.Core.Readings;
using ColdChain.Core.Reporting;
using ColdChain.Server.Api.Forms;
using ColdChain.Server.Dashboard;
using ColdChain.Server.Fleet;
using ColdChain.Server.Html;
using ColdChain.Server.Reports;
using ColdChain.Server.Reports.Desk;
using ColdChain.Server.Reports.Wording;
using ColdChain.Server.Store;

namespace ColdChain.Server.Api;

/// <summary>How far a report is that is being made.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Done">Storage units that are done.</param>
/// <param name="Total">Storage units in all.</param>
internal sealed record ReportProgressResponse(string Number, int Done, int Total);

/// <summary>Gives reports out: the newest revision, one that is named, or a draft of what would be said now. Programs are told what is wrong as elsewhere, people by a page.</summary>
internal static class ReportFileEndpoint
{
    // A page asks again this often how far a report is.
    private const int SecondsToAskAgain = 2;

    public static void MapReportFiles(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/reports/{number}/file", GiveAsync)
            .WithSummary("A report as a file: html, pdf, csv, xlsx, json or zip; its newest revision, one that is named, or a draft (0). 202 while it is being made")
            .Needs(Permission.See)
            .Produces<ReportProgressResponse>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status404NotFound);

    public static void MapReportFilePages(this IEndpointRouteBuilder routes) => routes.MapGet("/reports/{number}/file", ShowAsync).Needs(Permission.See);

    private static async Task<IResult> ShowAsync(HttpContext context, string number, string? format, string? lang, string? revision, string? zone)
    {
        try
        {
            return await GiveAsync(context, number, format, lang, revision, zone);
        }
        catch (RefusalException refusal)
        {
            return await context.RequestServices.GetRequiredService<DashboardPages>().MessageAsync(context.Request, ProblemAnswers.StatusOf(refusal.Kind), texts => texts.Of(refusal));
        }
        catch (ReportContentException changed)
        {
            context.RequestServices.GetRequiredService<ILogger<ReportDoor>>().LogError(changed, "Report {Number} was not given out", number);
            return await context.RequestServices.GetRequiredService<DashboardPages>().MessageAsync(context.Request, StatusCodes.Status500InternalServerError, texts => texts.ReportContentChanged);
        }
    }

    private static async Task<IResult> GiveAsync(HttpContext context, string number, string? format, string? lang, string? revision, string? zone)
    {
        var (door, report) = (context.RequestServices.GetRequiredService<ReportDoor>(), ReportForms.Number(number));
        var wanted = ReportFormats.OfWord(Parameters.OneOf("format", format ?? ReportFormats.WordOf(ReportFormat.Html), [.. ReportFormats.Words]));
        var texts = lang is null ? PageLanguage.Of(context.Request) : Texts.Find(lang) ?? throw new RefusalException(RefusalKind.Invalid, "lang", $"'{lang}' is no language known here", "write fr or en");
        var named = revision is null ? (int?)null : (int)Parameters.Number("revision", revision, usual: ReportDoor.Draft, least: ReportDoor.Draft, most: int.MaxValue);
        var readers = zone is null ? null : Zone(zone);
        door.Require(Caller.Of(context), report, wanted);
        var found = await door.FindAsync(report, named, context.RequestAborted);
        if (found.Report is { } given)
        {
            var file = await door.FileAsync(readers is null ? given : given.In(readers), wanted, ReportTexts.Of(texts), context.RequestAborted);
            if (wanted == ReportFormat.Html)
            {
                context.Response.Headers.ContentSecurityPolicy = SecurityHeaders.OfDocument;
            }

            return file;
        }

        var progress = found.Progress;
        context.Response.Headers.RetryAfter = $"{SecondsToAskAgain}";
        context.Response.Headers["Refresh"] = $"{SecondsToAskAgain}"; // A browser goes by this one, and needs no script for it.
        return !ApiComposition.IsApi(context.Request.Path)
            ? await context.RequestServices.GetRequiredService<DashboardPages>().MessageAsync(context.Request, StatusCodes.Status200OK, words => words.Fill(words.ReportProgress, $"{report}", progress.Done, progress.Total), words => words.ReportMakingTitle)
            : Results.Json(new ReportProgressResponse($"{report}", progress.Done, progress.Total), statusCode: StatusCodes.Status202Accepted);
    }

    // Windows names would work on some machines only, and so would what else lies among the files of the zones.
    private static string Zone(string text) => IsOfARegion(text) && TimeZoneInfo.TryFindSystemTimeZoneById(text, out var known) && known.HasIanaId
        ? known.Id
        : throw new RefusalException(RefusalKind.Invalid, "zone", $"'{text}' is no IANA time zone", "write one such as Africa/Casablanca, or leave it out");

    private static bool IsOfARegion(string text) => text == "UTC" || (text.Length > 0 && char.IsAsciiLetterUpper(text[0]) && text.Contains('/', StringComparison.Ordinal));
}

/// <summary>What is there of a report that was asked for.</summary>
/// <param name="Report">The report; null while it is being made.</param>
/// <param name="Progress">How far it is.</param>
internal readonly record struct FoundReport(GivenReport? Report, ReportProgress Progress)
{
    public static FoundReport Whole(GivenReport report) => new(report, new ReportProgress(1, 1));
}

/// <summary>Finds and makes what is given out.</summary>
internal sealed class ReportDoor(RecordStore store, FleetView fleet, ReportDrafts drafts, ReportFiles files, DraftFolder folder, TimeProvider clock)
{
    /// <summary>The revision that stands for a draft.</summary>
    public const int Draft = 0;

    /// <exception cref="RefusalException">There is no such report, the caller may not see it, or it is not given out in that format.</exception>
    public void Require(Caller caller, ReportNumber number, ReportFormat format)
    {
        store.Read(session => ReportPlace.Required(session, fleet.Current, number)).Require(caller, Permission.See, fleet.Current);
        if (format == ReportFormat.Zip)
        {
            ReportFiles.RequireBundle(number);
        }
    }

    /// <summary>A revision, the newest unless one is named; where there is none, or for 0, a draft.</summary>
    /// <exception cref="RefusalException">There is no such revision, or nothing that could be said.</exception>
    /// <exception cref="ReportContentException">What is stored of it is not what was signed.</exception>
    public async Task<FoundReport> FindAsync(ReportNumber number, int? revision, CancellationToken cancellation)
    {
        if (revision != Draft && store.Read(session => ReportDocuments.Find(session, number, revision)) is { } stored)
        {
            return FoundReport.Whole(stored);
        }

        if (revision > Draft)
        {
            throw new RefusalException(RefusalKind.Unknown, "revision", $"report {number} has no revision {revision}", "take one from GET /api/v1/reports/{number}") { Word = ReportRefusals.NoRevision };
        }

        if (!ReportDrafts.IsLong(number))
        {
            return FoundReport.Whole(ReportDocuments.Draft(await drafts.MakeAsync(number, cancellation), Instant.Now(clock)));
        }

        var state = drafts.Ask(number);
        return state switch
        {
            { Refusal: { } refusal } => throw refusal,
            { Content: { } content, MadeAt: { } made } => FoundReport.Whole(ReportDocuments.Draft(content, made)),
            _ => new FoundReport(null, state.Progress),
        };
    }

    /// <summary>Has a report prepared. Where the draft that was made is of no use for that, it is not given out any more.</summary>
    /// <inheritdoc cref="ReportDesk.PrepareAsync"/>
    public async Task PrepareAsync(ReportDesk desk, Caller caller, ReportNumber number, string seen, SignatureProof proof, CancellationToken cancellation)
    {
        try
        {
            await desk.PrepareAsync(caller, number, seen, proof, cancellation);
        }
        catch (RefusalException refusal) when (refusal.Word is ReportRefusals.Changed or ReportRefusals.Unfinished or ReportRefusals.Same)
        {
            drafts.Forget(number);
            throw;
        }
    }

    /// <summary>Writes a file, before the first byte of it is sent: what goes wrong is told as a status, and not by half a file.</summary>
    /// <exception cref="RefusalException">It cannot be written in that format here.</exception>
    public async Task<IResult> FileAsync(GivenReport given, ReportFormat format, ReportTexts texts, CancellationToken cancellation)
    {
        var file = folder.NewFile();
        try
        {
            await files.WriteAsync(given, format, texts, file, cancellation);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }

        file.Position = 0;
        return Results.Stream(
            file,
            ReportFormats.TypeOf(format),
            format == ReportFormat.Html ? null : given.NameOf(format, texts)); // A name has the browser save it; this one is looked at.
    }

}
