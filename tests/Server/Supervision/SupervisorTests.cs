using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;
using ColdChain.Server.Supervision;
using ColdChain.Server.Tests.Store;

namespace ColdChain.Server.Tests.Supervision;

/// <summary>The judge over a real store: what it concluded is stored with what it told.</summary>
public sealed class SupervisorTests : IAsyncDisposable
{
    private static readonly Instant Start = new(1_767_600_000_000);

    private readonly OpenStore _open = new();
    private readonly FleetView _fleet = new() { Current = Fleet() };
    private readonly IReadOnlyList<RulePack> _packs = RulePackFolder.Read(RulePackFolder.Default);
    private Hearing _hearing = new(Start, Start, TimeSpan.Zero, IsDeaf: false);

    [Fact]
    public async Task Restart_InTheMiddleOfAnOutage_TellsNothingTwiceAndForgetsNothing()
    {
        await HeardAsync(0, "pi-1", "pi-2", "pi-3");
        (await LookAsync(1)).Should().Be(Start + TimeSpan.FromMinutes(3), "then the first silence is due");
        await LookAsync(5);
        await LookAsync(6);
        Kinds().Should().Equal("site-silent rabat", "device-silent pi-3");

        _hearing = _hearing with { Since = Start + TimeSpan.FromMinutes(7), Allowance = TimeSpan.FromMinutes(10) };
        await LookAsync(8);
        await LookAsync(20);
        Kinds().Should().HaveCount(2, "what was told stays told");

        await HeardAsync(21, "pi-1", "pi-2", "pi-3");
        await LookAsync(21);
        Kinds().Skip(2).Should().BeEquivalentTo("site-heard-again rabat", "device-heard-again pi-3");
        _open.Store.Read(SilenceStore.All).Should().BeEmpty();
    }

    [Fact]
    public async Task Device_HeardWhileTheLookWaitsForTheWriter_IsNotTold()
    {
        await HeardAsync(0, "pi-1", "pi-2", "pi-3");
        Task heard, looked;
        await using (await BusyWriter.StartAsync(_open.Store))
        {
            heard = HeardAsync(5, "pi-1", "pi-2");
            looked = LookAsync(5);
        }

        await Task.WhenAll(heard, looked);
        Kinds().Should().Equal("device-silent pi-3");
    }

    [Fact]
    public async Task Device_Foreign_IsSilentWhenItsRuleSaysSo()
    {
        await HeardAsync(0, "pi-1", "pi-2", "pi-3", "gateway");
        for (var minute = 1; minute <= 16; minute++)
        {
            await HeardAsync(minute, "pi-1", "pi-2", "pi-3");
            await LookAsync(minute);
            Kinds().Should().HaveCount(minute < 15 ? 0 : 1, "minute {0}: the rule allows a gap of 15 minutes", minute);
        }

        Kinds().Should().Equal("device-silent gateway");
    }

    [Fact]
    public async Task Device_InNoStorageUnit_IsNotWaitedFor()
    {
        await HeardAsync(0, "pi-1", "pi-2", "pi-3", "gateway", "spare");
        await HeardAsync(60, "pi-1", "pi-2", "pi-3", "gateway");
        await LookAsync(61);

        Kinds().Should().BeEmpty();
    }

    [Fact]
    public async Task Cause_OfADevicesSilence_IsTheOutermost()
    {
        await HeardAsync(0, "pi-1", "pi-2", "pi-3");
        await LookAsync(5);
        var silences = new Silences(_open.Store.Read(SilenceStore.All));

        silences.CauseOf(new DeviceId("pi-1")).Should().Match<SilenceRow>(cause => cause.Scope == SilenceScope.Site && cause.Subject == "rabat" && cause.Since == Start);
        silences.CauseOf(new DeviceId("pi-3")).Should().Match<SilenceRow>(cause => cause.Scope == SilenceScope.Device && cause.Subject == "pi-3");
        silences.CauseOf(new DeviceId("spare")).Should().BeNull();

        _hearing = _hearing with { Since = Start + TimeSpan.FromMinutes(6), IsDeaf = true };
        await LookAsync(10);
        new Silences(_open.Store.Read(SilenceStore.All)).CauseOf(new DeviceId("spare"))!.Scope.Should().Be(SilenceScope.Server);
    }

    public async ValueTask DisposeAsync() => await _open.DisposeAsync();

    // A supervisor of its own for each look: nothing that it knows is in memory.
    private Task<Instant?> LookAsync(double minute)
    {
        var now = _hearing with { Now = Start + TimeSpan.FromMinutes(minute) };
        return new Supervisor(_open.Store, _fleet, _packs, () => now).LookAsync(CancellationToken.None);
    }

    private Task HeardAsync(double minute, params string[] devices) => _open.Write(transaction =>
    {
        foreach (var device in devices)
        {
            var at = Start + TimeSpan.FromMinutes(minute);
            StreamStore.Save(transaction, new StreamRow { Device = new DeviceId(device), Epoch = "0123456789abcdef0123456789abcdef", FirstReceived = at, LastReceived = at });
        }
    });

    private List<string> Kinds() => _open.Store.Read(session => EventLog.Read(session, 0, 1000)).ConvertAll(row => $"{row.Kind} {row.Subject}");

    private static FleetHistory Fleet()
    {
        string[] mounted = ["pi-1", "pi-2", "pi-3", "gateway"];
        var units = mounted.Select(device => $$"""
              - id: fridge-{{device}}
                name: Fridge
                site: {{(device is "pi-3" or "gateway" ? "fes" : "rabat")}}
                kind: refrigerator
                history: [{from: {{Start}}, rules: eu-edqm, product: RBC, context: storage, probes: [{id: {{device}}/load, role: load}]}]
            """);
        var text = $$"""
            sites: [{id: rabat, name: Rabat, zone: UTC}, {id: fes, name: Fes, zone: UTC}]
            devices: [{id: pi-1, site: rabat}, {id: pi-2, site: rabat}, {id: pi-3, site: fes}, {id: gateway, site: fes, foreign: true}, {id: spare, site: fes}]
            storage-units:
            {{string.Join('\n', units)}}
            """;
        return FleetReader.TryRead(text, null, out var fleet, out var errors)
            ? fleet
            : throw new FormatException(string.Join('\n', errors));
    }
}
