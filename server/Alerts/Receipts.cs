using ColdChain.Core.Alerting;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Alerts;

/// <summary>What gateways say of messages that they took. It is noted, and stops no ladder: only a person does.</summary>
internal static class Receipts
{
    public const string Delivered = "delivered";
    public const string Failed = "failed";

    private const int DetailLengthMax = 200;

    /// <summary>Notes a receipt, in the transaction's name. The same one twice is one.</summary>
    /// <exception cref="RefusalException">There is no such message, or it went to no telephone.</exception>
    public static void Take(StoreTransaction transaction, long message, string state, string detail, Instant now)
    {
        if (MessageStore.Find(transaction, message) is not { Channel: AlertChannel.Sms or AlertChannel.Voice } row)
        {
            throw new RefusalException(RefusalKind.Unknown, "reference", $"there is no message {message} to a telephone", "send the reference that came with the message");
        }

        var shown = ShownText.Of(detail, DetailLengthMax);
        if (state == Failed)
        {
            MessageEvents.Tell(transaction, EventKinds.AlertFailed, row, [], shown, now);
        }
        else if (!MessageStore.StatesOf(transaction, message).Exists(known => known.State == MessageStates.Delivered))
        {
            MessageStore.Add(transaction, message, new MessageState(MessageStates.Delivered, now, shown));
            MessageEvents.Tell(transaction, EventKinds.AlertDelivered, row, [], shown, now);
        }
    }
}
