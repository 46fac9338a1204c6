using ColdChain.Core.Reporting;
using ColdChain.Server.Reports.Content;
using static ColdChain.Server.Tests.Reports.SampleReports;

namespace ColdChain.Server.Tests.Reports;

/// <summary>A month of alarms at one site.</summary>
internal static class SampleAlarms
{
    public static ReportContent Month() => new()
    {
        Number = "AL-rabat_2026-11",
        Kind = ReportKind.Alarms,
        Place = new PlaceContent { Site = "rabat", SiteName = "Centre régional de Rabat", Zone = Zone },
        From = At("2026-10-31T23:00:00Z"),
        To = At("2026-11-30T23:00:00Z"),
        IsUnfinished = false,
        Alarms = new AlarmsContent
        {
            Sources =
            [
                new SourceAlarmsContent("storage-unit", "fridge-1", "Réfrigérateur 1, salle de distribution", Figures(17, 5, 16, 374, 2_910, 1)),
                new SourceAlarmsContent("storage-unit", "freezer-1", $"Congélateur plasma {Script}", Figures(6, 0, 6, 212, 611, 0)),
                new SourceAlarmsContent("site", "rabat", "Centre régional de Rabat", Figures(1, 0, 0, null, null, 0)),
            ],
            Total = Figures(24, 5, 22, 305, 2_910, 1),
            StorageUnits = 9,
            Yardsticks = [new YardstickContent("alarms-per-day", 144, 0.8, "EEMUA 191, from memory and not verified: on average at most one alarm in 10 minutes for an operator")],
            TopSources = [new("storage-unit", "fridge-1"), new("storage-unit", "freezer-1"), new("site", "rabat")],
        },
    };

    private static AlarmFiguresContent Figures(int count, int chattering, int acknowledged, int? medianSeconds, int? p95Seconds, int stale) => new()
    {
        Count = count,
        PerWeek = Math.Round(count * 7 / 30.0, 6),
        Chattering = chattering,
        Acknowledged = acknowledged,
        MedianToAcknowledge = medianSeconds is { } median ? TimeSpan.FromSeconds(median) : null,
        P95ToAcknowledge = p95Seconds is { } p95 ? TimeSpan.FromSeconds(p95) : null,
        Stale = stale,
    };
}
