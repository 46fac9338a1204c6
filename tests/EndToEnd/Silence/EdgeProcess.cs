using System.Diagnostics;
using ColdChain.Core.Readings;

namespace ColdChain.EndToEnd.Tests.Silence;

/// <summary>The edge agent as a process of its own, with one simulated load probe; killed without warning.</summary>
internal sealed class EdgeProcess : IDisposable
{
    private readonly Process _process;

    private EdgeProcess(Process process) => _process = process;

    public static EdgeProcess Start(TempFolder folder, DeviceId device, int brokerPort, string secret, int seed = 1, string? clockAndProbe = null)
    {
        File.WriteAllText(folder.File("secret"), secret);
        File.WriteAllText(folder.File("edge.yaml"), $"""
            device: {device}
            broker:
              host: 127.0.0.1
              port: {brokerPort}
              tls: false
              user: {device}
              passwordFile: {folder.File("secret")}
            outbox:
              path: {folder.File("outbox.db")}
            {clockAndProbe ?? Simulated(seed)}
            """);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ColdChain.Edge.dll"), "--config", folder.File("edge.yaml")]);
        return new EdgeProcess(Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start."));
    }

    private static string Simulated(int seed) => $$"""
        clock: {trust: always}
        probes: [{id: load, kind: simulated, model: blood-fridge, unit: fridge, seed: {{seed}}, role: load, intervalSeconds: 1}]
        """;

    /// <summary>SIGKILL: it has no time to say good-bye.</summary>
    public void Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }
}
