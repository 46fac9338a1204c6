using System.Collections.Concurrent;
using ColdChain.Core.Excursions;
using ColdChain.Core.Reporting;
using ColdChain.Server.Fleet;
using ColdChain.Server.Reports;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Tests.Api;

namespace ColdChain.Server.Tests.Reports.Desk;

/// <summary>What reports say, as long as the test does not say something else. It stands for what the store would give.</summary>
internal sealed class MadeReports
{
    private readonly ConcurrentDictionary<string, ReportContent> _contents = new();

    /// <summary>The reports that were made, in order.</summary>
    public ConcurrentQueue<string> Made { get; } = new();

    /// <summary>What happens while one is made.</summary>
    public Action WhileMaking { get; set; } = () => { };

    /// <summary>What a report says.</summary>
    public ReportContent this[string number]
    {
        get => _contents[number];
        set => _contents[number] = value;
    }

    /// <summary>The hash of what a report says, as whoever reads its draft sees it; empty for one that cannot be made.</summary>
    public string HashOf(string number) => _contents.TryGetValue(number, out var content) ? ReportJson.HashOf(ReportJson.Write(content)) : "";

    /// <summary>A report cannot be made any more.</summary>
    public void Forget(string number) => _contents.TryRemove(number, out _).Should().BeTrue();

    /// <inheritdoc cref="MakeReport"/>
    public ReportContent Make(ReportNumber number, Action<ReportProgress> progress, CancellationToken cancellation)
    {
        Made.Enqueue($"{number}");
        progress(new ReportProgress(1, 1));
        WhileMaking();
        return _contents.TryGetValue($"{number}", out var content)
            ? content
            : throw new RefusalException(RefusalKind.Unknown, "number", $"there is nothing that report {number} could be of", "take another one");
    }

    /// <summary>The excursion of fridge 1, with one blood unit that was inside.</summary>
    public static ReportContent Excursion(int version = 1, HoldContent? hold = null, bool isUnfinished = false) => new()
    {
        Number = "EX-1",
        Kind = ReportKind.Excursion,
        Place = Fridge1,
        From = Scene.At("09:02"),
        To = Scene.At("09:34"),
        IsUnfinished = isUnfinished,
        Excursion = new ExcursionContent
        {
            Finding = new FindingContent
            {
                Id = 1, Version = version, Probe = "pi-001/load", Side = Side.High, Start = Scene.At("09:02"), AlarmedAt = Scene.At("09:05"), End = Scene.At("09:34"), EndReason = EndReason.InRange,
                LastKnown = Scene.At("09:34"), ExposureEnd = Scene.At("09:34"), DiscoveredAt = Scene.At("12:00"), Status = "current", Duration = TimeSpan.FromMinutes(32),
                Cumulative = TimeSpan.FromMinutes(32), IsConflict = false, IsDeclaredLost = false,
            },
            Versions = [], Rules = [], Probes = [], Conditions = [], Excluded = [], Timeline = [], Notifications = [], Acknowledgements = [], Case = [], Audit = [],
            BloodUnits =
            [
                new BloodUnitContent
                {
                    Donation = "W000026123456", Product = "RBC", InAt = Scene.At("06:30"), Exposed = TimeSpan.FromMinutes(32), LeftBefore = false, Hold = hold, Exceeded = [],
                },
            ],
        },
    };

    /// <summary>A storage unit over a period, of which nothing is told but how often its door was open.</summary>
    public static ReportContent Period(string number, int doorOpen = 0)
    {
        ReportNumber.TryParse(number, out var parsed).Should().BeTrue();
        var (from, to) = parsed.Period.In(TimeZoneInfo.Utc);
        var nothing = new CountContent(0, TimeSpan.Zero);
        return new ReportContent
        {
            Number = number,
            Kind = parsed.Kind,
            Place = parsed.Kind == ReportKind.UnitPeriod ? Fridge1 : Fridge1 with { Unit = null, UnitName = null },
            From = from,
            To = to,
            IsUnfinished = false,
            Units = [new UnitPeriodContent { Place = Fridge1, Probes = [], Rules = [], Findings = [], DoorOpen = nothing with { Count = doorOpen }, MainsLost = nothing, Excluded = [], Changes = [] }],
        };
    }

    private static PlaceContent Fridge1 => new() { Site = "rabat", SiteName = "Centre régional de Rabat", Zone = "Africa/Casablanca", Unit = "fridge-1", UnitName = "Fridge 1" };
}
