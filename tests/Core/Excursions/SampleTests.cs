using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;

namespace ColdChain.Core.Tests.Excursions;

public sealed class SampleTests
{
    private static readonly Instant At = new(1_767_600_000_000);

    [Fact]
    public void Temperature_Contested_IsAConflict() =>
        Sample.Good(At, Celsius.FromMilli(4000)).AsContested().Should().Be(Sample.Contested(At, Celsius.FromMilli(4000)));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void State_Contested_IsNotKnownAnyMore(bool isOn) =>
        Sample.OfState(At, isOn).AsContested().Should().Be(Sample.ContestedState(At));

    [Fact]
    public void Fault_Contested_StaysAFault() =>
        Sample.Fault(At).AsContested().Should().Be(Sample.Fault(At));
}
