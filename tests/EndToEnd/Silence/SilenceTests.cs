using System.Net;
using ColdChain.Core.Readings;
using ColdChain.Server;
using ColdChain.Server.Store;

namespace ColdChain.EndToEnd.Tests.Silence;

/// <summary>Silence is noticed without any reading arriving: by the clock alone.</summary>
public sealed class SilenceTests : IAsyncLifetime
{
    private static readonly StorageUnitId Fridge = new("fridge");
    private static readonly StorageUnitId NeverHeard = new("never-heard");
    private static readonly DeviceId Device = new("pi-1");
    private static readonly DeviceId Second = new("pi-2");

    private readonly TempFolder _folder = new();
    private readonly ShiftedTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private ServerApp? _server;

    private RecordStore Store => _server!.Store; // Set before each test.

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(_folder.File("fleet.yaml"), Fleet(Instant.Now(_clock)));
        var loopback = new IPEndPoint(IPAddress.Loopback, 0);
        _server = await ServerApp.StartAsync(
            new ServerOptions { DataFolder = _folder.File("data"), FleetFile = _folder.File("fleet.yaml"), Http = loopback, Mqtt = loopback },
            _clock,
            _ => { },
            CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await _server!.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Edge_Killed_LeavesItsUnitUnverifiedThenUnknownAndHeld()
    {
        using var edge = EdgeProcess.Start(_folder, Device, _server!.MqttAddress.Port, _server.Devices.Renew(Device));
        await StateIsAsync(Fridge, "in-range", "warning");

        edge.Kill();
        Pass(TimeSpan.FromMinutes(16));
        await StateIsAsync(Fridge, "unverified");
        await EventAsync(EventKinds.ProbeSilent, Fridge);
        Holds(Fridge).Should().BeEmpty("the device may still hold the data");

        Pass(TimeSpan.FromHours(4));
        await StateIsAsync(Fridge, "unknown");
        await EventAsync(EventKinds.UnknownTimeOpened, Fridge);
        await EventAsync(EventKinds.UnitStateChanged, Fridge);
        Holds(Fridge).Select(hold => hold.Kind).Should().BeEquivalentTo([HoldWords.StorageUnit, HoldWords.BloodUnit]);
    }

    [Fact]
    public async Task Probe_ThatNeverSentAnything_IsReportedFromItsEnrolment()
    {
        await StateIsAsync(NeverHeard, "unverified");

        Pass(TimeSpan.FromMinutes(16));
        await EventAsync(EventKinds.ProbeNeverSeen, NeverHeard);

        Pass(TimeSpan.FromHours(4));
        await StateIsAsync(NeverHeard, "unknown");
    }

    [Fact]
    public async Task Site_WhoseEdgesDie_IsOneEvent_AndItsReturnAnother()
    {
        using var folder = new TempFolder();
        var secrets = new[] { Device, Second }.ToDictionary(device => device, _server!.Devices.Renew);
        using (var first = Start(_folder, Device))
        using (var second = Start(folder, Second))
        {
            await Eventually.HoldsAsync(() => Store.Read(StreamStore.LastReceived).Count == 2, "both are heard");
        }

        Pass(TimeSpan.FromMinutes(16));
        await ToldAsync("site-silent site");
        using (var client = new HttpClient { BaseAddress = _server!.Address, DefaultRequestHeaders = { Authorization = new("Bearer", _server.Token.Value) } })
        {
            (await client.GetStringAsync("/")).Should().Contain("data-silent=\"site\"").And.NotContain("data-silent=\"device\"");
        }

        using var back = Start(_folder, Device);
        await ToldAsync("site-silent site", "site-heard-again site");

        EdgeProcess Start(TempFolder place, DeviceId device) => EdgeProcess.Start(place, device, _server!.MqttAddress.Port, secrets[device]);
    }

    private Task ToldAsync(params string[] told) => Eventually.HoldsAsync(
        () => Store.Read(session => EventLog.Read(session, 0, 1000))
            .Where(row => row.Kind.EndsWith("-silent", StringComparison.Ordinal) || row.Kind.EndsWith("-again", StringComparison.Ordinal))
            .Where(row => row.Unit is null)
            .Select(row => $"{row.Kind} {row.Subject}")
            .SequenceEqual(told),
        $"it is told: {string.Join(", ", told)}");

    private void Pass(TimeSpan time) => _server!.Attendance.Pass(time, _clock.Pass); // Set before each test.

    private Task StateIsAsync(StorageUnitId unit, params string[] states) => Eventually.HoldsAsync(
        () => Store.Read(session => UnitStateStore.Find(session, unit)) is { } row && states.Contains(row.Status), $"{unit} is {string.Join(" or ", states)}");

    private Task EventAsync(string kind, StorageUnitId unit) => Eventually.HoldsAsync(
        () => Store.Read(session => EventLog.NewestOfUnit(session, unit, 100)).Exists(happened => happened.Kind == kind), $"{unit} has the event {kind}");

    private List<HoldRow> Holds(StorageUnitId unit) => Store.Read(session => HoldStore.OfUnit(session, unit));

    private static string Fleet(Instant from) => $$"""
        sites:
          - {id: site, name: Site, zone: UTC}
        devices:
          - {id: {{Device}}, site: site}
          - {id: {{Second}}, site: site}
        storage-units:
          - id: {{Fridge}}
            name: Fridge
            site: site
            kind: refrigerator
            history:
              - {from: {{from}}, rules: eu-edqm, product: RBC, context: storage, probes: [{id: {{Device}}/load, role: load}]}
          - id: {{NeverHeard}}
            name: Never heard
            site: site
            kind: refrigerator
            history:
              - {from: {{from}}, rules: eu-edqm, product: RBC, context: storage, probes: [{id: {{Second}}/load, role: load}]}
        contents:
          - {unit: {{Fridge}}, donation: "W000026000001F", product: RBC, in: {{from}}}
        """;
}
