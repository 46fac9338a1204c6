using ColdChain.Mqtt.Codec;
using ColdChain.Mqtt.Packets;
using ColdChain.Mqtt.Topics;

namespace ColdChain.Mqtt.Link;

/// <summary>What every link refuses at once, because no other side would take it.</summary>
internal static class MessageRules
{
    public static void Check(MqttMessage message, int packetSizeMax)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (TopicName.Fault(message.Topic) is { } fault)
        {
            throw new ArgumentException($"'{ShownName.Of(message.Topic)}' is no topic to publish on: {fault}.", nameof(message));
        }

        if (!Enum.IsDefined(message.Qos))
        {
            throw new ArgumentException($"Quality of service {(int)message.Qos} is not offered: use 0 or 1.", nameof(message));
        }

        var size = PacketEncoder.Size(new PublishPacket(message, PacketId: 1));
        if (size > packetSizeMax)
        {
            throw new ArgumentException(
                $"The message on '{ShownName.Of(message.Topic)}' makes a packet of {size} bytes, and the limit is {packetSizeMax}: send smaller messages.",
                nameof(message));
        }
    }

    public static void CheckFilter(string topicFilter)
    {
        if (TopicFilter.Fault(topicFilter) is { } fault)
        {
            throw new ArgumentException($"'{ShownName.Of(topicFilter)}' is no topic filter: {fault}.", nameof(topicFilter));
        }

        if (TopicFilter.IsShared(topicFilter))
        {
            throw new ArgumentException(
                $"'{ShownName.Of(topicFilter)}' is a shared subscription, which is not offered: subscribe without $share.", nameof(topicFilter));
        }
    }
}
