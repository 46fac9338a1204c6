using ColdChain.Core.Alerting;
using ColdChain.Core.Readings;

namespace ColdChain.Core.Tests.Alerting;

public sealed class StormGuardTests
{
    private static readonly Instant Start = new(1_800_000_000_000);

    [Fact]
    public void Messages_AskedForEverySecond_AreAtMostThreeInAnyTenMinutes_AndNeverStop()
    {
        var sent = new List<Instant>();
        for (var now = Start; now < Start + TimeSpan.FromHours(2); now += TimeSpan.FromSeconds(1))
        {
            if (StormGuard.NextAt(sent, now) <= now)
            {
                sent.Add(now);
            }
        }

        sent.Should().OnlyContain(at => sent.Count(other => at <= other && other < at + StormGuard.Window) <= StormGuard.MessagesMax);
        sent.Should().HaveCount(36, "three of each ten minutes are used");
        sent[..3].Should().Equal(Start, Start + TimeSpan.FromSeconds(1), Start + TimeSpan.FromSeconds(61));
    }

    [Fact]
    public void Message_ThatWaits_IsPromisedATimeAtWhichItMayGo()
    {
        Instant[] sent = [Start, Start + TimeSpan.FromMinutes(2), Start + TimeSpan.FromMinutes(4)];

        StormGuard.NextAt(sent, Start + TimeSpan.FromMinutes(5)).Should().Be(Start + StormGuard.Window);
        (StormGuard.NextAt(sent, Start + StormGuard.Window) <= Start + StormGuard.Window).Should().BeTrue();
    }
}
