using System.Net;
using System.Text;
using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Edge;
using ColdChain.Edge.Outbox;
using ColdChain.Edge.Sensors.Replay;
using ColdChain.Hosting.Clocks;
using ColdChain.Mqtt.Client;
using ColdChain.Server;
using ColdChain.Server.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace ColdChain.EndToEnd.Tests.Upgrade;

/// <summary>A server and an agent of this version take over the files of earlier ones, and go on where those stopped.</summary>
public sealed class UpgradeTests : IDisposable
{
    private static readonly StorageUnitId Unit = new("fridge-1");
    private static readonly ProbeId Probe = new(new DeviceId("pi-1"), "load");
    private static readonly Instant Stopped = new(1_795_642_028_000); // The newest reading in the files.

    private readonly TempFolder _folder = new();
    private readonly ShiftedTimeProvider _clock = new((Stopped + TimeSpan.FromMinutes(10)).ToDateTimeOffset());

    public static TheoryData<int, int> Versions
    {
        get
        {
            var pairs = new TheoryData<int, int>();
            foreach (var (record, outbox) in EarlierFile.VersionsOf("record").SelectMany(record => EarlierFile.VersionsOf("outbox").Select(outbox => (record, outbox))))
            {
                pairs.Add(record, outbox);
            }

            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task EarlierFiles_TakenOver_AreDeliveredAndJudgedOn(int record, int outboxVersion)
    {
        Directory.CreateDirectory(_folder.File("data"));
        EarlierFile.Make("record", record, _folder.File("data/record.db"));
        EarlierFile.Make("outbox", outboxVersion, _folder.File("outbox.db"));
        await using var server = await StartServerAsync();
        var earlier = server.Store.Read(session => FindingStore.Current(session, Unit)).Select(finding => finding.Finding.Id).ToList();
        earlier.Should().HaveCount(3);

        var warm = Enumerable.Range(1, 3).Select(minute => new RecordedSample(Stopped + TimeSpan.FromMinutes(minute), Celsius.FromMilli(9500))).ToList();
        await RunEdgeAsync(server, warm, outbox => outbox.LastSeq == 54 && outbox.Snapshot().Unacked == 0 && IsJudged(server));

        server.Store.Read(session => StreamStore.Find(session, Probe.Device, "d0d0cd6a1e1cddedad2de1c967ae8903"))!.Held.ToString().Should().Be("1-54");
        var findings = server.Store.Read(session => FindingStore.Current(session, Unit));
        findings.Select(finding => finding.Finding.Id).Should().Contain(earlier, "what was found is not lost");
        var opened = findings.Should().ContainSingle(finding => finding.Finding.Stretch.Side == Side.High && finding.Finding.Stretch.Start > Stopped).Subject;
        server.Store.Read(session => HoldStore.OfUnit(session, Unit)).Where(hold => hold.FindingId == opened.Finding.Id).Select(hold => hold.Kind)
            .Should().BeEquivalentTo([HoldWords.StorageUnit, HoldWords.BloodUnit]);
    }

    public void Dispose() => _folder.Dispose();

    private static bool IsJudged(ServerApp server) => server.Store.Read(session => MarkStore.Pending(session).Count == 0);

    private async Task<ServerApp> StartServerAsync()
    {
        var loopback = new IPEndPoint(IPAddress.Loopback, 0);
        var options = new ServerOptions { DataFolder = _folder.File("data"), FleetFile = EarlierFile.Fleet, Http = loopback, Mqtt = loopback };
        var server = await ServerApp.StartAsync(options, _clock, _ => { }, CancellationToken.None);
        server.Devices.Set(Probe.Device, "secret");
        return server;
    }

    private async Task RunEdgeAsync(ServerApp server, IReadOnlyList<RecordedSample> samples, Func<SqliteOutbox, bool> done)
    {
        var clock = new DeviceClock(_clock, "boot-2", new AssumedClock(), new Instant(0));
        using var outbox = SqliteOutbox.Open(_folder.File("outbox.db"), Probe.Device, clock, NullLogger.Instance);
        await using var link = ReconnectingLink.Start(
            new MqttClientOptions
            {
                Host = "127.0.0.1",
                Port = server.MqttAddress.Port,
                ClientId = Probe.Device.Value,
                UserName = Probe.Device.Value,
                Password = Encoding.UTF8.GetBytes("secret"),
            },
            ReconnectOptions.Default,
            _ => { },
            TimeProvider.System,
            new Random(1));
        var agent = new EdgeAgent(
            new EdgeAgentOptions { Device = Probe.Device }, [new ReplaySource(Probe, samples, speed: 0, _clock)], outbox, link, clock, NullLogger.Instance);
        using var stop = new CancellationTokenSource();
        var running = agent.RunAsync(stop.Token);
        await await Task.WhenAny(running, Eventually.HoldsAsync(() => done(outbox), "the server holds and has judged every reading"));
        await stop.CancelAsync();
        await running;
    }
}
