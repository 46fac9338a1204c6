using ColdChain.Core.People;
using ColdChain.Server.Fleet;
using ColdChain.Server.Quarantine;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ColdChain.Server.Api;

/// <summary>Whether the storage of a blood unit speaks against issuing it.</summary>
/// <param name="Answer">yes, no or unknown. Only yes means that nothing is known against it.</param>
/// <param name="Reasons">Everything that speaks against, each as a sentence; empty for yes.</param>
/// <param name="DonationNumber">The 13 characters of the donation identification number.</param>
/// <param name="Product">The product.</param>
/// <param name="Unit">The storage unit in which it is; null when it is in none.</param>
/// <param name="CheckedAt">The instant for which the answer holds.</param>
/// <param name="UnverifiedFigures">The figures it rests on that nobody has read in their source yet.</param>
/// <param name="Statement">What the answer is worth.</param>
internal sealed record IssueCheckResponse(
    string Answer,
    IReadOnlyList<string> Reasons,
    string DonationNumber,
    string Product,
    string? Unit,
    string CheckedAt,
    IReadOnlyList<FigureResponse> UnverifiedFigures,
    string Statement);

/// <summary>The question before blood is issued.</summary>
internal static class IssueCheckEndpoint
{
    public static void MapIssueCheck(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/issue-check", Ask).WithSummary("Does its storage speak against issuing a blood unit? no when it is held, yes only when all of its storage is judged and well").Needs(Permission.See);

    private static Ok<IssueCheckResponse> Ask(string? donation, string? product, Sources sources, Func<Placements> placements)
    {
        var (now, bloodUnit) = (sources.Now, BloodUnit.Parse(donation, product));
        var answer = sources.Store.Read(session => IssueCheck.Ask(session, sources.Fleet, sources.Packs, placements(), bloodUnit, sources.Store.Health, now));
        return TypedResults.Ok(new IssueCheckResponse(
            answer.Answer,
            answer.Reasons,
            bloodUnit.Donation,
            bloodUnit.Product,
            answer.Unit?.Value,
            now.ToString(),
            [.. answer.UnverifiedFigures.Select(item => FigureResponse.Of(item.Rule, item.Figure))],
            "decision support, not validated"));
    }
}
