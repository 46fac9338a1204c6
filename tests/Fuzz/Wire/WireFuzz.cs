using ColdChain.Fuzz.Tests.Engine;
using Xunit.Abstractions;

namespace ColdChain.Fuzz.Tests.Wire;

/// <summary>What comes over MQTT as content.</summary>
public sealed class WireFuzz(ITestOutputHelper output)
{
    [Fact]
    public Task Pack_OfAnyBytes_IsReadOrRefusedInWords() => FuzzRun.OfAsync(new PackTarget(), 150_000, output);

    [Fact]
    public Task Acknowledgement_OfAnyBytes_IsReadOrRefusedInWords() => FuzzRun.OfAsync(new AckTarget(), 100_000, output);

    [Fact]
    public Task Heartbeat_OfAnyBytes_IsReadOrRefusedInWords() => FuzzRun.OfAsync(new StatusTarget(), 100_000, output);
}
