using ColdChain.Core.Wire;
using ColdChain.Edge.Tests.Support;
using ColdChain.Edge.Uplink;

namespace ColdChain.Edge.Tests.Uplink;

public sealed class InFlightTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly ManualTime _time = new(Some.Noon);
    private readonly InFlight _inFlight;

    public InFlightTests() => _inFlight = new InFlight(_time, Timeout);

    [Fact]
    public void Window_ThatAServerLost_IsOneFailureHoweverItRunsOut()
    {
        for (var seq = 1; seq <= 8; seq++)
        {
            _inFlight.Add(UpKind.Live, seq, seq);
            _time.Advance(Second);
        }

        _time.Advance(Timeout - (8 * Second));
        _inFlight.Expire().Should().Be((1, true));
        for (var seq = 2; seq <= 8; seq++)
        {
            _time.Advance(Second);
            _inFlight.Expire().Should().Be((1, false));
        }

        _inFlight.Seqs.IsEmpty.Should().BeTrue();
    }

    [Fact]
    public void Pack_SentAfterAFailure_IsAnotherOneWhenItRunsOutToo()
    {
        _inFlight.Add(UpKind.Backfill, 1, 1);
        _time.Advance(Timeout);
        _inFlight.Expire().Should().Be((1, true));

        _inFlight.Add(UpKind.Backfill, 1, 1);
        _time.Advance(Timeout - Second);
        _inFlight.Expire().Should().Be((0, false));
        _time.Advance(Second);
        _inFlight.Expire().Should().Be((1, true));
    }
}
