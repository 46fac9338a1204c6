using System.Collections.Concurrent;
using System.Text;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Hosting.Clocks;
using ColdChain.Mqtt.Link;
using ColdChain.Server.Fleet;
using ColdChain.Server.Ingest;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace ColdChain.Server.Tests.Ingest;

/// <summary>The real ingest and store on a network in memory, with one link that plays all devices.</summary>
internal sealed class IngestBench : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private const string Fleet = """
        sites: [{ id: rabat, name: Rabat, zone: Africa/Casablanca }]
        devices:
          - { id: pi-001, site: rabat }
          - { id: pi-002, site: rabat }
          - { id: gateway, site: rabat, foreign: true }
        storage-units:
          - id: fridge-1
            name: Fridge 1
            site: rabat
            kind: refrigerator
            history:
              - from: 2026-01-01T00:00:00Z
                rules: eu-edqm
                product: RBC
                context: storage
                probes: [{ id: pi-001/load, role: load }, { id: pi-001/air, role: air }, { id: gateway/load, role: load }]
        """;

    private readonly InMemoryNetwork _network = new();
    private readonly OpenStore _open = new();
    private readonly IMqttLink _devices;
    private readonly IMqttLink _live;
    private readonly IngestService _service;
    private readonly ConcurrentQueue<(string Topic, Ack Ack)> _acks = new();

    private IngestBench(TimeProvider clock, FleetHistory fleet, IClockAuthority? authority)
    {
        var view = new FleetView { Current = fleet };
        (_devices, _live) = (_network.OpenLink("devices"), _network.OpenLink("live"));
        _service = new IngestService(
            _live, _network.OpenLink("backfill"), _open.Store, view, clock, NullLogger<IngestService>.Instance, authority: authority);
    }

    public RecordStore Store => _open.Store;

    public InMemoryNetwork Network => _network;

    public IngestCounts Counts => _service.Counts;

    /// <summary>Ends when the service does; the host ends with it when it failed.</summary>
    public Task Running => _service.ExecuteTask ?? throw new InvalidOperationException("Start first.");

    public IReadOnlyList<(string Topic, Ack Ack)> Acks => [.. _acks];

    /// <param name="clock">Dates what comes; the present unless given.</param>
    /// <param name="fleet">Who stands where; one fridge with everything unless given.</param>
    /// <param name="authority">Who vouches for that clock; it is believed unless given.</param>
    public static async Task<IngestBench> StartAsync(TimeProvider? clock = null, FleetHistory? fleet = null, IClockAuthority? authority = null)
    {
        var bench = new IngestBench(clock ?? TimeProvider.System, fleet ?? FleetOf(Fleet), authority);
        await bench._devices.SubscribeAsync("coldchain/v1/+/down/ack", bench.KeepAck, CancellationToken.None);
        await bench._service.StartAsync(CancellationToken.None);
        return bench;
    }

    /// <summary>Publishes a pack and waits until ingest has dealt with it.</summary>
    public Task SendAsync(Pack pack, UpKind kind = UpKind.Live) => SendAsync(pack.Device, kind, PackCodec.Encode(pack));

    public Task SendAsync(Status status) => SendAsync(Some.Device, UpKind.Status, ControlCodec.EncodeStatus(status));

    public Task SendAsync(DeviceId device, UpKind kind, string payload) => SendAsync(device, kind, Encoding.UTF8.GetBytes(payload));

    public async Task SendAsync(DeviceId device, UpKind kind, byte[] payload, bool isRetained = false)
    {
        var before = Dealt();
        await _devices.PublishAsync(new MqttMessage(Topics.Up(device, kind), payload) { IsRetained = isRetained }, CancellationToken.None);
        await Until(() => Dealt() > before);
    }

    /// <summary>Waits for a statement about a stream that says what is expected.</summary>
    public async Task<Ack> AckWhere(Func<Ack, bool> expected)
    {
        await Until(() => _acks.Any(item => expected(item.Ack)));
        return _acks.First(item => expected(item.Ack)).Ack;
    }

    /// <summary>Takes the link away on which acknowledgements leave, for good.</summary>
    public ValueTask CloseLiveLinkAsync() => _live.DisposeAsync();

    public List<EventRow> Events(string kind) => Store.Read(session => EventLog.Read(session, 0, 10_000)).FindAll(row => row.Kind == kind);

    /// <summary>How often something was counted of a device.</summary>
    public long Count(string what, DeviceId? device = null) =>
        Store.Read(DeviceCounts.All).Where(count => count.Device == (device ?? Some.Device) && count.What == what).Sum(count => count.Count);

    public StreamRow Stream(string epoch = Some.Epoch, DeviceId? device = null) =>
        Store.Read(session => StreamStore.Find(session, device ?? Some.Device, epoch)) ?? throw new InvalidOperationException($"There is no stream {epoch}.");

    public List<Reading> Readings(params ProbeId[] probes) => ReadingsIn(Store, probes.Length == 0 ? [Some.Probe] : probes);

    public static List<Reading> ReadingsIn(RecordStore store, params ProbeId[] probes) =>
        store.Read(session => ReadingReader.Read(session, probes, Instant.Beginning, Instant.End));

    public RecordStore OpenAfterPowerCut() => _open.OpenAfterPowerCut();

    public static async Task Until(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, patience.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _service.StopAsync(CancellationToken.None);
        _service.Dispose();
        await _network.DisposeAsync();
        await _open.DisposeAsync();
    }

    /// <summary>A fleet of red cells under the pack of the product.</summary>
    public static FleetHistory FleetOf(string text) =>
        FleetReader.TryRead(text, null, out var fleet, out var errors)
            ? fleet
            : throw new FormatException(string.Join('\n', errors));

    private long Dealt() => Counts.Packs + Counts.Heartbeats + Counts.MessagesRefused;

    private Task KeepAck(MqttMessage message, CancellationToken cancellation)
    {
        _acks.Enqueue((message.Topic, ControlCodec.TryDecodeAck(message.Payload.Span, out var ack, out var error) ? ack : throw new FormatException(error)));
        return Task.CompletedTask;
    }
}
