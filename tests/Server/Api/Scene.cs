using System.Net;
using System.Security.Cryptography;
using System.Text;
using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Core.Wire;
using ColdChain.Hosting.Connections;
using ColdChain.Server.Excursions;
using ColdChain.Server.Exposure;
using ColdChain.Server.Fleet;
using ColdChain.Server.Ingest;
using ColdChain.Server.Projections;
using ColdChain.Server.Store;
using ColdChain.Server.Supervision;
using ColdChain.Server.Tests.Store;
using ColdChain.Tests.Shared;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ColdChain.Server.Tests.Api;

/// <summary>
/// A record store with a fleet, filled by the real intake and judged by the real evaluator at instants that the test chooses; then served
/// by the real server. The evaluator runs when asked to only, so that a test can look at what is not judged yet.
/// </summary>
internal sealed class Scene : IAsyncDisposable
{
    public const string Day = "2026-11-22";
    private const string Epoch = "0123456789abcdef0123456789abcdef";
    private const int PackMax = 500;

    private readonly TempFolder _folder = new();
    private readonly Dictionary<DeviceId, long> _lastSeq = [];
    private readonly FleetView _view = new();
    private readonly RecordStore _store;
    private readonly Attendance _attendance; // There since the scene began.
    private readonly EvaluatorService _evaluator; // Never started: it judges when asked to.
    private readonly ExposureService _exposures; // Likewise.
    private bool _closed;

    private Scene(Func<StorageRule, StorageRule> rule, Instant start)
    {
        Packs = [.. RulePackFolder.Read(RulePackFolder.Default).Select(pack => pack with { Rules = [.. pack.Rules.Select(rule)] })];
        Clock = new FixedClock(start);
        Directory.CreateDirectory(DataFolder);
        _store = RecordStore.Open(Path.Combine(DataFolder, "record.db"), Clock);
        _attendance = new Attendance(Clock, NullLogger<Attendance>.Instance);
        _evaluator = new EvaluatorService(_store, () => PlanBuilder.Build(Fleet, Packs), _attendance, Clock, NullLogger<EvaluatorService>.Instance);
        _exposures = new ExposureService(_store, () => Placements, Clock, NullLogger<ExposureService>.Instance);
    }

    public FixedClock Clock { get; }

    public RecordStore Store => _store;

    public IReadOnlyList<RulePack> Packs { get; }

    public FleetHistory Fleet => _view.Current;

    public Placements Placements => new(Fleet, PackSpans.Always(Packs));

    public string DataFolder => _folder.File("data");

    public string FleetFile => _folder.File("fleet.yaml");

    /// <summary>A scene at six in the morning, or at another start, with nothing measured; by the packs of the product, or by other figures.</summary>
    public static async Task<Scene> OpenAsync(string fleet = SceneFleet.Text, Func<StorageRule, StorageRule>? rule = null, Instant? start = null)
    {
        var scene = new Scene(rule ?? (own => own), start ?? At("06:00"));
        await scene.LoadFleetAsync(fleet);
        return scene;
    }

    /// <summary>Brings a fleet file into force.</summary>
    public async Task LoadFleetAsync(string text)
    {
        await File.WriteAllTextAsync(FleetFile, text);
        await new FleetLoader(Store, _view, Packs, Clock).LoadAsync(FleetFile, CancellationToken.None);
    }

    /// <summary>An instant of the day, such as <c>08:30</c>.</summary>
    public static Instant At(string time) => Instant.TryParse($"{Day}T{time}Z", out var instant) ? instant : throw new FormatException(time);

    /// <summary>Delivers one temperature every five minutes, from an instant up to another, both included.</summary>
    public Task MeasureAsync(string probe, string from, string to, string celsius)
    {
        var value = Celsius.TryParse(celsius, out var degrees) ? degrees : throw new FormatException(celsius);
        return ReadAsync(probe, from, to, reading => reading with { Value = value });
    }

    /// <summary>Delivers one state of a signal every five minutes, from an instant up to another, both included.</summary>
    public Task SignalAsync(string signal, string from, string to, bool isOn) => ReadAsync(signal, from, to, reading => reading with { State = isOn });

    /// <summary>Delivers readings again that were delivered before, at an instant of the day.</summary>
    public async Task RepeatAsync(string device, long first, long last, string at)
    {
        var packs = Read(session => PackStore.Numbered(session, new DeviceId(device), Epoch, first, last, PackMax));
        foreach (var held in packs)
        {
            PackCodec.TryDecode(held.Device, held.Bytes.Span, out var pack, out var error).Should().BeTrue(error);
            await TakeInAsync(pack, held.Bytes, At(at));
        }
    }

    /// <summary>The device numbers readings that it does not deliver.</summary>
    public void Withhold(string device, int count) =>
        _lastSeq[new DeviceId(device)] = _lastSeq.GetValueOrDefault(new DeviceId(device)) + count;

