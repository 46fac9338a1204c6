using System.Runtime.Versioning;
using ColdChain.Core.Readings;
using ColdChain.Tests.Shared.Recording;

namespace ColdChain.Torture.Tests.Kills;

/// <summary>Runs a plan over a site, and watches that what the edge was told is stored is stored.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class KillRun(RecordingSite site, int readings)
{
    private readonly List<(Part Part, Instant At)> _deaths = [];

    /// <summary>Who died when.</summary>
    public IReadOnlyList<(Part Part, Instant At)> Deaths => _deaths;

    /// <summary>How many readings the edge had been told are stored, at each death of the server.</summary>
    public List<long> Acknowledged { get; } = [];

    /// <summary>Called when a part was killed, before it is started again.</summary>
    public Action<Part> Killed { get; init; } = _ => { };

    /// <summary>Starts the edge, lets everybody die by the plan, and waits until all is stored and judged all the same.</summary>
    public async Task RunAsync(IReadOnlyList<KillStep> plan)
    {
        await site.StartAsync(Part.Edge);
        await Eventually.HoldsAsync(() => !site.Progress().Held.IsEmpty, "the first readings are stored");
        var begin = TimeProvider.System.GetTimestamp();
        foreach (var step in plan)
        {
            await PassAsync(step.After - TimeProvider.System.GetElapsedTime(begin));
            await (step.IsDeath ? KillAsync(step.Part) : site.StartAsync(step.Part));
        }

        await site.ServesAsync();
        await Eventually.HoldsAsync(() => site.Progress() is (var held, 0) && held.ContiguousUpTo == readings, "every reading is stored and judged");
    }

    private static Task PassAsync(TimeSpan time) => time > TimeSpan.Zero ? Task.Delay(time, TimeProvider.System) : Task.CompletedTask;

    private async Task KillAsync(Part part)
    {
        _deaths.Add((part, Instant.Now(TimeProvider.System)));
        await site.KillAsync(part);
        if (part == Part.Server)
        {
            await WhatIsAcknowledgedIsStoredAsync();
        }

        Killed(part);
    }

    private async Task WhatIsAcknowledgedIsStoredAsync()
    {
        var (outbox, record) = (site.Outbox + "-copy", site.Record + "-copy");
        var found = false;
        await site.WhileTheEdgeStandsStillAsync(() => Task.FromResult(found = StoredFiles.TryCopy(site.Outbox, outbox)));
        if (found && StoredFiles.Acknowledged(outbox) is var (epoch, acknowledged) && StoredFiles.TryCopy(site.Record, record))
        {
            var settled = await StoredFiles.SettledAsync(record, RecordingFleet.Probe.Device, epoch);
            acknowledged.Except(settled).Should().Be(SeqRanges.Empty, "what was acknowledged survives a server without warning");
            Acknowledged.Add(acknowledged.Count);
        }
    }
}
