using System.Text.Json.Serialization;
using ColdChain.Core.People;
using ColdChain.Core.Reporting;
using ColdChain.Server.Api.Forms;
using ColdChain.Server.Fleet;
using ColdChain.Server.Reports.Desk;
using ColdChain.Server.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ColdChain.Server.Api;

/// <summary>A person prepares a report and signs it as its author.</summary>
/// <param name="Sha256">The hash of the draft that was read: SHA-256 of its JSON, in lower-case hexadecimal digits.</param>
/// <param name="Password">The person's password.</param>
/// <param name="Code">The code of the person's authenticator.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ReportPreparationRequest(string? Sha256, string? Password, string? Code)
{
    /// <summary>Without password and code: it may get into a log.</summary>
    public override string ToString() => $"preparation of {Sha256}";
}

/// <summary>A person signs a revision of a report.</summary>
/// <param name="Revision">The revision.</param>
/// <param name="Sha256">The hash of the content that the person saw.</param>
/// <param name="Meaning">reviewed or approved.</param>
/// <param name="Password">The person's password.</param>
/// <param name="Code">The code of the person's authenticator.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ReportSignatureRequest(int Revision, string? Sha256, string? Meaning, string? Password, string? Code)
{
    /// <summary>Without password and code: it may get into a log.</summary>
    public override string ToString() => $"{Meaning}: revision {Revision}, {Sha256}";
}

/// <summary>Reports: what is due, what was signed, and signing. Persons sign; no token has the right.</summary>
internal static class ReportEndpoints
{
    private const int UsualMax = 100;
    private const int MostMax = 1000;

    // Of other sites, too: what may not be seen is left out afterwards.
    private const int ReadMax = 20_000;

    public static void MapReports(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/reports", All).WithSummary("Reports that were prepared, the newest first, with their state and what is due").Needs(Permission.See);
        routes.MapGet("/reports/tasks", Tasks).WithSummary("What is to be done about reports, what is due first first").Needs(Permission.See);
        routes.MapGet("/reports/{number}", One)
            .WithSummary("One report: its revisions with their signatures, whether they are void and why, and what is due")
            .Needs(Permission.See)
            .ProducesProblem(StatusCodes.Status404NotFound);
        routes.MapPost("/reports/{number}/preparation", PrepareAsync)
            .WithSummary("Stores what a report says now as a revision, signed by its author")
            .Needs(Permission.PrepareReports)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        routes.MapPost("/reports/{number}/signatures", SignAsync)
            .WithSummary("Signs a revision as reviewed or approved; by another person than its author")
            .Needs(Permission.ReviewReports)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static Ok<ReportResponse[]> All(string? max, Caller caller, Sources sources, ReportTasks tasks)
    {
        var most = Parameters.Max(max, UsualMax, MostMax);
        return TypedResults.Ok(sources.Store.Read(session => ReportStore.All(session, ReadMax)
            .Where(row => ReportPlace.Of(row).Allows(caller, Permission.See, sources.Fleet))
            .Take(most)
            .Select(row => ReportResponse.Of(ReportRevision.Read(session, row), ReportNumber.TryParse(row.Number, out var number) ? tasks.Of(session, number) : null, sources.Now))
            .ToArray()));
    }

    private static Ok<ReportTasksResponse> Tasks(string? max, Caller caller, Sources sources, ReportTasks tasks)
    {
        var most = Parameters.Max(max, UsualMax, MostMax);
        var (due, now) = (sources.Store.Read(session => tasks.Read(session, caller, most)), sources.Now);
        return TypedResults.Ok(new ReportTasksResponse([.. due.Tasks.Select(task => ReportTaskResponse.Of(task, now))], due.NotShown));
    }

    private static Ok<ReportHeadResponse> One(string number, Caller caller, Sources sources, ReportTasks tasks) => TypedResults.Ok(Head(ReportForms.Number(number), caller, sources, tasks));

    private static async Task<Ok<ReportHeadResponse>> PrepareAsync(
        HttpContext context, string number, ReportPreparationRequest request, Sources sources, ReportTasks tasks, ReportDesk desk, ReportDoor door)
    {
        var (report, caller) = (ReportForms.Number(number), Caller.Of(context));
        await door.PrepareAsync(desk, caller, report, request.Sha256 ?? "", new SignatureProof(request.Password ?? "", request.Code ?? ""), context.RequestAborted);
        return TypedResults.Ok(Head(report, caller, sources, tasks));
    }

    private static async Task<Ok<ReportHeadResponse>> SignAsync(
        HttpContext context, string number, ReportSignatureRequest request, Sources sources, ReportTasks tasks, ReportDesk desk)
    {
        var (report, caller) = (ReportForms.Number(number), Caller.Of(context));
        await desk.SignAsync(
            caller,
            new SeenReport(report, request.Revision, request.Sha256 ?? ""),
            ReportForms.MeaningOf(request.Meaning),
            new SignatureProof(request.Password ?? "", request.Code ?? ""),
            context.RequestAborted);
        return TypedResults.Ok(Head(report, caller, sources, tasks));
    }

    private static ReportHeadResponse Head(ReportNumber number, Caller caller, Sources sources, ReportTasks tasks)
    {
        var (fleet, now) = (sources.Fleet, sources.Now);
        var head = sources.Store.Read(session => ReportHead.Read(session, fleet, tasks, number, now)) ?? throw ReportRefusals.Unknown(number);
        head.Place.Require(caller, Permission.See, fleet);
        return ReportHeadResponse.Of(head, now);
    }
}
