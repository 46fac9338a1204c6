using System.Collections.Concurrent;
using ColdChain.Mqtt.Routing;

namespace ColdChain.Mqtt.Link;

/// <summary>
/// A broker with its network in memory, for tests and simulations: it hands out links that behave as real ones do, and whose connection the
/// test can break. It keeps no sessions: what is sent to a link while it is cut is lost, as behind a broker that forgets.
/// </summary>
/// <param name="observer">Called for every event; null when nobody cares.</param>
/// <param name="inboxMax">How many messages wait for a link's handlers before publishers have to wait.</param>
/// <param name="packetSizeMax">The largest packet, in bytes.</param>
public sealed class InMemoryNetwork(Action<MqttEvent>? observer = null, int inboxMax = 1000, int packetSizeMax = 64 * 1024)
    : IAsyncDisposable
{
    private readonly Router router = new();
    private readonly ConcurrentDictionary<string, InMemoryLink> links = new(StringComparer.Ordinal);

    /// <summary>Makes a connected link.</summary>
    /// <param name="name">A name that no open link of this network has.</param>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public IMqttLink OpenLink(string name)
    {
        var inner = new LocalLink(name, router, packetSizeMax, inboxMax, observer ?? (_ => { }));
        var link = new InMemoryLink(inner, closed => links.TryRemove(KeyValuePair.Create(name, closed)));
        return links.TryAdd(name, link)
            ? link
            : throw new ArgumentException($"The network has a link '{name}' already: dispose it, or take another name.", nameof(name));
    }

    /// <summary>Cuts a link's connection. Its publishes fail, waiting ones included, until <see cref="Restore"/>.</summary>
    public void Cut(string name) => Link(name).Cut();

    /// <summary>Connects a cut link again, with its subscriptions.</summary>
    public void Restore(string name) => Link(name).Restore();

    /// <summary>
    /// Cuts the connection at the worst moment: the next message that this link publishes is delivered, but the link breaks before the
    /// acknowledgement, so that the publisher has to send it again.
    /// </summary>
    public void CutBeforeNextAcknowledgement(string name) => Link(name).CutBeforeNextAcknowledgement();

    /// <summary>Closes every link.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var link in links.Values)
        {
            await link.DisposeAsync();
        }
    }

    private InMemoryLink Link(string name) =>
        links.TryGetValue(name, out var link) ? link : throw new ArgumentException($"The network has no open link '{name}'.", nameof(name));
}
