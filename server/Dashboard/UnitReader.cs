using System.Text.Json;
using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Server.Html;
using ColdChain.Server.Dashboard.Views;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Dashboard;

/// <summary>Reads what the page of one storage unit shows.</summary>
internal sealed class UnitReader(RecordStore store, FleetView fleet, TileReader tiles)
{
    /// <summary>A page lists at most so many rows of one kind.</summary>
    public const int RowsMax = 200;

    private const int EventsMax = 30;

    // Many of one kind that happened together make one row of the page.
    private const int EventsReadMax = 500;

    // Left blood units are listed for as long as the longest chart looks back.
    private static readonly TimeSpan LeftShownFor = TimeSpan.FromDays(7);

    private static readonly TimeSpan ConditionsShownFor = TimeSpan.FromHours(24);

    /// <summary>The storage unit; null when the fleet does not know it.</summary>
    public UnitView? Read(StorageUnitId id, Instant now, Texts texts)
    {
        var current = fleet.Current;
        return store.Read(session => UnitOverviews.Read(session, current, id, now) is { } overview
            ? ViewOf(session, overview, current, now, texts)
            : null);
    }

    private UnitView ViewOf(StoreSession session, UnitOverview overview, FleetHistory current, Instant now, Texts texts)
    {
        var id = overview.Unit.Id;
        var holds = HoldStore.OfUnit(session, id).Where(hold => hold.Stands).ToList();
        var left = LookbackStore.CountOfUnit(session, id);
        var held = holds.Where(hold => hold.Kind == HoldWords.BloodUnit).Select(hold => (hold.Donation, hold.Product)).ToHashSet();
        return new UnitView
        {
            Tile = tiles.TileOf(session, overview, current, now),
            Kind = KindOf(overview.Unit.Kind, texts),
            Reasons = overview.Reasons,
            Findings = [.. Newest(FindingStore.Current(session, id)).Select(row => FindingOf(row, left.GetValueOrDefault(row.Finding.Id)))],
            Conditions = [.. ConditionStore.Touching(session, id, now - ConditionsShownFor, Instant.End, RowsMax).Select(ConditionOf)],
            Windows = [.. WindowStore.NotOver(session, id, now).Take(RowsMax)
                .Select(window => new WindowView(window.Probe?.ToString(), window.From, window.Until, window.Reason, window.EnteredBy, window.Covers(now)))],
            Contents = [.. Newest(ContentsStore.Inside(session, id, now - LeftShownFor, Instant.End))
                .Select(stay => new ContentsView(stay.Donation, stay.Product, stay.InAt, stay.OutAt, held.Contains((stay.Donation, stay.Product)), tiles.MismatchOf(overview.Unit, stay, now)))],
            Holds = [.. HoldsOf(holds).Take(RowsMax)],
            Events = [.. Together(EventsOf(session, overview)).Take(EventsMax)],
            Rule = overview.Period is { } period ? tiles.RuleOf(period) : null,
        };
    }

    /// <summary>What concerns the unit, the devices that its probes hang on, its site, and the server as a whole.</summary>
    private static IEnumerable<EventRow> EventsOf(StoreSession session, UnitOverview overview) => EventLog.NewestOfUnit(session, overview.Unit.Id, EventsReadMax)
        .Concat((overview.Period?.Devices ?? []).SelectMany(device => EventLog.NewestAbout(session, device.Value, EventsReadMax)))
        .Concat(EventLog.NewestAbout(session, overview.Unit.Site, EventsReadMax).Where(row => row.Kind is EventKinds.SiteSilent or EventKinds.SiteHeardAgain))
        .Concat(EventLog.NewestAbout(session, "", EventsReadMax))
        .OrderByDescending(row => row.Id);

    private static IEnumerable<EventView> Together(IEnumerable<EventRow> newestFirst)
    {
        var (subjects, last) = (new List<string>(), default((Instant At, string Kind, string? Reason)?));
        foreach (var row in newestFirst)
        {
            var what = (row.At, row.Kind, ReasonOf(row));
            if (last is { } before && before != what)
            {
                yield return new EventView(before.At, before.Kind, subjects, before.Reason);
                subjects = [];
            }

            subjects.Add(row.Subject);
            last = what;
        }

        if (last is { } oldest)
        {
            yield return new EventView(oldest.At, oldest.Kind, subjects, oldest.Reason);
        }
    }

    private static string? ReasonOf(EventRow row)
    {
        using var payload = JsonDocument.Parse(row.Payload);
        return Text(payload.RootElement, "reason") ?? CauseOf(payload.RootElement);
    }

    private static string? CauseOf(JsonElement payload) => payload.TryGetProperty("cause", out var cause) && cause.ValueKind == JsonValueKind.Object
        ? $"explained by: {Text(cause, "scope")} {Text(cause, "subject")}, silent since {Text(cause, "since")}"
        : null;

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    private static IEnumerable<T> Newest<T>(List<T> oldestFirst) => oldestFirst.AsEnumerable().Reverse().Take(RowsMax);

    /// <summary>What is held by the holds that stand, by donation.</summary>
    public static IEnumerable<HoldView> HoldsOf(IEnumerable<HoldRow> holds) => holds.Where(hold => hold.Stands)
        .GroupBy(hold => (hold.Donation, hold.Product)).Select(HoldOf).OrderBy(hold => hold.Donation, StringComparer.Ordinal);

    // What holds one thing, as one row.
    private static HoldView HoldOf(IGrouping<(string Donation, string Product), HoldRow> same) => new(
        same.Key.Donation,
        same.Key.Product,
        [.. same.Where(hold => hold.ExposureId is null).Select(hold => hold.FindingId).OrderDescending()],
        [.. same.Select(hold => hold.ExposureId).OfType<long>().OrderDescending()],
        same.Select(hold => hold.Since).Min(),
        same.Select(hold => hold.PlacedAt).Min(),
        same.All(hold => hold.State == HoldWords.GroundRemoved));

    /// <summary>A finding, and how many blood units had left before it was known.</summary>
    public static FindingView FindingOf(FindingRow row, int left)
    {
        var (finding, stretch) = (row.Finding, row.Finding.Stretch);
        return new FindingView(
            finding.Id,
            finding.Probe.ToString(),
            stretch.Side,
            stretch.Start,
            stretch.End,
            stretch.EndReason == EndReason.Open,
            stretch.Side == Side.Unknown ? null : Celsius.FromMilli(stretch.PeakMilli),
            stretch.Duration,
            row.FoundLate ? row.DiscoveredAt - finding.AlarmedAt : null,
            row.DiscoveredAt,
            left);
    }

    private static ConditionView ConditionOf(ConditionRow row) => new(
        row.Condition.Kind,
        row.Condition.Probe.ToString(),
        row.Condition.Start,
        row.Condition.End,
        row.Condition.GoesOn,
        row.FoundLate ? row.DiscoveredAt - row.Condition.RaisedAt : null,
        row.DiscoveredAt);

    private static string KindOf(StorageUnitKind kind, Texts texts) => kind switch
    {
        StorageUnitKind.Refrigerator => texts.KindRefrigerator,
        StorageUnitKind.Incubator => texts.KindIncubator,
        StorageUnitKind.Freezer => texts.KindFreezer,
        StorageUnitKind.Transport => texts.KindTransport,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
