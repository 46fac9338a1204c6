using System.Text.Encodings.Web;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using ColdChain.Core.People;
using ColdChain.Server.Api.Forms;
using ColdChain.Server.Fleet;
using ColdChain.Server.Projections;
using Microsoft.AspNetCore.HttpOverrides;

namespace ColdChain.Server.Api;

/// <summary>Puts the API into the server: its services, its gate, its addresses.</summary>
internal static class ApiComposition
{
    public static IServiceCollection AddApi(this IServiceCollection services) => services
        .AddSingleton<Sources>()
        .AddSingleton<HealthChecks>()
        .AddSingleton<DeepHealth>()
        .AddSingleton<ScanDesk>()
        .AddSingleton<ReportDoor>()
        .AddSingleton<AlarmDoor>()
        .AddOpenApi(ApiDescription.DocumentName, ApiDescription.Configure)
        .Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true) // So that ProblemAnswers can say what is wrong.
        .ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All); // Names stay readable.
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict; // A number is a number, also in the description.
        });

    public static void MapApi(this WebApplication web)
    {
        web.MapOpenApi("/openapi/{documentName}.json").AddEndpointFilter(ApiDescription.RequireKnown).Needs(Permission.See);
        web.MapGroup("").WithTags("Health").MapHealth();
        var v1 = web.MapGroup("/api/v1")
            .AddEndpointFilter(KnownQuery.Require)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden);
        v1.MapGroup("").WithTags("Storage units").MapUnits();
        v1.MapGroup("").WithTags("Contents").MapContents();
        v1.MapGroup("").WithTags("Windows").MapWindows();
        v1.MapGroup("").WithTags("Excursions").MapExcursions();
        v1.MapGroup("").WithTags("Holds").MapHolds();
        v1.MapGroup("").WithTags("Decisions").MapDecisions();
        v1.MapGroup("").WithTags("Cases").MapCases();
        v1.MapGroup("").WithTags("Look-back").MapLookBacks();
        v1.MapGroup("").WithTags("Stock").MapStock();
        v1.MapGroup("").WithTags("Hold notices").MapHoldNotices();
        v1.MapGroup("").WithTags("Issue check").MapIssueCheck();
        v1.MapGroup("").WithTags("Blood units").MapBloodUnits();
        v1.MapGroup("").WithTags("Readings").MapReadings();
        v1.MapGroup("").WithTags("Devices").MapDevices();
        v1.MapGroup("").WithTags("Incidents").MapIncidents();
        v1.MapGroup("").WithTags("Reports").MapReports();
        v1.MapGroup("").WithTags("Reports").MapReportFiles();
        v1.MapGroup("").WithTags("Events").MapEvents();
        if (web.Services.GetService<InfluxProjection>() is { } influx)
        {
            v1.MapGroup("").WithTags("Projections").MapInflux(influx, web.Services.GetRequiredService<InfluxComparison>());
        }
    }

    /// <summary>What every request goes through before it reaches its endpoint, whatever it is of.</summary>
    public static void UseGate(this WebApplication web)
    {
        web.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto }); // Of a proxy on this machine alone.
        web.UseMiddleware<SecurityHeaders>();
        web.UseWhen(context => IsApi(context.Request.Path), branch => branch.UseMiddleware<ProblemAnswers>());
        web.UseMiddleware<Gate>();
        web.UseRateLimiter(); // By who asks, so after it.
        web.UseWhen(context => IsApi(context.Request.Path), branch => branch.UseMiddleware<Utf8Only>());
    }

    /// <summary>Whether an address is of the API, whose answers programs read.</summary>
    public static bool IsApi(PathString path) =>
        path.StartsWithSegments("/api") || path.StartsWithSegments("/openapi") || path.StartsWithSegments("/health");
}
