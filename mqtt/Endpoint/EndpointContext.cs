using ColdChain.Mqtt.Link;
using ColdChain.Mqtt.Routing;

namespace ColdChain.Mqtt.Endpoint;

/// <summary>What all connections of an endpoint share.</summary>
internal sealed class EndpointContext(MqttEndpointOptions options, IEndpointPolicy policy, Action<MqttEvent> observer, TimeProvider time)
{
    public MqttEndpointOptions Options => options;

    public IEndpointPolicy Policy => policy;

    public TimeProvider Time => time;

    public Router Router { get; } = new();

    public ClientRegistry Clients { get; } = new();

    public Counters Counters { get; } = new();

    public void Report(MqttEvent happened) => observer(happened);
}
