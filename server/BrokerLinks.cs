using System.Text;
using ColdChain.Hosting.Connections;
using ColdChain.Mqtt.Client;
using ColdChain.Mqtt.Link;

namespace ColdChain.Server;

/// <summary>
/// Two connections to a broker, that devices connect to as well. The broker may forget anything: what it lost, devices send again, because
/// only the record store's acknowledgement counts.
/// </summary>
internal sealed class BrokerLinks : IDeviceLinks
{
    // A link that is away longer than needed is live readings that nobody judges.
    private static readonly ReconnectOptions Reconnect = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));

    /// <summary>The lane of heartbeats and of what is newest.</summary>
    public const string LiveLane = "live";

    private const int IdLength = 8;

    private readonly BrokerLinkState _liveState;
    private readonly BrokerLinkState _backfillState;
    private readonly ReconnectingLink _live;
    private readonly ReconnectingLink _backfill;

    private BrokerLinks(Connection broker, string storeId, Action<MqttEvent> log, TimeProvider clock)
    {
        Address = $"{broker.Host}:{broker.Port}";
        (_liveState, _backfillState) = (new BrokerLinkState(LiveLane, log, clock), new BrokerLinkState("backfill", log, clock));
        _live = Open(_liveState, 1);
        _backfill = Open(_backfillState, 2);

        ReconnectingLink Open(BrokerLinkState state, int seed) =>
            ReconnectingLink.Start(Options(broker, storeId, state.Lane), Reconnect, state.Take, clock, new Random(seed));
    }

    /// <summary>The broker, as a person would write it.</summary>
    public string Address { get; }

    public IMqttLink Live => _live;

    public IMqttLink Backfill => _backfill;

    public IReadOnlyList<BrokerLinkHealth> Health => [_liveState.Now, _backfillState.Now];

    /// <summary>Begins to connect, and goes on until it is disposed.</summary>
    public static BrokerLinks Start(Connection broker, string storeId, Action<MqttEvent> log, TimeProvider clock) => new(broker, storeId, log, clock);

    public async ValueTask DisposeAsync() => await Task.WhenAll(_live.DisposeAsync().AsTask(), _backfill.DisposeAsync().AsTask());

    // A broker closes a connection when another comes with its identifier: so each names the lane, and the store, of which there is one server.
    private static MqttClientOptions Options(Connection broker, string storeId, string lane) => new()
    {
        Host = broker.Host,
        Port = broker.Port,
        ClientId = $"coldchain-server-{storeId[..IdLength]}-{lane}",
        UserName = broker.User,
        Password = broker.Password is { } password ? (ReadOnlyMemory<byte>?)Encoding.UTF8.GetBytes(password) : null,
        Tls = broker.Tls is { } tls ? new MqttClientTls { Roots = tls.Roots, ClientCertificate = tls.Certificate } : null,
    };
}
