using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Reports.Reading;
using ColdChain.Server.Tests.Api;

namespace ColdChain.Server.Tests.Reports.Reading;

/// <summary>What a report says of an excursion of a scene, without a server that would judge meanwhile.</summary>
internal static class ReadExcursions
{
    public static ReportContent Report(this Scene scene, long finding, Instant now) => scene.Read(session =>
        new ExcursionContentReader(new FleetView { Current = scene.Fleet }, new UnitFiguresReader(PackSpans.Always(scene.Packs))).Read(session, finding, now, CancellationToken.None))!; // It is there.

    public static ExcursionContent Excursion(this Scene scene, long finding, Instant now) => scene.Report(finding, now).Excursion!; // It is about one.
}
