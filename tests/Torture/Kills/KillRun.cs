using ColdChain.Core.Readings;
using ColdChain.Tests.Shared.Recording;
using ColdChain.Torture.Tests.Sites;
using Xunit.Abstractions;

namespace ColdChain.Torture.Tests.Kills;

/// <summary>Runs a plan over a site, and watches that what the edge was told is stored is stored.</summary>
internal sealed class KillRun(RecordingSite site, int readings, ITestOutputHelper output)
{
    private readonly List<(Part Part, Instant At)> _deaths = [];

    /// <summary>How many readings the edge had been told are stored, at each death of the server.</summary>
    public List<long> Acknowledged { get; } = [];

    /// <summary>Called when a part was killed, before it is started again.</summary>
    public Action<Part> Killed { get; init; } = _ => { };

    /// <summary>What must have come to an end as well, once every reading is stored and judged.</summary>
    public Func<Task> Delivered { get; init; } = () => Task.CompletedTask;

    /// <summary>Who died while readings were on their way: some were stored before, and some after. Known once the run is over.</summary>
    public IReadOnlyCollection<Part> UnderWay { get; private set; } = [];

    /// <summary>Starts the edge, lets everybody die by the plan, waits until all is stored and judged all the same, and ends all.</summary>
    public async Task RunAsync(IReadOnlyList<KillStep> plan)
    {
        try
        {
            await FollowAsync(plan);
            await site.ServesAsync();
            await Eventually.HoldsAsync(() => site.Progress() is (var held, 0) && held.ContiguousUpTo == readings, "every reading is stored and judged");
            await Delivered();
            await site.StopAsync();
        }
        catch
        {
            output.WriteLine(site.Output);
            throw;
        }
        finally
        {
            output.WriteLine(string.Join('\n', _deaths.Select(death => $"{death.At} {death.Part} killed")));
            output.WriteLine($"acknowledged at the deaths of the server: {string.Join(", ", Acknowledged)}");
        }

        var packs = new StoredPacks(site.Record, RecordingFleet.Probe.Device);
        UnderWay = [.. _deaths.Where(death => packs.WereUnderWayAt(death.At)).Select(death => death.Part).Distinct()];
    }

    private async Task FollowAsync(IReadOnlyList<KillStep> plan)
    {
        await site.StartAsync(Part.Edge);
        await Eventually.HoldsAsync(() => !site.Progress().Held.IsEmpty, "the first readings are stored");
        var begin = TimeProvider.System.GetTimestamp();
        foreach (var step in plan)
        {
            var left = step.After - TimeProvider.System.GetElapsedTime(begin);
            await Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, TimeProvider.System);
            await (step.IsDeath ? KillAsync(step.Part) : site.StartAsync(step.Part));
        }
    }

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
        await site.WhileTheEdgeStandsStillAsync(() => found = StoredFiles.TryCopy(site.Outbox, outbox));
        if (found && StoredFiles.Acknowledged(outbox) is var (epoch, acknowledged) && StoredFiles.TryCopy(site.Record, record))
        {
            var settled = await StoredFiles.SettledAsync(record, RecordingFleet.Probe.Device, epoch);
            acknowledged.Except(settled).Should().Be(SeqRanges.Empty, "what was acknowledged survives a server without warning");
            Acknowledged.Add(acknowledged.Count);
        }
    }
}
