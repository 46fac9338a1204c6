using System.Globalization;
using ColdChain.Server.Dashboard.Pages;
using ColdChain.Server.Dashboard.Views;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Dashboard;

/// <summary>The pages on which people work on what is held. They show nothing that ages, so that nobody's half-written text is renewed away.</summary>
internal sealed class CasePages(CaseReader cases, DashboardPages pages)
{
    /// <summary>The work on an excursion or unknown time.</summary>
    public Task<IResult> OfFindingAsync(HttpRequest request, string id) => CaseAsync(request, id, Ground.Finding);

    /// <summary>The work on an exposure.</summary>
    public Task<IResult> OfExposureAsync(HttpRequest request, string id) => CaseAsync(request, id, Ground.Exposure);

    /// <summary>The holds that stand.</summary>
    public Task<IResult> HoldsAsync(HttpRequest request, HoldsSearchView search) => pages.ShowAsync<HoldsPage>(
        request, pages.FrameOf(request, zone: null), new() { [nameof(HoldsPage.List)] = cases.Read(search, Caller.Of(request.HttpContext)) });

    private async Task<IResult> CaseAsync(HttpRequest request, string id, Func<long, Ground> ground)
    {
        var frame = pages.FrameOf(request, zone: null);
        if (!long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || cases.Read(ground(number), Caller.Of(request.HttpContext)) is not { } view)
        {
            return await pages.NotFoundAsync(frame, frame.Texts.NotFoundCase, id);
        }

        return pages.IsKept(request, view.UnitId)
            ? await pages.ForbiddenAsync(request)
            : await pages.ShowAsync<CasePage>(request, frame with { Zone = view.Zone }, new() { [nameof(CasePage.Case)] = view });
    }
}

/// <summary>Why a form was not done, for the page that is shown again.</summary>
/// <param name="Status">The status of the answer.</param>
/// <param name="Refusal">What kept it from being done.</param>
internal sealed record FormFault(int Status, RefusalException Refusal);
