using ColdChain.Fuzz.Tests.Engine;
using ColdChain.Fuzz.Tests.Served;
using Xunit.Abstractions;

namespace ColdChain.Fuzz.Tests.Mqtt;

/// <summary>What comes over a socket as MQTT.</summary>
public sealed class MqttFuzz(ITestOutputHelper output)
{
    [Fact]
    public Task Packets_OfAnyBytes_AreReadOrRefusedInWords() => FuzzRun.OfAsync(new PacketTarget(), 100_000, output);

    [Fact]
    public async Task Endpoint_GivenAnyBytes_AnswersAndServesTheNext()
    {
        await using var server = await RunningServer.StartAsync();
        await FuzzRun.OfAsync(new EndpointTarget(server), 3000, output);
    }

    [Fact]
    public async Task Client_GivenAnyBytes_SaysWhyItCannotGoOn()
    {
        using var target = new ClientTarget();
        await FuzzRun.OfAsync(target, 2000, output);
    }
}
