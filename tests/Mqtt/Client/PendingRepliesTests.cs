using ColdChain.Mqtt.Client;
using ColdChain.Mqtt.Link;
using ColdChain.Mqtt.Packets;

namespace ColdChain.Mqtt.Tests.Client;

public sealed class PendingRepliesTests
{
    private readonly PendingReplies replies = new();

    [Fact]
    public void Identifiers_AreUsedAgainOnceAnswered_SkipThoseInUse_AndNeverAreZero()
    {
        var stuck = replies.Add(ForPubAck());
        var seen = new HashSet<ushort>();
        for (var n = 0; n < 70_000; n++)
        {
            var id = replies.Add(ForPubAck());
            seen.Add(id);
            replies.Complete(id, new PubAckPacket(id)).Should().BeTrue();
        }

        seen.Should().HaveCount(65_534).And.NotContain(stuck).And.NotContain((ushort)0);
    }

    [Fact]
    public async Task Answer_OfAnotherKind_OrTwice_IsIgnored()
    {
        var question = ForPubAck();
        var id = replies.Add(question);
        replies.Complete(id, new UnsubAckPacket(id)).Should().BeFalse();
        question.Task.IsCompleted.Should().BeFalse();
        replies.Complete(id, new PubAckPacket(id)).Should().BeTrue();
        (await question.Task).Should().Be(new PubAckPacket(id));
        replies.Complete(id, new PubAckPacket(id)).Should().BeFalse();
    }

    [Fact]
    public async Task Break_FailsWhatWaits_AndWhatComesLater()
    {
        var (before, after) = (ForPubAck(), ForPubAck());
        replies.Add(before);
        replies.Break(new MqttLinkException("gone"));
        replies.Add(after).Should().Be(0);
        await before.Task.Invoking(t => t).Should().ThrowAsync<MqttLinkException>().WithMessage("gone");
        await after.Task.Invoking(t => t).Should().ThrowAsync<MqttLinkException>().WithMessage("gone");
    }

    private static PendingReply ForPubAck() => new(typeof(PubAckPacket));
}
