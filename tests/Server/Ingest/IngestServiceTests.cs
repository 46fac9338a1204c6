using ColdChain.Core.Wire;
using ColdChain.Mqtt.Link;

namespace ColdChain.Server.Tests.Ingest;

public sealed class IngestServiceTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Loop_ThatFails_EndsTheService_SoThatTheHostDoesNotLiveOnWithoutIt()
    {
        await using var bench = await IngestBench.StartAsync();
        await bench.CloseLiveLinkAsync();

        await bench.SendAsync(Some.Pack(1, 3), UpKind.Backfill); // Stored, but nobody can be told any more.

        var running = async () => await bench.Running.WaitAsync(Patience);
        await running.Should().ThrowAsync<MqttLinkException>();
        bench.Readings().Should().HaveCount(3);
    }
}
