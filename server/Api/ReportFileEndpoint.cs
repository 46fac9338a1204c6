using ColdChain.Core.People;
using ColdChain.Core.Readings;
using ColdChain.Core.Reporting;
using ColdChain.Server.Dashboard;
using ColdChain.Server.Fleet;
using ColdChain.Server.Html;
using ColdChain.Server.Reports;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Reports.Desk;
using ColdChain.Server.Reports.Wording;
using ColdChain.Server.Store;

namespace ColdChain.Server.Api;

/// <summary>Gives reports out: the newest revision, one that is named, or a draft of what would be said now.</summary>
internal static class ReportFileEndpoint
{
    private const string Draft = "draft";

    // A page asks again this often how far a report is.
    private const int SecondsToAskAgain = 2;

    public static void MapReportFiles(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/reports/{number}/file", FileAsync)
            .WithSummary("A report as a file: format html, pdf, csv, xlsx, json or zip; its newest revision, one that is named, or a draft")
            .Needs(Permission.See)
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> FileAsync(HttpContext context, string number, string? format, string? lang, string? revision)
    {
        var services = context.RequestServices;
        var wanted = ReportFormats.OfWord(Parameters.OneOf("format", format ?? "html", [.. ReportFormats.Words]));
        var texts = ReportTexts.Of(lang is null ? PageLanguage.Of(context.Request) : Texts.Find(lang) ?? throw new RefusalException(RefusalKind.Invalid, "lang", $"'{lang}' is no language known here", "write fr or en"));
        var report = Number(number);
        var (store, fleet) = (services.GetRequiredService<RecordStore>(), services.GetRequiredService<FleetView>().Current);
        store.Read(session => ReportPlace.Required(session, fleet, report)).Require(Caller.Of(context), Permission.See, fleet);
        if (wanted == ReportFormat.Zip)
        {
            ReportFiles.RequireBundle(report);
        }

        var given = store.Read(session => Stored(session, report, revision));
        if (given is null && Waiting(services, report, out var draft) is { } progress)
        {
            return await ProgressAsync(context, report, progress, wanted);
        }
        else if (given is null)
        {
            given = draft ?? GivenOf(ReportDocuments.Draft(await services.GetRequiredService<ReportDrafts>().MakeAsync(report, context.RequestAborted), Instant.Now(services.GetRequiredService<TimeProvider>())));
        }

        return new FileResult(given, wanted, texts);
    }

    /// <summary>The number of a report.</summary>
    /// <exception cref="RefusalException">It is none.</exception>
    public static ReportNumber Number(string text) => ReportNumber.TryParse(text, out var number)
        ? number
        : throw new RefusalException(RefusalKind.Unknown, "number", $"'{text}' is no number of a report", "write one such as EX-12, SU-fridge-1_2026-11, SI-rabat_2026-W48 or AL_2026-11");

    private static GivenReport? Stored(StoreSession session, ReportNumber number, string? revision)
    {
        if (revision == Draft)
        {
            return null;
        }

        var named = revision is null ? (int?)null : (int)Parameters.Number("revision", revision, usual: 1, least: 1, most: int.MaxValue);
        return ReportDocuments.Find(session, number, named) is { } found ? new GivenReport(found, ReportDocuments.BytesOf(session, number, found.Revision))
            : named is null ? null
            : throw new RefusalException(RefusalKind.Unknown, "revision", $"report {number} has no revision {named}", "take one from GET /api/v1/reports/{number}");
    }

    private static GivenReport GivenOf(ReportDocument draft) => new(draft, ReportJson.Write(draft.Content));

    // How far a report is that is made in the background; null when it is there, or is made while one waits.
    private static ReportProgress? Waiting(IServiceProvider services, ReportNumber number, out GivenReport? draft)
    {
        draft = null;
        if (!ReportDrafts.IsLong(number))
        {
            return null;
        }

        var state = services.GetRequiredService<ReportDrafts>().Ask(number);
        if (state.Refusal is { } refusal)
        {
            throw refusal;
        }

        draft = state.Content is { } content ? GivenOf(ReportDocuments.Draft(content, state.MadeAt!.Value)) : null; // They come together.
        return draft is null ? state.Progress : null;
    }

    private static async Task<IResult> ProgressAsync(HttpContext context, ReportNumber number, ReportProgress progress, ReportFormat wanted)
    {
        context.Response.Headers.RetryAfter = $"{SecondsToAskAgain}";
        return wanted == ReportFormat.Html
            ? await context.RequestServices.GetRequiredService<ReportPages>().ProgressAsync(context.Request, number, progress.Done, progress.Total)
            : Results.Json(new ReportProgressResponse($"{number}", progress.Done, progress.Total), statusCode: StatusCodes.Status202Accepted);
    }

    private sealed class FileResult(GivenReport given, ReportFormat format, ReportTexts texts) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            // Written before the first byte is sent: what goes wrong is told as a status, and not by half a file.
            await using var file = new FileStream(Path.GetTempFileName(), new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose });
            await httpContext.RequestServices.GetRequiredService<ReportFiles>().WriteAsync(given, format, texts, file, httpContext.RequestAborted);
            file.Position = 0;
            var disposition = format == ReportFormat.Html ? "inline" : "attachment";
            httpContext.Response.ContentType = ReportFormats.TypeOf(format);
            httpContext.Response.ContentLength = file.Length;
            httpContext.Response.Headers.ContentDisposition = $"{disposition}; filename=\"{given.NameOf(format, texts)}\"";
            httpContext.Response.Headers.ETag = $"\"{given.Document.Sha256}\"";
            await file.CopyToAsync(httpContext.Response.Body, httpContext.RequestAborted);
        }
    }
}

/// <summary>How far a report is that is being made.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Done">Storage units that are done.</param>
/// <param name="Total">Storage units in all.</param>
internal sealed record ReportProgressResponse(string Number, int Done, int Total);
