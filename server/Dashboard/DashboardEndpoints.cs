using ColdChain.Core.People;
using ColdChain.Server.Dashboard.Live;
using ColdChain.Server.Dashboard.Series;
using ColdChain.Server.Dashboard.Views;
using ColdChain.Server.Fleet;
using ColdChain.Server.Html;

namespace ColdChain.Server.Dashboard;

/// <summary>The pages and what belongs to them, for the program that hosts them.</summary>
internal static class DashboardEndpoints
{
    public static IServiceCollection AddDashboard(this IServiceCollection services) => services
        .AddSingleton<Assets>()
        .AddSingleton<PageRenderer>()
        .AddSingleton<TileReader>()
        .AddSingleton<UnitReader>()
        .AddSingleton<ExcursionReader>()
        .AddSingleton<BloodUnitReader>()
        .AddSingleton<AuditReader>()
        .AddSingleton<AlarmReader>()
        .AddSingleton<ScheduleReader>()
        .AddSingleton<AlarmPages>()
        .AddSingleton<NoticeReader>()
        .AddSingleton<DashboardPages>()
        .AddSingleton<CaseReader>()
        .AddSingleton<CasePages>()
        .AddSingleton<StockPages>()
        .AddSingleton<SeriesReader>()
        .AddSingleton<SeriesEndpoint>()
        .AddSingleton<DayLine>()
        .AddSingleton<LiveFeed>()
        .AddSingleton<LiveEndpoint>()
        .AddHostedService(provider => provider.GetRequiredService<LiveFeed>());

    public static void MapDashboard(this IEndpointRouteBuilder endpoints)
    {
        var pages = endpoints.MapGroup("").ExcludeFromDescription();
        pages.MapGet("/", (HttpRequest request, string? site, DashboardPages dashboard) => dashboard.UnitsAsync(request, site)).Needs(Permission.SeeTiles);
        pages.MapGet("/units/{id}", (HttpRequest request, string id, DashboardPages dashboard) => dashboard.UnitAsync(request, id)).Needs(Permission.See);
        pages.MapGet("/excursions/{id}", (HttpRequest request, string id, DashboardPages dashboard) => dashboard.ExcursionAsync(request, id)).Needs(Permission.See);
        pages.MapGet("/excursions/{id}/case", (HttpRequest request, string id, CasePages cases) => cases.OfFindingAsync(request, id)).Needs(Permission.See);
        pages.MapGet("/exposures/{id}/case", (HttpRequest request, string id, CasePages cases) => cases.OfExposureAsync(request, id)).Needs(Permission.See);
        pages.MapGet("/holds", (HttpRequest request, [AsParameters] HoldsSearchView search, CasePages cases) => cases.HoldsAsync(request, search)).Needs(Permission.See);
        pages.MapGet("/look-back", (HttpRequest request, StockPages stock) => stock.LookBackAsync(request)).Needs(Permission.See);
        pages.MapGet("/blood-units/{donation}/{product}", (HttpRequest request, string donation, string product, DashboardPages dashboard) => dashboard.BloodUnitAsync(request, donation, product))
            .Needs(Permission.See);
        pages.MapGet("/audit", (HttpRequest request, [AsParameters] AuditSearchView search, string? before, DashboardPages dashboard) => dashboard.AuditAsync(request, search, before))
            .NeedsEverywhere(Permission.ReadAudit);
        pages.MapGet("/units/{id}/series", (Caller caller, string id, string? from, string? to, SeriesEndpoint series, CancellationToken cancellation) => series.GetAsync(caller, id, from, to, cancellation))
            .NeedsInBackground(Permission.See);
        pages.MapGet("/units/{id}/day.svg", (HttpContext context, string id, DayLine line) => line.Get(context, id)).NeedsInBackground(Permission.SeeTiles);
        pages.MapGet("/live", (HttpContext context, LiveEndpoint live) => live.GetAsync(context)).NeedsInBackground(Permission.SeeTiles);
        pages.MapGet("/assets/{**name}", (HttpContext context, string? name, Assets assets) => assets.Get(context, name ?? "")).ForEverybody();
    }
}
