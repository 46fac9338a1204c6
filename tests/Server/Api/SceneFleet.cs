namespace ColdChain.Server.Tests.Api;

/// <summary>A small fleet on one day: two fridges, an incubator, a freezer whose limits are remembered only.</summary>
internal static class SceneFleet
{
    public const string Text = """
        sites:
          - { id: rabat, name: Centre régional de Rabat, zone: Africa/Casablanca }
        devices:
          - { id: pi-001, site: rabat }
          - { id: pi-002, site: rabat }
          - { id: pi-003, site: rabat }
          - { id: pi-004, site: rabat }
        storage-units:
          - id: fridge-1
            name: Fridge 1
            site: rabat
            kind: refrigerator
            history:
              - from: 2026-11-22T06:00:00Z
                rules: eu-edqm
                product: RBC
                context: storage
                probes:
                  - { id: pi-001/load, role: load }
                  - { id: pi-001/air, role: air }
          - id: fridge-2
            name: Fridge 2
            site: rabat
            kind: refrigerator
            history:
              - from: 2026-11-22T06:00:00Z
                rules: eu-edqm
                product: RBC
                context: storage
                probes:
                  - { id: pi-002/load, role: load, calibration-offset: -0.125 }
          - id: freezer-1
            name: Freezer 1
            site: rabat
            kind: freezer
            history:
              - from: 2026-11-22T06:00:00Z
                rules: eu-edqm
                product: PFF
                context: storage
                probes:
                  - { id: pi-003/load, role: load }
          - id: incubator-1
            name: Incubator 1
            site: rabat
            kind: incubator
            history:
              - from: 2026-11-22T06:00:00Z
                rules: eu-edqm
                product: PLT
                context: storage
                probes:
                  - { id: pi-004/load, role: load }
        contents:
          - { unit: fridge-1, donation: W0000 26 123456 *, product: RBC, in: 2026-11-22T06:30:00Z }
          - { unit: fridge-2, donation: W0000 26 100001 P, product: RBC, in: 2026-11-22T06:30:00Z }
          - { unit: incubator-1, donation: W0000 26 100002 N, product: PLT, in: 2026-11-22T07:00:00Z }
        """;

    /// <summary>The same with the use of fridge 1 ended at an instant of the day; going on with another load probe where one is named.</summary>
    public static string WithFridge1Until(string time, string? probe = null)
    {
        const string begin = "      - from: 2026-11-22T06:00:00Z\n";
        const string air = "          - { id: pi-001/air, role: air }\n";
        var instant = Scene.At(time);
        var next = probe is null ? "" : $$"""
                  - from: {{instant}}
                    rules: eu-edqm
                    product: RBC
                    context: storage
                    probes:
                      - { id: {{probe}}, role: load }

            """;
        var ended = Text.Insert(Text.IndexOf(begin, StringComparison.Ordinal) + begin.Length, $"        to: {instant}\n");
        return ended.Replace(air, air + next, StringComparison.Ordinal);
    }

    /// <summary>
    /// The day until noon: fridge 1 leaves its limits at 09:02 and stays out, fridge 2 is well, the incubator has been silent since 11:30,
    /// and nothing was ever heard of the freezer. The device of fridge 1 sent its first readings twice.
    /// </summary>
    public static async Task<Scene> AtNoonAsync()
    {
        var scene = await Scene.OpenAsync();
        await scene.MeasureAsync("pi-001/load", "06:00", "09:00", "4");
        await scene.MeasureAsync("pi-001/load", "09:05", "09:05", "9");
        await scene.MeasureAsync("pi-001/air", "06:00", "09:05", "5");
        await scene.MeasureAsync("pi-002/load", "06:00", "09:05", "4.375");
        await scene.MeasureAsync("pi-004/load", "06:00", "09:05", "22");
        await scene.JudgeAsync("09:06");
        await scene.MeasureAsync("pi-001/load", "09:10", "11:55", "9");
        await scene.MeasureAsync("pi-001/air", "09:10", "11:55", "9");
        await scene.MeasureAsync("pi-002/load", "09:10", "11:55", "4.375");
        await scene.MeasureAsync("pi-004/load", "09:10", "11:30", "22");
        await scene.RepeatAsync("pi-001", first: 1, last: 37, "11:55");
        await scene.ReportAsync("pi-001", "11:55", unacked: 2);
        await scene.JudgeAsync("12:00");
        return scene;
    }
}
