using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Core.Reporting;
using ColdChain.Core.Rules;
using ColdChain.Server.Reports.Content;
using static ColdChain.Server.Tests.Reports.SampleReports;

namespace ColdChain.Server.Tests.Reports;

/// <summary>A week of two storage units: one warmed for an hour, and blind for two, with another rule from Wednesday on; one always known and in range.</summary>
internal static class SampleUnits
{
    public static readonly Instant WeekFrom = At("2026-11-22T23:00:00Z");
    public static readonly Instant WeekTo = At("2026-11-29T23:00:00Z");

    private static readonly Instant Changed = At("2026-11-25T08:00:00Z");
    private static readonly SpanContent Warm = new(At("2026-11-26T13:00:00Z"), At("2026-11-26T15:30:00Z"));
    private static readonly SpanContent Blind = new(At("2026-11-27T20:00:00Z"), At("2026-11-27T22:10:00Z"));

    private static readonly ProbeContent Probe = SampleProbes.OfWeek("load-1", new SpanContent(WeekFrom, WeekTo), 3_200, Warm, [Blind]);

    public static ReportContent Site() => new()
    {
        Number = "SI-rabat_2026-W48",
        Kind = ReportKind.SitePeriod,
        Place = new PlaceContent { Site = "rabat", SiteName = "Centre régional de Rabat", Zone = Zone },
        From = WeekFrom,
        To = WeekTo,
        IsUnfinished = false,
        Units = [Warmed(), Quiet()],
    };

    public static ReportContent Unit() => new()
    {
        Number = "SU-fridge-1_2026-W48",
        Kind = ReportKind.UnitPeriod,
        Place = Warmed().Place,
        From = WeekFrom,
        To = WeekTo,
        IsUnfinished = false,
        Units = [Warmed()],
    };

    /// <summary>Always known, and always in range.</summary>
    public static UnitPeriodContent Quiet() => new()
    {
        Place = Place("fridge-2", "Réfrigérateur 2", "8004061141411234567"),
        Probes = [SampleProbes.OfWeek("load-7", new SpanContent(WeekFrom, WeekTo), 0, null, [])],
        Rules = [Rule(new SpanContent(WeekFrom, WeekTo))],
        Findings = [],
        DoorOpen = new CountContent(0, TimeSpan.Zero),
        MainsLost = new CountContent(0, TimeSpan.Zero),
        Excluded = [],
        Changes = [],
    };

    /// <summary>A rule with figures of every status.</summary>
    public static RuleContent Rule(SpanContent inForce) => new()
    {
        Pack = "eu-edqm",
        Version = "2026.2",
        Hash = ReportJson.HashOf("eu-edqm"u8),
        PackStatus = "draft: to be ratified by the quality unit of the blood service before use",
        Product = "RBC",
        Context = StorageContext.Storage,
        InForce = inForce,
        Low = Celsius.FromMilli(2_000),
        High = Celsius.FromMilli(6_000),
        Delay = TimeSpan.Zero,
        MaxGap = TimeSpan.FromMinutes(15),
        UnknownLimit = TimeSpan.FromHours(4),
        Figures =
        [
            new FigureContent("limits.low", 2, "Directive 2004/33/EC, Annex IV", FigureStatus.Verified),
            new FigureContent("limits.high", 6, "Directive 2004/33/EC, Annex IV", FigureStatus.Verified),
            new FigureContent("redLine.high", 10, "red lines of the guide, as remembered", FigureStatus.FromMemory),
            new FigureContent("defaults.maxGapSeconds", 900, "chosen by engineers", FigureStatus.EngineeringDefault),
            new FigureContent("defaults.unknownLimitSeconds", 14_400, "four hours between manual readings", FigureStatus.Verified),
        ],
    };

    private static UnitPeriodContent Warmed() => new()
    {
        Place = Place("fridge-1", "Réfrigérateur 1, salle de distribution", null),
        Probes = [Probe],
        Rules = [Rule(new SpanContent(WeekFrom, Changed)) with { High = Celsius.FromMilli(8_000), Version = "2026.1", Hash = ReportJson.HashOf("eu-edqm 2026.1"u8) }, Rule(new SpanContent(Changed, WeekTo))],
        Findings =
        [
            new PeriodFindingContent
            {
                Id = 12,
                Version = 2,
                Probe = "load-1",
                Side = Side.High,
                Start = At("2026-11-26T13:38:00Z"),
                End = At("2026-11-26T14:52:00Z"),
                Duration = TimeSpan.FromMinutes(74),
                Peak = Probe.Figures.Maximum,
                FoundAfter = TimeSpan.FromMinutes(161),
                Cause = "door-open",
                AcknowledgedAfter = TimeSpan.FromSeconds(372),
                Dispositions = new DispositionsContent(3, 1, 1, 0, 1),
            },
            new PeriodFindingContent
            {
                Id = 13,
                Version = 1,
                Probe = "load-1",
                Side = Side.Unknown,
                Start = Blind.From,
                End = Blind.To,
                Duration = Blind.To - Blind.From,
                Dispositions = new DispositionsContent(0, 0, 0, 0, 0),
            },
        ],
        DoorOpen = new CountContent(3, TimeSpan.FromMinutes(41)),
        MainsLost = new CountContent(1, TimeSpan.FromMinutes(173)),
        Excluded = [new ExcludedContent("load-1", "alarm-test", At("2026-11-24T09:00:00Z"), At("2026-11-24T09:40:00Z"), 9, "")],
        Changes =
        [
            new ChangeContent(At("2026-11-24T09:00:00Z"), ChangeKinds.Maintenance, "annual check of the compressor"),
            new ChangeContent(Changed, ChangeKinds.RulePack, "eu-edqm 2026.2"),
            new ChangeContent(Changed, ChangeKinds.Calibration, "load-1: offset 35, certificate LNE-2026-0533"),
        ],
    };
}
