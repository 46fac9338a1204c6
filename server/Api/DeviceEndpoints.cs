using ColdChain.Core.People;
using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ColdChain.Server.Api;

/// <summary>Something that a device did and should not have done, since ever.</summary>
/// <param name="What">What is counted, such as message-unreadable, reading-ahead or reading-conflict.</param>
/// <param name="Count">How often.</param>
/// <param name="FirstAt">When it was first.</param>
/// <param name="LastAt">When it was last.</param>
internal sealed record CountResponse(string What, long Count, string FirstAt, string LastAt)
{
    public static CountResponse Of(DeviceCount row) => new(row.What, row.Count, row.FirstAt.ToString(), row.LastAt.ToString());
}

/// <summary>A device: enrolled, or one that sent something without being so.</summary>
/// <param name="Device">Its name; empty for all strangers beyond those told apart.</param>
/// <param name="Enrolled">True when the fleet file has it.</param>
/// <param name="Site">The id of its site; null when it is not enrolled.</param>
/// <param name="Foreign">True when it keeps no outbox of ours: nobody knows what it lost.</param>
/// <param name="LastHeardAt">When anything of it was last taken; null for never.</param>
/// <param name="SilentSince">Since when it has been silent, in the eyes of its supervision; null while it is not.</param>
/// <param name="SilenceOf">What its silence is put down to: device, site (all of it is silent) or server (the server hears nobody); null for none.</param>
/// <param name="UndatedReadings">Readings measured while its clock was not set that count once it is, since a heartbeat of that boot brings the anchor.</param>
/// <param name="AdriftReadings">Those that nothing will date any more: the device was started anew before its clock was set.</param>
/// <param name="Counts">What it did that it should not have done.</param>
internal sealed record KnownDeviceResponse(
    string Device, bool Enrolled, string? Site, bool Foreign, string? LastHeardAt, string? SilentSince, string? SilenceOf, long UndatedReadings, long AdriftReadings,
    IReadOnlyList<CountResponse> Counts)
{
    public static KnownDeviceResponse Of(
        DeviceId id, Device? enrolled, IEnumerable<StreamRow> streams, SilenceRow? silence, UndatedReadings undated, IEnumerable<DeviceCount> counts) => new(
        id.Value,
        enrolled is not null,
        enrolled?.Site,
        enrolled?.IsForeign ?? false,
        DeviceResponse.LastHeard([.. streams])?.ToString(),
        silence?.Since.ToString(),
        silence?.Scope,
        undated.Awaited,
        undated.Adrift,
        [.. counts.Select(CountResponse.Of)]);
}

/// <summary>The devices.</summary>
internal static class DeviceEndpoints
{
    public static void MapDevices(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/devices", All).WithSummary("Every device: when it was last heard, and what it did that it should not have done").Needs(Permission.See);

    private static Ok<KnownDeviceResponse[]> All(Caller caller, Sources sources)
    {
        var (streams, undated, silences, counts) = sources.Store.Read(session => (
            StreamStore.All(session).ToLookup(row => row.Device),
            StreamStore.All(session).GroupBy(row => row.Device).ToDictionary(rows => rows.Key, rows => UndatedReadings.Of(session, rows.Key, new DeviceStreams(rows))),
            new Silences(SilenceStore.All(session)),
            DeviceCounts.All(session).ToLookup(row => row.Device)));
        var fleet = sources.Fleet;
        var strangers = counts.Select(group => group.Key).Where(device => fleet.FindDevice(device) is null);
        return TypedResults.Ok(fleet.Devices.Select(device => device.Id)
            .Concat(strangers)
            .Where(id => caller.Rights.Allow(Permission.See, fleet.FindDevice(id) is { } device ? fleet.PlaceOf(device.Site) : null))
            .Select(id => KnownDeviceResponse.Of(id, fleet.FindDevice(id), streams[id], fleet.FindDevice(id) is null ? null : silences.CauseOf(id), undated.GetValueOrDefault(id), counts[id]))
            .ToArray());
    }
}
