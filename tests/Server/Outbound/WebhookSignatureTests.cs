using System.Text;
using ColdChain.Core.Readings;
using ColdChain.Server.Outbound;

namespace ColdChain.Server.Tests.Outbound;

public sealed class WebhookSignatureTests
{
    [Fact]
    public void Headers_AreThoseOfTheSpecificationsExample() =>
        WebhookSignature.Headers(
            WebhookSignature.ParseKey("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n"),
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            new Instant(1614265330_999),
            Encoding.UTF8.GetBytes("""{"test": 2432232314}"""))
        .Should().BeEquivalentTo(new Dictionary<string, string>
        {
            ["webhook-id"] = "msg_p5jXN8AQM9LWM0D4loKWxJek",
            ["webhook-timestamp"] = "1614265330",
            ["webhook-signature"] = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        });

    [Theory]
    [InlineData("")]
    [InlineData("whsec_")]
    [InlineData("whsec_not base 64")]
    [InlineData("whsec_c2hvcnQ=")]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    public void TextThatIsNoKey_IsNone(string text) => WebhookSignature.ParseKey(text).Should().BeNull();
}
