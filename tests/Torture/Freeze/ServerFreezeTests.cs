using ColdChain.Core.Readings;
using ColdChain.Server.Store;
using ColdChain.Torture.Tests.Sites;
using Xunit.Abstractions;

namespace ColdChain.Torture.Tests.Freeze;

/// <summary>
/// A server that stands still for a minute under load, as a frozen machine does: nothing is lost, nobody needs more memory than is given
/// to it, what fell silent meanwhile is noticed afterwards, and its own absence holds nothing.
/// </summary>
public abstract class ServerFreezeTests(bool behindBroker, ITestOutputHelper output)
{
    private static readonly TimeSpan Freeze = TimeSpan.FromSeconds(60);

    // Shorter than what counts as an absence. It fills windows and queues, and lets the server catch up as fast as it can.
    private static readonly TimeSpan ShortFreeze = TimeSpan.FromSeconds(15);

    private const int LoadParts = 6;

    [Fact]
    public async Task Server_StoppedForAMinuteUnderLoad_LosesNothing_NoticesSilence_AndHoldsNothingForItsOwn()
    {
        await using var site = await FreezeSite.StartAsync(behindBroker);
        try
        {
            await RunAsync(site);
        }
        catch
        {
            output.WriteLine(site.Output);
            throw;
        }
    }

    private async Task RunAsync(FreezeSite site)
    {
        await UnderLoadAsync(site);
        await site.Edges[FreezeSite.Dead].KillAsync();
        var (stopped, resumed) = await FreezeAsync(site, Freeze, site.CutOffAsync);

        await Eventually.HoldsAsync(() => site.Holds(FreezeSite.Dead).Count == 2, "the fridge of the dead edge and what is in it are held");
        foreach (var kind in new[] { EventKinds.ProbeSilent, EventKinds.UnknownTimeOpened }) // Others than who holds tell these, before or after it.
        {
            await Eventually.HoldsAsync(() => site.Told(kind, FreezeSite.Dead) > resumed, $"{kind} of the dead edge is told after the freeze");
        }

        site.Holds(FreezeSite.Dead).Should().OnlyContain(hold => hold.PlacedAt > resumed);

        await LoadIsStoredAsync(site);
        await Eventually.HoldsAsync(() => site.State(FreezeSite.Alive) is "in-range" or "warning", "the fridge of the living edge is judged again");
        site.Holds(FreezeSite.Alive).Should().BeEmpty("the silence was the server's own");
        MemoryIsKept(site);

        (await site.Edges[FreezeSite.Alive].StopAsync("TERM")).Should().Be(0);
        (await site.Server.StopAsync("TERM")).Should().Be(0);
        await NothingIsLostAsync(site, stopped, resumed);
    }

    /// <summary>Until the load has been caught up with once, the fridges are judged, and what the server's own start excused is over.</summary>
    private static async Task UnderLoadAsync(FreezeSite site)
    {
        await Eventually.HoldsAsync(() => FreezeSite.Loads.All(load => site.Held(load).Count > 500), "the load is on its way");
        await FreezeAsync(site, ShortFreeze, () => Task.CompletedTask);
        await Eventually.HoldsAsync(() => FreezeSite.Loads.All(load => site.Held(load).Ranges.Count == 1), "the server has caught up");
        await Eventually.HoldsAsync(() => site.Holds(FreezeSite.Never).Count == 1, "the fridge that was never heard is held");
        foreach (var fridge in new[] { FreezeSite.Alive, FreezeSite.Dead })
        {
            await Eventually.HoldsAsync(() => site.State(fridge) is "in-range" or "warning", $"{fridge} is judged, however busy the machine is");
            site.Holds(fridge).Should().BeEmpty();
        }
    }

    // Part by part: a busy machine takes long for all of it, and a server that stands still is noticed all the same.
    private static async Task LoadIsStoredAsync(FreezeSite site)
    {
        for (var part = 1; part <= LoadParts; part++)
        {
            var upTo = FreezeSite.LoadReadings / LoadParts * part;
            await Eventually.HoldsAsync(() => FreezeSite.Loads.All(load => site.Held(load).ContiguousUpTo >= upTo), $"{upTo} readings of each load are stored");
        }
    }

    private static async Task<(Instant Stopped, Instant Resumed)> FreezeAsync(FreezeSite site, TimeSpan time, Func<Task> meanwhile)
    {
        var stopped = Instant.Now(TimeProvider.System);
        await site.Server.SignalAsync("STOP");
        await meanwhile();
        await Task.Delay(time, TimeProvider.System); // The freeze is what is tried here.
        FreezeSite.Loads.Should().OnlyContain(load => !site.Edges[load].Output.Contains("has ended"), "the load goes on after the freeze");
        var resumed = Instant.Now(TimeProvider.System);
        await site.Server.SignalAsync("CONT");
        return (stopped, resumed);
    }

    private void MemoryIsKept(FreezeSite site)
    {
        var edges = site.Edges.Where(edge => !edge.Value.HasExited).Select(edge => (Name: $"edge {edge.Key}", edge.Value.Id, ProcessMemory.OfEdge.LimitMiB));
        foreach (var (name, id, limit) in edges.Append(("server", site.Server.Id, ProcessMemory.OfServer.LimitMiB)))
        {
            var peak = ProcessMemory.PeakMiB(id);
            output.WriteLine($"{name}: {peak} of {limit} MiB at its peak");
            peak.Should().BeLessThanOrEqualTo(limit, name);
        }
    }

    private static async Task NothingIsLostAsync(FreezeSite site, Instant stopped, Instant resumed)
    {
        foreach (var load in FreezeSite.Loads)
        {
            new StoredPacks(site.Record, load).MustHoldEachOnce(FreezeSite.LoadReadings);
        }

        await using var record = RecordStore.Open(site.Record, TimeProvider.System);
        var alive = record.Read(session => StreamStore.OfDevice(session, FreezeSite.Alive)).Should().ContainSingle().Subject;
        alive.Owed().IsEmpty.Should().BeTrue();
        var probe = new ProbeId(FreezeSite.Alive, "load");
        record.Read(session => ReadingReader.Read(session, [probe], stopped, resumed)).Should().HaveCountGreaterThan((int)(Freeze.TotalSeconds * 3 / 4));
    }
}

/// <inheritdoc/>
public sealed class FrozenEndpointTests(ITestOutputHelper output) : ServerFreezeTests(behindBroker: false, output);

/// <inheritdoc/>
[Trait("Needs", "mosquitto")]
public sealed class FrozenBehindBrokerTests(ITestOutputHelper output) : ServerFreezeTests(behindBroker: true, output);
