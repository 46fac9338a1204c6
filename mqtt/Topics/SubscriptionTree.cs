using ColdChain.Mqtt.Link;

namespace ColdChain.Mqtt.Topics;

/// <summary>
/// Who has subscribed to what: a tree with one node per topic level, so that the cost of a match depends on the depth of the topic and not
/// on the number of subscriptions. Safe for use by several threads.
/// </summary>
internal sealed class SubscriptionTree<TSubscriber>
    where TSubscriber : class
{
    private readonly Lock gate = new();
    private readonly Node root = new();

    /// <summary>
    /// Adds a subscription to a valid filter; the same subscriber with the same filter replaces the earlier one (§3.8.4).
    /// </summary>
    public void Add(string filter, TSubscriber subscriber, QualityOfService qos)
    {
        lock (gate)
        {
            var node = root;
            foreach (var level in filter.Split('/'))
            {
                node = node.ChildOrNew(level);
            }

            node.Subscribers[subscriber] = qos;
        }
    }

    /// <summary>Takes a subscription back; nothing happens when there is none.</summary>
    public void Remove(string filter, TSubscriber subscriber)
    {
        lock (gate)
        {
            Remove(root, filter.Split('/'), subscriber);
        }
    }

    /// <summary>
    /// The subscribers whose filters match a topic, each once, with the highest quality of service among its matching filters (§3.3.5).
    /// </summary>
    public Dictionary<TSubscriber, QualityOfService> Match(string topic)
    {
        var matches = new Dictionary<TSubscriber, QualityOfService>();
        lock (gate)
        {
            // Wildcards at the first level do not match topics that begin with $ (§4.7.2).
            Match(root, topic, wildcards: topic is not ['$', ..], matches);
        }

        return matches;
    }

    // Nodes that lead to no subscription are dropped, so that devices that come and go leave nothing behind.
    private static void Remove(Node node, ReadOnlySpan<string> levels, TSubscriber subscriber)
    {
        if (levels.IsEmpty)
        {
            node.Subscribers.Remove(subscriber);
        }
        else if (node.Children.TryGetValue(levels[0], out var child))
        {
            Remove(child, levels[1..], subscriber);
            if (child.IsEmpty)
            {
                node.Children.Remove(levels[0]);
            }
        }
    }

    private static void Match(Node node, ReadOnlySpan<char> topic, bool wildcards, Dictionary<TSubscriber, QualityOfService> matches)
    {
        var slash = topic.IndexOf('/');
        var level = slash < 0 ? topic : topic[..slash];
        if (wildcards && node.Children.TryGetValue("#", out var rest))
        {
            rest.CopyTo(matches);
        }

        if (node.Child(level) is { } named)
        {
            Descend(named, topic, slash, matches);
        }

        if (wildcards && node.Children.TryGetValue("+", out var any))
        {
            Descend(any, topic, slash, matches);
        }
    }

    private static void Descend(Node node, ReadOnlySpan<char> topic, int slash, Dictionary<TSubscriber, QualityOfService> matches)
    {
        if (slash >= 0)
        {
            Match(node, topic[(slash + 1)..], wildcards: true, matches);
            return;
        }

        node.CopyTo(matches);
        if (node.Children.TryGetValue("#", out var parentMatch))
        {
            parentMatch.CopyTo(matches); // "sport/#" also matches "sport" (§4.7.1.2).
        }
    }

    private sealed class Node
    {
        public Dictionary<string, Node> Children { get; } = new(StringComparer.Ordinal);

        public Dictionary<TSubscriber, QualityOfService> Subscribers { get; } = [];

        public bool IsEmpty => Children.Count == 0 && Subscribers.Count == 0;

        public Node? Child(ReadOnlySpan<char> level) =>
            Children.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(level, out var child) ? child : null;

        public Node ChildOrNew(string level)
        {
            if (!Children.TryGetValue(level, out var child))
            {
                Children[level] = child = new Node();
            }

            return child;
        }

        public void CopyTo(Dictionary<TSubscriber, QualityOfService> matches)
        {
            foreach (var (subscriber, qos) in Subscribers)
            {
                matches[subscriber] = matches.TryGetValue(subscriber, out var other) && other > qos ? other : qos;
            }
        }
    }
}
