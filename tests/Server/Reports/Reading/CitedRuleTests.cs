using ColdChain.Core.Readings;
using ColdChain.Server.Reports.Documents;
using ColdChain.Server.Tests.Api;
using ColdChain.Server.Tests.Reports.Documents;

namespace ColdChain.Server.Tests.Reports.Reading;

/// <summary>An excursion rests on one rule, which need not be the one that was in force when it began: out within the delay of one rule, it may be judged by the next.</summary>
public sealed class CitedRuleTests
{
    // Reagents may be at 8 °C, and for five minutes above; red cells may not be above 6 °C at all.
    private const string Fleet = """
        sites:
          - { id: rabat, name: Centre régional de Rabat, zone: Africa/Casablanca }
        devices:
          - { id: pi-001, site: rabat }
        storage-units:
          - id: fridge-1
            name: Fridge 1
            site: rabat
            kind: refrigerator
            history:
              - from: 2026-11-22T06:00:00Z
                to: 2026-11-22T09:00:00Z
                rules: eu-edqm
                product: REAGENT
                context: storage
                probes:
                  - { id: pi-001/load, role: load }
              - from: 2026-11-22T09:00:00Z
                rules: eu-edqm
                product: RBC
                context: storage
                probes:
                  - { id: pi-001/load, role: load }
        """;

    [Fact]
    public async Task Excursion_ThatBeganWithinTheDelayOfAnotherRule_CitesTheOneThatJudgedIt()
    {
        await using var scene = await Scene.OpenAsync(Fleet);
        await scene.MeasureAsync("pi-001/load", "06:00", "08:55", "4");
        await scene.MeasureAsync("pi-001/load", "09:00", "09:30", "9");
        await scene.MeasureAsync("pi-001/load", "09:35", "10:00", "4");
        await scene.JudgeAsync("10:01");

        var report = scene.Report(1, Scene.At("18:00"));

        var (excursion, pack) = (report.Excursion!, scene.Packs.Single(pack => pack.Id == "eu-edqm"));
        excursion.Finding.Start.Should().Be(Scene.At("08:59"));
        RuleAt.Of(excursion.Rules, excursion.Finding.Start)!.High.Should().Be(Celsius.FromMilli(8_000), "that rule was in force when it began");
        var cited = excursion.Finding.Rule!;
        (cited.Pack, cited.Version, cited.Hash, cited.Product).Should().Be((pack.Id, pack.Version, pack.Hash, "RBC"));
        (cited.Low, cited.High).Should().Be((Celsius.FromMilli(2_000), Celsius.FromMilli(6_000)));
        excursion.Versions.Should().OnlyContain(version => version.Rule == cited);
        var html = await Printing.WriteAsync(SampleReports.Draft(report, Scene.At("18:00")), Printing.English);
        Printing.Seen(Printing.PageOne(html)).Should().Contain("up to 9.0\u202f°C against a limit of 6\u202f°C").And.Contain($"eu-edqm  version {pack.Version} · 2 to 6\u202f°C  {pack.Hash[..16]}…");
    }
}
