using ColdChain.Mqtt.Link;

namespace ColdChain.Mqtt.Tests.Link;

/// <summary>The links of the in-memory twin.</summary>
public sealed class InMemoryLinkContractTests : LinkContract
{
    private readonly EventLog events = new();
    private readonly InMemoryNetwork network;

    public InMemoryLinkContractTests() => network = new InMemoryNetwork(events.Add);

    protected override IEnumerable<string> HandlerFaults => events.Of(MqttEventKind.HandlerFault);

    public override async Task DisposeAsync() => await network.DisposeAsync();

    protected override Task<IMqttLink> OpenAsync(string name) => Task.FromResult(network.OpenLink(name));
}

/// <summary>The endpoint's links within the process.</summary>
public sealed class EndpointLinkContractTests : LinkContract
{
    private readonly TestBench bench = new();

    protected override IEnumerable<string> HandlerFaults => bench.Events.Of(MqttEventKind.HandlerFault);

    public override async Task DisposeAsync() => await bench.DisposeAsync();

    protected override Task<IMqttLink> OpenAsync(string name) => Task.FromResult(bench.Endpoint.OpenLink(name));
}

/// <summary>Reconnecting links over TCP to the endpoint.</summary>
public sealed class ReconnectingLinkContractTests : LinkContract
{
    private readonly TestBench bench = new();

    protected override IEnumerable<string> HandlerFaults => bench.Events.Of(MqttEventKind.HandlerFault);

    public override async Task DisposeAsync() => await bench.DisposeAsync();

    protected override async Task<IMqttLink> OpenAsync(string name)
    {
        var link = bench.StartLink(name);
        await link.WaitUntilConnectedAsync(Patience.Token());
        return link;
    }
}
