using System.Collections.Concurrent;
using System.Net;
using ColdChain.Mqtt.Link;
using ColdChain.Mqtt.Routing;

namespace ColdChain.Mqtt.Endpoint;

/// <summary>
/// A small MQTT 3.1.1 server: devices connect and publish, the process that owns it subscribes through <see cref="OpenLink"/>. A message of
/// quality of service 1 is acknowledged after every handler within the process has completed; remote subscribers get it through a bounded
/// queue. It is not a broker: no quality of service 2 (refused by closing the connection), no retained messages (the flag is ignored and
/// counted, the message delivered as an ordinary one), no sessions that outlive a connection, no bridge, no shared subscriptions (refused
/// in SUBACK), no MQTT 5.0 (refused in its own form).
/// </summary>
public sealed class MqttEndpoint : IAsyncDisposable
{
    private readonly EndpointContext context;
    private readonly List<Listener> listeners = [];
    private readonly ConcurrentBag<LocalLink> links = [];
    private readonly CancellationTokenSource stopping = new();

    private MqttEndpoint(EndpointContext context) => this.context = context;

    /// <summary>The addresses that it listens on, in the order of the listeners, with the real ports.</summary>
    public IReadOnlyList<IPEndPoint> LocalEndPoints => [.. listeners.Select(listener => listener.LocalEndPoint)];

    /// <summary>The first of <see cref="LocalEndPoints"/>.</summary>
    public IPEndPoint LocalEndPoint => listeners[0].LocalEndPoint;

    /// <summary>What it has done so far.</summary>
    public EndpointCounters Counters => context.Counters.Snapshot();

    /// <summary>Starts to listen.</summary>
    /// <param name="options">Addresses and limits.</param>
    /// <param name="policy">Who may do what.</param>
    /// <param name="observer">Called for every event; see <see cref="MqttEvent"/>.</param>
    /// <param name="time">The clock of its time limits.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no listener, or a limit makes no sense.</exception>
    /// <exception cref="IOException">An address cannot be listened on.</exception>
    public static MqttEndpoint Start(MqttEndpointOptions options, IEndpointPolicy policy, Action<MqttEvent> observer, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        var endpoint = new MqttEndpoint(new EndpointContext(options, policy, observer, time));
        try
        {
            endpoint.listeners.AddRange(options.Listeners.Select(listener => new Listener(endpoint.context, listener)));
        }
        catch
        {
            endpoint.listeners.ForEach(listener => listener.Dispose());
            throw;
        }

        endpoint.listeners.ForEach(listener => listener.Start(endpoint.stopping.Token));
        return endpoint;
    }

    /// <summary>
    /// Makes a link within the process, which is always connected and may publish and subscribe to everything. Its publishing completes
    /// when every subscriber has room for the message. It closes with the endpoint.
    /// </summary>
    /// <param name="name">How the link is called in events.</param>
    public IMqttLink OpenLink(string name)
    {
        var link = new LocalLink(name, context.Router, context.Options.PacketSizeMax, context.Options.LinkInboxMax, context.Report);
        links.Add(link);
        return link;
    }

    /// <summary>Stops listening and closes every connection and link; waits for them within the stop timeout.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listeners.ForEach(listener => listener.Dispose());
        var ends = Task.WhenAll([.. listeners.Select(listener => listener.Stopped), .. links.Select(link => link.DisposeAsync().AsTask())]);
        try
        {
            await ends.WaitAsync(context.Options.StopTimeout, context.Time);
        }
        catch (TimeoutException)
        {
            var waited = context.Options.StopTimeout.TotalSeconds;
            context.Report(new MqttEvent(MqttEventKind.Fault, $"The endpoint stopped without waiting longer than {waited} s."));
        }
    }
}
