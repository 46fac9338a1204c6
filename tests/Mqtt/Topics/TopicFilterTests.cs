using ColdChain.Mqtt.Link;
using ColdChain.Mqtt.Topics;

namespace ColdChain.Mqtt.Tests.Topics;

public sealed class TopicFilterTests
{
    /// <summary>The examples of §4.7 and their neighbours. Each is asked of the plain match and of the tree.</summary>
    [Theory]
    [InlineData("a", "a", true)]
    [InlineData("a", "b", false)]
    [InlineData("a", "A", false)]
    [InlineData("a/b", "a/b", true)]
    [InlineData("a/b", "a", false)]
    [InlineData("a", "a/b", false)]
    [InlineData("a", "a/", false)]
    [InlineData("a/", "a", false)]
    [InlineData("a/", "a/", true)]
    [InlineData("/a", "a", false)]
    [InlineData("/", "/", true)]
    [InlineData("//", "//", true)]
    [InlineData("//", "/", false)]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1", true)]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1/ranking", true)]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1/score/wimbledon", true)]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player12", false)]
    [InlineData("sport/#", "sport", true)]
    [InlineData("sport/#", "sport/", true)]
    [InlineData("sport/#", "sports", false)]
    [InlineData("#", "a", true)]
    [InlineData("#", "/", true)]
    [InlineData("#", "a/b/c", true)]
    [InlineData("#", "$SYS", false)]
    [InlineData("#", "$SYS/a", false)]
    [InlineData("+", "a", true)]
    [InlineData("+", "a/b", false)]
    [InlineData("+", "/a", false)]
    [InlineData("+", "$SYS", false)]
    [InlineData("+/a", "$SYS/a", false)]
    [InlineData("+/#", "$SYS/a", false)]
    [InlineData("$SYS/#", "$SYS/a/b", true)]
    [InlineData("$SYS/#", "$SYS", true)]
    [InlineData("$SYS/+", "$SYS/a", true)]
    [InlineData("a/+", "a/$b", true)]
    [InlineData("a/#", "a/$b", true)]
    [InlineData("sport/tennis/+", "sport/tennis/player1", true)]
    [InlineData("sport/tennis/+", "sport/tennis/player1/ranking", false)]
    [InlineData("sport/+", "sport", false)]
    [InlineData("sport/+", "sport/", true)]
    [InlineData("+/+", "/finance", true)]
    [InlineData("/+", "/finance", true)]
    [InlineData("+", "/finance", false)]
    [InlineData("+/tennis/#", "sport/tennis", true)]
    [InlineData("+/tennis/#", "sport/tennis/a/b", true)]
    [InlineData("+/tennis/#", "sport/golf", false)]
    [InlineData("sport/+/player1", "sport/tennis/player1", true)]
    [InlineData("sport/+/player1", "sport//player1", true)]
    [InlineData("+/+/#", "a", false)]
    [InlineData("+/+/#", "a/b", true)]
    [InlineData("a/+/#", "a", false)]
    [InlineData("a/b/#", "a", false)]
    [InlineData("coldchain/v1/+/up/live", "coldchain/v1/pi-1/up/live", true)]
    [InlineData("coldchain/v1/+/up/live", "coldchain/v1/pi-1/up/status", false)]
    public void Filter_MatchesAsTheSpecificationSays(string filter, string topic, bool expected)
    {
        TopicFilter.Fault(filter).Should().BeNull();
        TopicName.Fault(topic).Should().BeNull();
        TopicFilter.Matches(filter, topic).Should().Be(expected);

        var tree = new SubscriptionTree<string>();
        tree.Add(filter, "me", QualityOfService.AtLeastOnce);
        tree.Match(topic).ContainsKey("me").Should().Be(expected);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("a\0", "U+0000")]
    [InlineData("a/#/b", "not the last")]
    [InlineData("#/", "not the last")]
    [InlineData("a#", "alone")]
    [InlineData("a/b#", "alone")]
    [InlineData("##", "alone")]
    [InlineData("+a", "alone")]
    [InlineData("a/b+/c", "alone")]
    [InlineData("+#", "alone")]
    public void Filter_ThatIsNone_HasAReason(string filter, string reason) => TopicFilter.Fault(filter).Should().Contain(reason);

    [Fact]
    public void Text_LongerThanMqttAllows_IsNoTopic()
    {
        TopicName.Fault(new string('a', 65_535)).Should().BeNull();
        TopicName.Fault(new string('a', 65_536)).Should().Contain("65535 bytes");
        TopicName.Fault(new string('é', 32_768)).Should().Contain("65535 bytes");
        TopicName.Fault(new string('é', 32_767)).Should().BeNull();
    }

    [Fact]
    public void Filter_MayHave200Levels()
    {
        TopicFilter.Fault(string.Join('/', Enumerable.Repeat("+", 200))).Should().BeNull();
        TopicFilter.Fault(string.Join('/', Enumerable.Repeat("+", 201))).Should().Contain("200");
    }
}
