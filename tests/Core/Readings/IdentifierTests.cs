using ColdChain.Core.Readings;

namespace ColdChain.Core.Tests.Readings;

public class IdentifierTests
{
    [Theory]
    [InlineData("pi-casa-01", true)]
    [InlineData("9", true)]
    [InlineData("A.b_c-D", true)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("-a", false)]
    [InlineData(".a", false)]
    [InlineData("a b", false)]
    [InlineData("a/b", false)]
    [InlineData("a+", false)]
    [InlineData("a#", false)]
    [InlineData("a\n", false)]
    [InlineData("é", false)]
    [InlineData("a\0", false)]
    public void TryParse_DeviceAndStorageUnit_FollowOneRule(string? text, bool expected)
    {
        DeviceId.TryParse(text, out var device).Should().Be(expected);
        StorageUnitId.TryParse(text, out var unit).Should().Be(expected);
        (device.ToString(), unit.ToString()).Should().Be((text ?? "", text ?? ""));
    }

    [Fact]
    public void TryParse_Length_AtMost64()
    {
        DeviceId.TryParse(new string('a', 64), out _).Should().BeTrue();
        DeviceId.TryParse(new string('a', 65), out _).Should().BeFalse();
    }

    [Theory]
    [InlineData("pi/load")]
    [InlineData("pi-1/load.2")]
    public void TryParse_Probe_KeepsBothParts(string text)
    {
        ProbeId.TryParse(text, out var probe).Should().BeTrue();
        probe.ToString().Should().Be(text);
        probe.Device.Value.Should().Be(text.Split('/')[0]);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("pi")]
    [InlineData("/load")]
    [InlineData("pi/")]
    [InlineData("pi/load/1")]
    [InlineData("pi//load")]
    [InlineData("pi/lo ad")]
    public void TryParse_NotAProbe_IsRefused(string? text)
    {
        ProbeId.TryParse(text, out var probe).Should().BeFalse();
        probe.Should().Be(default(ProbeId));
    }
}
