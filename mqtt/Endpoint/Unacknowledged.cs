namespace ColdChain.Mqtt.Endpoint;

/// <summary>The packet identifiers of messages that a client has not acknowledged yet.</summary>
/// <param name="max">The largest number of them, 1 to 65,535.</param>
internal sealed class Unacknowledged(int max)
{
    private readonly Lock gate = new();
    private readonly HashSet<ushort> inUse = [];
    private ushort last;

    /// <summary>Takes a free identifier, never 0; null when too many are in use.</summary>
    public ushort? Take()
    {
        lock (gate)
        {
            if (inUse.Count >= max)
            {
                return null;
            }

            do
            {
                last = last == ushort.MaxValue ? (ushort)1 : (ushort)(last + 1);
            }
            while (!inUse.Add(last));
            return last;
        }
    }

    /// <summary>Frees an identifier; nothing happens when it is not in use.</summary>
    public void Free(ushort packetId)
    {
        lock (gate)
        {
            inUse.Remove(packetId);
        }
    }
}
