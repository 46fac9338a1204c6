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

namespace ColdChain.Tests.Shared.Recording;

/// <summary>
/// The whole line in one process: a real edge that replays a recording, MQTT over TCP to the server's endpoint, and the server, whose clock
/// begins where supervision ends.
/// </summary>
internal sealed class RecordingLine : IAsyncDisposable
{
    private static readonly StorageUnitId Unit = RecordingFleet.Unit;
    private static readonly ProbeId Probe = RecordingFleet.Probe;

    private readonly TempFolder _folder = new();
    private readonly string _fleet;
    private readonly IReadOnlyList<RecordedSample> _recording;
    private readonly ShiftedTimeProvider _clock;
    private ServerApp? _server;

    public RecordingLine(FridgeTag log)
    {
        _recording = [.. log.Samples.Select(sample => new RecordedSample(sample.At, sample.Value))];
        _fleet = RecordingFleet.Of(log);
        _clock = new ShiftedTimeProvider((log.Samples[^1].At + RecordingFleet.Afterwards).ToDateTimeOffset());
    }

    public ServerApp Server => _server ?? throw new InvalidOperationException("Start first.");

    public async Task StartAsync()
    {
        LoggerRulePack.WriteTo(_folder.File("rules"));
        await File.WriteAllTextAsync(_folder.File("fleet.yaml"), _fleet);
        _server = await ServerApp.StartAsync(
            new ServerOptions
            {
                DataFolder = _folder.File("data"),
                FleetFile = _folder.File("fleet.yaml"),
                RulesFolder = _folder.File("rules"),
                Http = new IPEndPoint(IPAddress.Loopback, 0),
                Mqtt = new IPEndPoint(IPAddress.Loopback, 0),
            },
            _clock,
            _ => { },
            CancellationToken.None);
        _server.Devices.Set(Probe.Device, "secret");
    }

    /// <summary>Runs the edge until the server holds the whole recording, judged.</summary>
    public async Task ReplayAsync()
    {
        var clock = new DeviceClock(_clock, "boot-1", new AssumedClock(), new Instant(0));
        using var outbox = SqliteOutbox.Open(_folder.File("outbox.db"), Probe.Device, clock, NullLogger.Instance);
        await using var link = ReconnectingLink.Start(
            new MqttClientOptions
            {
                Host = "127.0.0.1",
                Port = Server.MqttAddress.Port,
                ClientId = Probe.Device.Value,
                UserName = Probe.Device.Value,
                Password = Encoding.UTF8.GetBytes("secret"),
            },
            ReconnectOptions.Default,
            _ => { },
            TimeProvider.System,
            new Random(1));
        var source = new ReplaySource(Probe, _recording, speed: 0, _clock);
        var agent = new EdgeAgent(new EdgeAgentOptions { Device = Probe.Device }, [source], outbox, link, clock, NullLogger.Instance);
        using var stop = new CancellationTokenSource();
        var running = agent.RunAsync(stop.Token);
        await Task.WhenAny(running, Eventually.HoldsAsync(() => IsAcknowledged(outbox) && IsJudged(), "the server holds and has judged every reading"));
        await stop.CancelAsync();
        await running;
    }

    public List<Reading> Stored() => Server.Store.Read(session => ReadingReader.Read(session, [Probe], new Instant(0), Instant.End));

    public List<FindingRow> Findings() => Server.Store.Read(session => FindingStore.Current(session, Unit));

    /// <summary>The readings as stored, folded again: what the server's engine makes of them beside the findings.</summary>
    public IReadOnlyList<Stretch> Refold()
    {
        var judge = new ProbeJudge([new RuleSpan(_recording[0].At, Instant.End, LoggerAgreement.Rule)]);
        var (track, stretches) = (judge.Start, new List<Stretch>());
        foreach (var (_, sample) in SampleSequence.Of(Stored()))
        {
            judge.Fold(ref track, sample, stretches);
        }

        judge.Tail(track, track.HeardAt, stretches);
        return stretches;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _folder.Dispose();
    }

    private bool IsAcknowledged(SqliteOutbox outbox) =>
        outbox.Snapshot() is { Unacked: 0 } snapshot && snapshot.LastSeq == _recording.Count;

    private bool IsJudged() => Server.Store.Read(session => MarkStore.Pending(session).Count == 0 && UnitStateStore.Find(session, Unit) is not null);
}
