using System.Net;
using ColdChain.Server.People;
using ColdChain.Server.Tests.Api;

namespace ColdChain.Server.Tests.People;

public sealed class SignInThrottleTests
{
    private static readonly IPAddress Here = IPAddress.Parse("192.0.2.1");

    private readonly FixedClock _clock = new(Scene.At("08:00"));

    [Fact]
    public void Account_WaitsTwiceAsLongEachTime_AndNeverLongerThanAMinute()
    {
        var throttle = new SignInThrottle(_clock);
        Fail(throttle, SignInThrottle.FreeOfAccount - 1);
        throttle.Wait("amina", Other(0)).Should().Be(TimeSpan.Zero);

        var waits = new List<double>();
        for (var i = 0; i < 9; i++)
        {
            throttle.Fail("amina", Other(i));
            waits.Add(throttle.Wait("amina", Other(200)).TotalSeconds);
        }

        waits.Should().Equal(1, 2, 4, 8, 16, 32, 60, 60, 60);
        throttle.Wait("youssef", Other(200)).Should().Be(TimeSpan.Zero, "another account is not concerned");
        _clock.Now += TimeSpan.FromSeconds(59);
        throttle.Wait("amina", Other(200)).Should().Be(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Address_ThatTriesManyAccounts_Waits()
    {
        var throttle = new SignInThrottle(_clock);
        for (var i = 0; i < SignInThrottle.FreeOfAddress; i++)
        {
            throttle.Wait($"account{i}", Here).Should().Be(TimeSpan.Zero);
            throttle.Fail($"account{i}", Here);
        }

        throttle.Wait("another", Here).Should().Be(SignInThrottle.First);
        throttle.Wait("another", Other(1)).Should().Be(TimeSpan.Zero);
        throttle.Succeed("another");
        throttle.Wait("another", Here).Should().Be(SignInThrottle.First, "one known password must not allow to guess on");
    }

    [Fact]
    public void Failure_LongAgo_IsForgotten()
    {
        var throttle = new SignInThrottle(_clock);
        Fail(throttle, 50);

        _clock.Now += TimeSpan.FromMinutes(15);
        throttle.Wait("amina", Here).Should().Be(TimeSpan.Zero);
        throttle.Fail("amina", Other(1));
        throttle.Wait("amina", Other(2)).Should().Be(TimeSpan.Zero, "it is the first one again");
    }

    [Fact]
    public void Memory_IsBounded_AndForgetsTheOldest()
    {
        var throttle = new SignInThrottle(_clock);
        Fail(throttle, SignInThrottle.FreeOfAccount);
        _clock.Now += TimeSpan.FromMilliseconds(1);
        for (var i = 0; i < SignInThrottle.RememberedMax; i++)
        {
            throttle.Fail($"account{i}", address: null);
        }

        throttle.Wait("amina", Here).Should().Be(TimeSpan.Zero, "it was forgotten to make room");
        throttle.Wait("account9999", address: null).Should().Be(SignInThrottle.Longest, "the address without a name is remembered");
    }

    private static void Fail(SignInThrottle throttle, int times)
    {
        for (var i = 0; i < times; i++)
        {
            throttle.Fail("amina", Other(i));
        }
    }

    private static IPAddress Other(int number) => IPAddress.Parse($"198.51.100.{number}");
}
