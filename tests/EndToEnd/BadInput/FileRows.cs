using ColdChain.Core.Readings;

namespace ColdChain.EndToEnd.Tests.BadInput;

/// <summary>What people write wrongly. The program ends with an exit code, and its error output tells.</summary>
internal static class FileRows
{
    private const int Failed = 1;
    private const int WrongUse = 2;

    private static readonly DeviceId Agent = SceneFleet.Agent;

    public static IReadOnlyList<BadInputRow> All { get; } =
    [
        new("bad fleet file", scene => BadServerFileAsync(scene, "fleet-bad.yaml", File.ReadAllText(scene.FleetFile).Replace("pi-2/load", "pi-9/load", StringComparison.Ordinal), "--fleet"),
            "fleet-bad.yaml, line 13: probe 'pi-9/load'", "is of the unknown device 'pi-9'", "Add the device to devices, or mend the probe's id") { Next = scene => scene.StartServerAsync() },
        new("unknown key in server.yaml", scene => BadServerFileAsync(scene, "server.yaml", $"fleet: {scene.FleetFile}\nhttp: {{lissen: 127.0.0.1:0}}\n", "--config"),
            "server.yaml, line 2", "'lissen' is not a key that is known here", "or remove it") { Next = scene => scene.StartServerAsync() },
        new("bad CSV row", scene => EvaluateAsync(scene, "2026-03-01T12:00:00Z,fridge,load,4\n2026-03-01T12:05:00Z,fridge,load,4°\n", Failed),
            "Line 3: celsius '4°'", "is not a temperature", "Write degrees with a point") { Next = async scene => await EvaluateAsync(scene, "2026-03-01T12:00:00Z,fridge,load,4\n", expected: 0) },
        new("bad CSV row of a recording", scene => AgentAsync(scene, Replay, "time,celsius\n2026-03-01T12:00:00Z,warm\n"),
            "recording.csv, line 2: 'warm'", "is not a temperature", "write degrees Celsius with a point") { Next = scene => AgentDeliversAsync(scene, Replay, $"time,celsius\n{Instant.Now(TimeProvider.System)},4.25\n", 4.25m) },
        new("unknown key in edge.yaml", scene => AgentAsync(scene, $"{Simulated}    colour: red\n"),
            "edge.yaml, line", "'colour' is not a key that is known here", "or remove it") { Next = scene => AgentDeliversAsync(scene, Replay, $"time,celsius\n{Instant.Now(TimeProvider.System)},4.5\n", 4.5m) },
    ];

    private const string Replay = "  - id: load\n    kind: replay\n    file: recording.csv\n";
    private const string Simulated = "  - id: load\n    kind: simulated\n    model: blood-fridge\n    unit: fridge\n    role: load\n";

    // One store has one server: the running one makes room, as at a restart.
    private static async Task<string> BadServerFileAsync(BadInputScene scene, string name, string text, string option)
    {
        await File.WriteAllTextAsync(scene.PathOf(name), text);
        await scene.StopServerAsync();
        return await RunAsync("ColdChain.Server.dll", ["serve", "--data", scene.DataFolder, "--port", "0", "--mqtt-port", "0", option, scene.PathOf(name)], WrongUse);
    }

    private static async Task<string> EvaluateAsync(BadInputScene scene, string rows, int expected)
    {
        await File.WriteAllTextAsync(scene.PathOf("readings.csv"), "time,probe,role,celsius\n" + rows);
        return await RunAsync("ColdChain.Server.dll", ["evaluate", "--rules", "eu-edqm", "--product", "RBC", scene.PathOf("readings.csv")], expected);
    }

    private static async Task<string> AgentAsync(BadInputScene scene, string probe, string recording = "")
    {
        await AgentFiles.WriteAsync(scene, probe, recording);
        return await RunAsync("ColdChain.Edge.dll", ["--config", scene.PathOf("edge.yaml")], WrongUse);
    }

    private static async Task AgentDeliversAsync(BadInputScene scene, string probe, string recording, decimal celsius)
    {
        await AgentFiles.WriteAsync(scene, probe, recording);
        scene.Own(ProgramProcess.Start("ColdChain.Edge.dll", ["--config", scene.PathOf("edge.yaml")]));
        await scene.JudgedAsync(Agent, celsius);
    }

    private static async Task<string> RunAsync(string program, string[] arguments, int expected)
    {
        await using var process = ProgramProcess.Start(program, arguments);
        (await process.EndAsync()).Should().Be(expected, "{0}", process.Output);
        return process.Output.Replace('\n', ' ');
    }
}
