using ColdChain.Mqtt.Topics;

namespace ColdChain.Mqtt.Link;

/// <summary>
/// The handlers of a link, each with its topic filter. A message goes to every handler whose filter matches, one after the other. The table
/// never changes under a reader: adding replaces it.
/// </summary>
internal sealed class HandlerTable(string linkName, Action<MqttEvent> observer)
{
    private readonly Lock gate = new();
    private volatile Entry[] entries = [];

    /// <summary>The filters, each once.</summary>
    public IReadOnlyList<string> Filters => [.. entries.Select(entry => entry.Filter).Distinct(StringComparer.Ordinal)];

    /// <summary>Adds a handler; give the result to <see cref="Remove"/> to take it back.</summary>
    public object Add(string filter, Func<MqttMessage, CancellationToken, Task> handler)
    {
        var entry = new Entry(filter, handler);
        lock (gate)
        {
            entries = [.. entries, entry];
        }

        return entry;
    }

    /// <summary>Takes a handler back.</summary>
    public void Remove(object added)
    {
        lock (gate)
        {
            entries = [.. entries.Where(entry => !ReferenceEquals(entry, added))];
        }
    }

    /// <summary>Completes when every matching handler has. A fault of a handler is reported, and the message counts as handled.</summary>
    /// <exception cref="OperationCanceledException">The link is going away.</exception>
    public async Task HandleAsync(MqttMessage message, CancellationToken cancellation)
    {
        foreach (var (filter, handler) in entries)
        {
            if (!TopicFilter.Matches(filter, message.Topic))
            {
                continue;
            }

            try
            {
                await handler(message, cancellation);
            }
            catch (Exception fault) when (fault is not OperationCanceledException || !cancellation.IsCancellationRequested)
            {
                var text = $"{linkName}: the handler of '{filter}' failed on a message of '{ShownName.Of(message.Topic)}': {fault}";
                observer(new MqttEvent(MqttEventKind.HandlerFault, text));
            }
        }
    }

    private sealed record Entry(string Filter, Func<MqttMessage, CancellationToken, Task> Handler);
}
