using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace ColdChain.Server.Api;

/// <summary>Puts the API into the server: its services, its gate, its addresses.</summary>
internal static class ApiComposition
{
    public static IServiceCollection AddApi(this IServiceCollection services) => services
        .AddSingleton<Sources>()
        .AddOpenApi("v1", ApiDescription.Configure)
        .Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true) // So that ProblemAnswers can say what is wrong.
        .ConfigureHttpJsonOptions(options => options.SerializerOptions.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All)); // Names stay readable.

    public static void MapApi(this WebApplication web)
    {
        web.UseWhen(
            context => IsApi(context.Request.Path),
            branch => branch.UseMiddleware<ProblemAnswers>().UseMiddleware<TokenGate>());
        web.MapOpenApi("/openapi/{documentName}.json");
        web.MapHealth();
        var v1 = web.MapGroup("/api/v1")
            .AddEndpointFilter(KnownQuery.Require)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized);
        v1.MapUnits();
        v1.MapContents();
        v1.MapExcursions();
        v1.MapHolds();
        v1.MapIssueCheck();
        v1.MapReadings();
        v1.MapEvents();
    }

    private static bool IsApi(PathString path) =>
        path.StartsWithSegments("/api") || path.StartsWithSegments("/openapi") || path.StartsWithSegments("/health");
}
