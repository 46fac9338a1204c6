namespace ColdChain.EndToEnd.Tests.BadInput;

/// <summary>
/// What sensors answer when they fail, read by an agent that runs as a process, from files such as the kernel's. Its log tells, and the
/// reading is a fault with the same name at the server: never a number.
/// </summary>
internal static class SensorRows
{
    private const string PowerOnFrame = "50 05 4b 46 7f ff 0c 10 1c : crc=1c YES\n50 05 4b 46 7f ff 0c 10 1c t=85000\n";

    public static IReadOnlyList<BadInputRow> All { get; } =
    [
        new("85.000 power-on", scene => FaultAsync(scene, "85000\n", PowerOnFrame, "power-on"), "Probe pi-3/load", "power-on, 85 °C that was not measured", "look at its supply") { Next = NextAsync },
        new("empty sysfs file", scene => FaultAsync(scene, "", null, "empty"), "Probe pi-3/load", "empty, it is there and does not answer", "look at its wire") { Next = NextAsync },
    ];

    private static async Task<string> FaultAsync(BadInputScene scene, string temperature, string? frame, string fault)
    {
        scene.Sys.AddW1(temperature, slave: frame);
        await AgentFiles.WriteAsync(scene, $"  - id: load\n    kind: w1\n    device: {SysfsTree.Serial}\n    root: {scene.Sys.Root}\n    intervalSeconds: 1\n");
        var agent = scene.Own(ProgramProcess.Start("ColdChain.Edge.dll", ["--config", scene.PathOf("edge.yaml")]));
        await Eventually.HoldsAsync(() => HasFaultAsync(scene, fault), $"the server has the fault {fault}");
        return agent.Output.Split('\n').First(line => line.Contains("gives no reading", StringComparison.Ordinal));
    }

    // Whatever is stored of this probe up to here is a fault.
    private static async Task<bool> HasFaultAsync(BadInputScene scene, string fault)
    {
        var (from, to) = (scene.Samples(_ => "")[0].At, scene.Samples(_ => "")[^1].At + TimeSpan.FromHours(1));
        var readings = (await scene.AskAsync(HttpMethod.Get, $"/api/v1/readings?unit={SceneFleet.UnitOf(SceneFleet.Agent)}&from={from}&to={to}")).Body.AsArray();
        readings.Where(reading => reading!["celsius"] is not null || (string?)reading["fault"] != fault).Should().BeEmpty();
        return readings.Count > 0;
    }

    private static Task NextAsync(BadInputScene scene)
    {
        SysfsTree.Write(Path.Combine(scene.Sys.Root, "bus/w1/devices", SysfsTree.Serial), "temperature", "4125\n");
        return scene.JudgedAsync(SceneFleet.Agent, 4.125m);
    }
}
