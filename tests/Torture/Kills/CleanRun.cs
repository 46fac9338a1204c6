using ColdChain.Tests.Shared.Recording;

namespace ColdChain.Torture.Tests.Kills;

/// <summary>The recording through the same line in one process, where nothing dies: what every other run must come to. Made once.</summary>
public sealed class CleanRun
{
    private readonly Lazy<Task<Judgement>> _judgement = new(() => RunAsync(FridgeTag.Read()));

    internal Task<Judgement> JudgementAsync() => _judgement.Value;

    internal static async Task<Judgement> RunAsync(FridgeTag log)
    {
        await using var line = new RecordingLine(log);
        await line.StartAsync();
        await line.ReplayAsync();
        return line.Server.Store.Read(Judgement.Of);
    }
}
