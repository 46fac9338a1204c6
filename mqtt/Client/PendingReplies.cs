using ColdChain.Mqtt.Link;
using ColdChain.Mqtt.Packets;

namespace ColdChain.Mqtt.Client;

/// <summary>A question whose answer is awaited. Its task gives the answer, or fails when the connection is over.</summary>
internal class PendingReply(Type replyType) : TaskCompletionSource<Packet>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    /// <summary>The kind of packet that answers it.</summary>
    public Type ReplyType => replyType;

    public void Break(MqttLinkException cause)
    {
        TrySetException(new MqttLinkException(cause.Message, cause));
        _ = Task.Exception; // Marks it as observed: who asked may have given up.
    }
}

/// <summary>
/// Questions that wait for their answer, by packet identifier. An identifier is in use until the answer has come, even when nobody waits
/// for it any more (§2.3.1).
/// </summary>
internal sealed class PendingReplies
{
    private readonly Dictionary<ushort, PendingReply> pending = [];
    private readonly Lock gate = new();
    private MqttLinkException? broken;
    private ushort lastId;

    /// <summary>Takes a free packet identifier for a question. When the connection is over, the question fails, and gets 0.</summary>
    public ushort Add(PendingReply question)
    {
        lock (gate)
        {
            if (broken is not null)
            {
                question.Break(broken);
                return 0;
            }

            do
            {
                lastId = lastId == ushort.MaxValue ? (ushort)1 : (ushort)(lastId + 1);
            }
            while (!pending.TryAdd(lastId, question));
            return lastId;
        }
    }

    /// <summary>
    /// Hands an answer over and frees its identifier; false when no question waits for one of its kind, which is to be ignored.
    /// </summary>
    public bool Complete(ushort packetId, Packet reply)
    {
        PendingReply? question;
        lock (gate)
        {
            if (!pending.TryGetValue(packetId, out question) || question.ReplyType != reply.GetType())
            {
                return false;
            }

            pending.Remove(packetId);
        }

        question.TrySetResult(reply);
        return true;
    }

    /// <summary>Fails everything that waits, and whatever comes later.</summary>
    public void Break(MqttLinkException cause)
    {
        List<PendingReply> waiting;
        lock (gate)
        {
            broken = cause;
            waiting = [.. pending.Values];
            pending.Clear();
        }

        waiting.ForEach(question => question.Break(cause));
    }
}
