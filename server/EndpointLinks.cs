using System.Net;
using ColdChain.Mqtt.Endpoint;
using ColdChain.Mqtt.Link;

namespace ColdChain.Server;

/// <summary>The server's own endpoint: devices connect to it, and no broker is needed.</summary>
internal sealed class EndpointLinks : IDeviceLinks
{
    private readonly MqttEndpoint _endpoint;

    private EndpointLinks(MqttEndpoint endpoint) =>
        (_endpoint, Live, Backfill) = (endpoint, endpoint.OpenLink("ingest, live"), endpoint.OpenLink("ingest, backfill"));

    public IMqttLink Live { get; }

    public IMqttLink Backfill { get; }

    public IReadOnlyList<BrokerLinkHealth> Health => []; // They end with the process.

    /// <summary>Where devices connect.</summary>
    public IPEndPoint Address => _endpoint.LocalEndPoint;

    /// <exception cref="IOException">The address cannot be listened on.</exception>
    public static EndpointLinks Start(MqttListener listener, IEndpointPolicy policy, Action<MqttEvent> observer, TimeProvider clock) =>
        new(MqttEndpoint.Start(new MqttEndpointOptions { Listeners = [listener] }, policy, observer, clock));

    public ValueTask DisposeAsync() => _endpoint.DisposeAsync(); // Its links close with it.
}
