using ColdChain.Core.Readings;
using ColdChain.Server.Dashboard.Pages;
using ColdChain.Server.Dashboard.Views;
using ColdChain.Server.Fleet;

namespace ColdChain.Server.Dashboard;

/// <summary>The pages of alarms and of who is on call.</summary>
internal sealed class AlarmPages(AlarmReader alarms, ScheduleReader schedule, AlertReach reach, FleetView fleet, DashboardPages pages, TimeProvider clock)
{
    /// <summary>What goes on, or nobody has acknowledged.</summary>
    public Task<IResult> AlarmsAsync(HttpRequest request)
    {
        var frame = pages.FrameOf(request, zone: null);
        return pages.PageAsync<AlarmsPage>(StatusCodes.Status200OK, frame, new()
        {
            [nameof(AlarmsPage.Alarms)] = alarms.Read(Caller.Of(request.HttpContext), frame.Now),
            [nameof(AlarmsPage.Reach)] = reach,
        });
    }

    /// <summary>One incident.</summary>
    /// <param name="request">The request.</param>
    /// <param name="id">Its number as the address has it.</param>
    /// <param name="lasts">For how long "I have it" counts.</param>
    /// <param name="fault">Which field of what was sent was wrong; null for none.</param>
    public async Task<IResult> IncidentAsync(HttpRequest request, long id, TimeSpan lasts, string? fault = null)
    {
        var caller = Caller.Of(request.HttpContext);
        if (alarms.Read(id, caller, lasts, Instant.Now(clock)) is not { } view)
        {
            return await pages.MessageAsync(request, StatusCodes.Status404NotFound, texts => texts.AlarmUnknown);
        }

        var status = fault is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
        return caller.SeesAllOf(fleet.Current, view.Alarm.SiteId)
            ? await pages.PageAsync<IncidentPage>(status, pages.FrameOf(request, view.Alarm.Zone), new() { [nameof(IncidentPage.View)] = view with { Fault = fault } })
            : await pages.ForbiddenAsync(request);
    }

    /// <summary>Who is on call.</summary>
    public Task<IResult> ScheduleAsync(HttpRequest request, string? fault = null)
    {
        var frame = pages.FrameOf(request, zone: null);
        return pages.PageAsync<OnCallPage>(
            fault is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
            frame,
            new() { [nameof(OnCallPage.View)] = schedule.Read(Caller.Of(request.HttpContext), frame.Now) with { Fault = fault } });
    }

    /// <summary>What a link of a message stands for, with the button that alone acknowledges.</summary>
    public Task<IResult> LinkAsync(HttpRequest request, IEnumerable<long> incidents, TimeSpan lasts, bool isDone)
    {
        var frame = pages.FrameOf(request, zone: null);
        return pages.PageAsync<LinkPage>(StatusCodes.Status200OK, frame, new()
        {
            [nameof(LinkPage.View)] = new LinkView(frame.Link($"{request.Path}"), alarms.Read(incidents, frame.Now), lasts, isDone),
        });
    }
}