    /// <summary>The device declares lost what it did not deliver.</summary>
    public Task DeclareGoneAsync(string device, long first, long last) => Write(transaction =>
    {
        var stream = StreamStore.Find(transaction, new DeviceId(device), Epoch)!; // It delivered before.
        StreamStore.Save(transaction, stream with { Gone = stream.Gone.Add(first, last) });
    });

    /// <summary>The device's heartbeat says how many rows it keeps for the server.</summary>
    public Task ReportAsync(string device, string time, long unacked) => Write(transaction =>
    {
        var stream = StreamStore.Find(transaction, new DeviceId(device), Epoch)!; // It delivered before.
        var last = _lastSeq[stream.Device];
        var status = new Status(Epoch, At(time).ToString(), "boot-1", 1000, last, unacked == 0 ? 0 : last - unacked + 1, unacked, 5_000_000_000, "edge 0.1.0", [], null);
        StreamStore.Save(transaction, stream with { Status = Encoding.UTF8.GetString(ControlCodec.EncodeStatus(status)), StatusAt = At(time) });
    });

    /// <summary>Judges all that there is to judge at an instant of the day, which is now from here on.</summary>
    public Task JudgeAsync(string time) => JudgeAsync(At(time));

    /// <summary>Judges all that there is to judge at an instant, which is now from here on.</summary>
    public async Task JudgeAsync(Instant at)
    {
        _attendance.Pass(at - Clock.Now, step => Clock.Now += step);
        await _evaluator.EvaluateDueAsync(CancellationToken.None);
        await AddUpAsync();
    }

    /// <summary>Delivers a heartbeat at an instant.</summary>
    public Task HearAsync(DeviceId device, Status status, Instant received) => Write(transaction => new StatusIntake(_view).Store(
        transaction, new Inbound(device, UpKind.Status, ControlCodec.EncodeStatus(status), received), status));

    /// <summary>Looks who is silent now, of those whom the server has been able to hear since an instant.</summary>
    public Task SuperviseAsync(Instant since) =>
        new Supervisor(Store, _view, Packs, () => new Hearing(Clock.Now, since, TimeSpan.Zero, IsDeaf: false)).LookAsync(CancellationToken.None);

    /// <summary>Adds up what blood units went through, as after each judgement; for what was entered since.</summary>
    public Task AddUpAsync() => _exposures.JudgeDueAsync(CancellationToken.None);

    public T Read<T>(Func<StoreSession, T> work) => Store.Read(work);

    public Task Write(Action<StoreTransaction> work) => Store.WriteAsync(WritePriority.Decision, work, CancellationToken.None);

    /// <summary>Starts the server over the store as it is now. The scene's own store is closed from here on.</summary>
    public async Task<ServedScene> ServeAsync(InfluxOptions? influx = null, Connection? broker = null, Func<ServerOptions, ServerOptions>? change = null, Action<ILoggingBuilder>? logging = null)
    {
        await CloseAsync();
        var free = new IPEndPoint(IPAddress.Loopback, 0);
        var options = new ServerOptions
        {
            DataFolder = DataFolder, FleetFile = FleetFile, Http = free, Mqtt = broker is null ? free : null, Broker = broker, Influx = influx,
        };
        return new ServedScene(await ServerApp.StartAsync(change?.Invoke(options) ?? options, Clock, logging ?? (_ => { }), CancellationToken.None));
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _folder.Dispose();
    }

    private async Task CloseAsync()
    {
        if (!_closed)
        {
            _closed = true;
            _evaluator.Dispose();
            _exposures.Dispose();
            _attendance.Dispose();
            await _store.DisposeAsync();
        }
    }

    private Task ReadAsync(string channel, string from, string to, Func<Reading, Reading> content)
    {
        var id = ProbeId.TryParse(channel, out var parsed) ? parsed : throw new FormatException(channel);
        var readings = new List<Reading>();
        for (var at = At(from); at <= At(to); at += TimeSpan.FromMinutes(5))
        {
            readings.Add(content(new Reading { Key = new ReadingKey(id.Device, Epoch, NextSeq(id.Device)), Probe = id, MeasuredAt = at }));
        }

        return TakeInAsync(new Pack(id.Device, Epoch, readings));
    }

    private long NextSeq(DeviceId device) => _lastSeq[device] = _lastSeq.GetValueOrDefault(device) + 1;

    private async Task TakeInAsync(Pack whole)
    {
        foreach (var readings in whole.Readings.Chunk(PackMax))
        {
            var pack = whole with { Readings = readings };
            await TakeInAsync(pack, PackCodec.Encode(pack), readings[^1].MeasuredAt!.Value); // It comes as soon as it is measured.
        }
    }

    /// <summary>Delivers a pack at an instant.</summary>
    public Task DeliverAsync(Pack pack, Instant received) => TakeInAsync(pack, PackCodec.Encode(pack), received);

    private Task TakeInAsync(Pack pack, ReadOnlyMemory<byte> bytes, Instant received) => Write(transaction => new PackIntake(_view).Store(
        transaction, new Arrival(new Inbound(pack.Device, UpKind.Live, bytes, received), pack, [], SHA256.HashData(bytes.Span))));
}
