using System.Text;
using ColdChain.Core.People;
using ColdChain.Server.Fleet;
using ColdChain.Server.Quarantine;
using ColdChain.Server.Store;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ColdChain.Server.Api;

/// <summary>A stay that a list began or ended.</summary>
/// <param name="Unit">The storage unit.</param>
/// <param name="DonationNumber">The donation identification number.</param>
/// <param name="Product">The product.</param>
internal sealed record StockStayResponse(string Unit, string DonationNumber, string Product)
{
    public static StockStayResponse Of(ContentsRow stay) => new(stay.Unit.Value, stay.Donation, stay.Product);
}

/// <summary>What a list of another system changed.</summary>
/// <param name="Entered">What was put in.</param>
/// <param name="Left">What was taken out.</param>
/// <param name="Unchanged">How many blood units were where the list says.</param>
/// <param name="IntoHeld">What the list puts into a storage unit on hold.</param>
internal sealed record StockResponse(IReadOnlyList<StockStayResponse> Entered, IReadOnlyList<StockStayResponse> Left, int Unchanged, IReadOnlyList<StockStayResponse> IntoHeld)
{
    public static StockResponse Of(StockTaken taken) =>
        new([.. taken.Entered.Select(StockStayResponse.Of)], [.. taken.Left.Select(StockStayResponse.Of)], taken.Unchanged, [.. taken.IntoHeld.Select(StockStayResponse.Of)]);
}

/// <summary>What another system says is inside.</summary>
internal static class StockEndpoint
{
    public static void MapStock(this IEndpointRouteBuilder routes) => routes.MapPost("/stock-snapshot", TakeAsync)
        .WithSummary("Takes over a list (CSV: donation,product,unit) of all that is in the storage units that it names, at one instant")
        .Needs(Permission.EnterContents);

    private static async Task<Ok<StockResponse>> TakeAsync(string? at, Caller caller, StockImport import, HttpContext context)
    {
        if (context.Request.ContentType?.StartsWith("text/csv", StringComparison.OrdinalIgnoreCase) != true)
        {
            throw new RefusalException(RefusalKind.Invalid, "Content-Type", $"'{context.Request.ContentType}' is not read here", "send the list with the header 'Content-Type: text/csv'");
        }

        var instant = Parameters.OptionalInstant("at", at);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = StockImport.BytesMax;
        }

        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        return TypedResults.Ok(StockResponse.Of(await import.TakeAsync(caller, await reader.ReadToEndAsync(context.RequestAborted), instant, context.RequestAborted)));
    }
}
