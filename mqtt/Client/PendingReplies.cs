using ColdChain.Mqtt.Link;
using ColdChain.Mqtt.Packets;

namespace ColdChain.Mqtt.Client;

/// <summary>
/// Packets that wait for their answer, by packet identifier. An identifier is in use until the answer has come, even when nobody waits for it
/// any more (§2.3.1).
/// </summary>
internal sealed class PendingReplies
{
    private readonly Dictionary<ushort, Pending> pending = [];
    private readonly Lock gate = new();
    private MqttLinkException? broken;
    private ushort lastId;

    /// <summary>Takes a free packet identifier and waits for an answer of type <typeparamref name="TReply"/> to it.</summary>
    /// <exception cref="MqttLinkException">The connection is over.</exception>
    public Pending Add<TReply>()
        where TReply : Packet
    {
        lock (gate)
        {
            if (broken is not null)
            {
                throw new MqttLinkException(broken.Message, broken);
            }

            do
            {
                lastId = lastId == ushort.MaxValue ? (ushort)1 : (ushort)(lastId + 1);
            }
            while (pending.ContainsKey(lastId));
            return pending[lastId] = new Pending(lastId, typeof(TReply));
        }
    }

    /// <summary>Frees an identifier whose packet was never sent.</summary>
    public void Remove(Pending unsent)
    {
        lock (gate)
        {
            pending.Remove(unsent.PacketId);
        }
    }

    /// <summary>Hands an answer over; false when nothing waits for one of its type, which is to be ignored.</summary>
    public bool Complete(ushort packetId, Packet reply)
    {
        Pending? answered;
        lock (gate)
        {
            if (!pending.TryGetValue(packetId, out answered) || answered.ReplyType != reply.GetType())
            {
                return false;
            }

            pending.Remove(packetId);
        }

        return answered.TrySetResult(reply);
    }

    /// <summary>Fails everything that waits, and whatever comes later.</summary>
    public void Break(string reason)
    {
        List<Pending> waiting;
        lock (gate)
        {
            broken ??= new MqttLinkException(reason);
            waiting = [.. pending.Values];
            pending.Clear();
        }

        foreach (var one in waiting)
        {
            one.TrySetException(new MqttLinkException(broken.Message, broken));
            _ = one.Task.Exception; // Marks it as observed: the waiter may have given up.
        }
    }

    internal sealed class Pending(ushort packetId, Type replyType)
        : TaskCompletionSource<Packet>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public ushort PacketId => packetId;

        public Type ReplyType => replyType;
    }
}
