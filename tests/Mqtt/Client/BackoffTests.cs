using ColdChain.Mqtt.Client;

namespace ColdChain.Mqtt.Tests.Client;

public sealed class BackoffTests
{
    [Fact]
    public void Pauses_Double_WithinTheUpperHalf_UpToTheMaximum()
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), new Random(7));
        foreach (var seconds in new[] { 1, 2, 4, 8, 10, 10, 10 })
        {
            backoff.Next().Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(seconds / 2.0)).And.BeLessThan(TimeSpan.FromSeconds(seconds));
        }

        backoff.Reset();
        backoff.Next().Should().BeLessThan(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Pauses_OfTwoDevices_Differ()
    {
        var one = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), new Random(1));
        var other = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), new Random(2));
        one.Next().Should().NotBe(other.Next());
    }

    [Fact]
    public void Pauses_WithTheSameSeed_AreTheSame()
    {
        var one = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), new Random(1));
        var other = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), new Random(1));
        one.Next().Should().Be(other.Next());
    }
}
