using ColdChain.Fuzz.Tests.Engine;
using Xunit.Abstractions;

namespace ColdChain.Fuzz.Tests.Configuration;

/// <summary>What people write: fleet, rules and configuration.</summary>
public sealed class ConfigurationFuzz(ITestOutputHelper output)
{
    [Fact]
    public Task FleetFile_OfAnyBytes_IsReadOrRefusedWithPlaceReasonAndCure() => FuzzRun.OfAsync(new FleetTarget(), 5000, output);

    [Fact]
    public async Task FleetFile_Refused_LeavesTheFleetInForce()
    {
        await using var target = new FleetLoaderTarget();
        await FuzzRun.OfAsync(target, 200, output);
    }

    [Fact]
    public Task RulePack_OfAnyBytes_IsReadOrRefusedInWords() => FuzzRun.OfAsync(new RulePackTarget(), 5000, output);

    [Fact]
    public async Task EdgeConfiguration_OfAnyBytes_IsReadOrRefusedWithPlaceReasonAndCure()
    {
        using var target = new EdgeConfigTarget();
        await FuzzRun.OfAsync(target, 2000, output);
    }

    [Fact]
    public async Task ServerConfiguration_OfAnyBytes_IsReadOrRefusedWithPlaceReasonAndCure()
    {
        using var target = new ServerConfigTarget();
        await FuzzRun.OfAsync(target, 2000, output);
    }
}
