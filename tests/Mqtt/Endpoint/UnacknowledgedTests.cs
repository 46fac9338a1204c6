using ColdChain.Mqtt.Endpoint;

namespace ColdChain.Mqtt.Tests.Endpoint;

public sealed class UnacknowledgedTests
{
    [Fact]
    public void Identifiers_AreUsedAgainOnceFreed_SkipThoseInUse_AndNeverAreZero()
    {
        var unacknowledged = new Unacknowledged(2);
        var stuck = unacknowledged.Take()!.Value;
        var seen = new HashSet<ushort>();
        for (var n = 0; n < 70_000; n++)
        {
            var id = unacknowledged.Take()!.Value;
            seen.Add(id);
            unacknowledged.Free(id);
        }

        seen.Should().HaveCount(65_534).And.NotContain(stuck).And.NotContain((ushort)0);
    }

    [Fact]
    public void Identifiers_BeyondTheLimit_AreNotGiven()
    {
        var unacknowledged = new Unacknowledged(2);
        unacknowledged.Take();
        var second = unacknowledged.Take();
        unacknowledged.Take().Should().BeNull();
        unacknowledged.Free(99);
        unacknowledged.Take().Should().BeNull();
        unacknowledged.Free(second!.Value);
        unacknowledged.Take().Should().NotBeNull();
    }
}
