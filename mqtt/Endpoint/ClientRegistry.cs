namespace ColdChain.Mqtt.Endpoint;

/// <summary>The connected clients by client identifier, which at most one connection has (§3.1.4).</summary>
internal sealed class ClientRegistry
{
    private readonly Dictionary<string, Entry> clients = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    /// <summary>
    /// Registers a connection. When the client identifier is in use by the same identity, the older connection is given out, to be closed.
    /// Another identity's is not touched: nobody can throw out somebody else's device by taking its name.
    /// </summary>
    /// <returns>False when the identifier is in use by another identity.</returns>
    public bool TryRegister(string clientId, string identity, EndpointConnection connection, out EndpointConnection? older)
    {
        lock (gate)
        {
            older = null;
            if (clients.TryGetValue(clientId, out var existing))
            {
                if (existing.Identity != identity)
                {
                    return false;
                }

                older = existing.Connection;
            }

            clients[clientId] = new Entry(identity, connection);
            return true;
        }
    }

    /// <summary>Takes a connection out, unless a newer one has replaced it.</summary>
    public void Remove(string clientId, EndpointConnection connection)
    {
        lock (gate)
        {
            if (clients.TryGetValue(clientId, out var existing) && existing.Connection == connection)
            {
                clients.Remove(clientId);
            }
        }
    }

    private sealed record Entry(string Identity, EndpointConnection Connection);
}
