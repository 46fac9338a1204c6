using ColdChain.Core.Readings;
using ColdChain.Edge.Outbox;
using ColdChain.Edge.Tests.Support;

namespace ColdChain.Edge.Tests.Outbox;

public sealed class MeasurementTests
{
    private static readonly Celsius Four = Celsius.FromMilli(4000);

    [Fact]
    public void Measurement_ThatTheWireCannotCarry_IsRefusedBeforeItIsStored()
    {
        Make(Some.Noon, null, null).Should().Throw<ArgumentException>("there is neither value nor fault");
        Make(Some.Noon, Four, "no-answer").Should().Throw<ArgumentException>("there are both");
        Make(Some.Noon, null, new string('x', 65)).Should().Throw<ArgumentException>("the reason is too long");
        Make(Some.Noon, null, "no-answer", "not base64url!").Should().Throw<ArgumentException>();
        Make(new Instant(0), Four, null).Should().Throw<ArgumentException>("a time in 1970 would be read as relative to now");
        var both = () => new Measurement(Some.Load, Some.Noon, Four, null, null, null, null, state: true);
        both.Should().Throw<ArgumentException>("there are a value and a state");
        Make(Some.Noon, Four, null).Should().NotThrow();
    }

    private static Func<Measurement> Make(Instant at, Celsius? value, string? fault, string? rawFrame = null) =>
        () => new Measurement(Some.Load, at, value, fault, rawFrame, null, null);
}
