using System.Collections.Concurrent;
using System.Text;
using ColdChain.Mqtt.Client;
using ColdChain.Mqtt.Link;
using ColdChain.Mqtt.Tests.Link;
using ColdChain.Tests.Shared;

namespace ColdChain.Mqtt.Tests.Interop;

/// <summary>Our links through a real broker keep the same contract as all others.</summary>
[Trait("Needs", "mosquitto")]
public sealed class MosquittoLinkContractTests : LinkContract
{
    private readonly EventLog events = new();
    private readonly List<IMqttLink> links = [];
    private MosquittoBroker? broker;

    protected override IEnumerable<string> HandlerFaults => events.Of(MqttEventKind.HandlerFault);

    public override async Task InitializeAsync() => broker = await MosquittoBroker.StartAsync();

    public override async Task DisposeAsync()
    {
        foreach (var link in links)
        {
            await link.DisposeAsync();
        }

        await broker!.DisposeAsync();
    }

    protected override async Task<IMqttLink> OpenAsync(string name)
    {
        var options = new MqttClientOptions { Host = "127.0.0.1", Port = broker!.Port, ClientId = name };
        var link = ReconnectingLink.Start(options, ReconnectOptions.Default, events.Add, TimeProvider.System, new Random(1));
        links.Add(link);
        await link.WaitUntilConnectedAsync(Patience.Token());
        return link;
    }
}

/// <summary>What happens between our client and a real broker only.</summary>
[Trait("Needs", "mosquitto")]
public sealed class MosquittoBrokerTests
{
    private readonly EventLog events = new();
    private readonly ConcurrentQueue<string> received = new();

    [Fact]
    public async Task BrokerThatIsKilled_IsConnectedAgain_WithTheSubscriptions()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var link = Start(broker);
        await link.SubscribeAsync("a/+", ReceiveAsync, Patience.Token());
        await link.WaitUntilConnectedAsync(Patience.Token());

        await broker.KillAsync();
        await events.ExpectAsync(MqttEventKind.Lost);
        await link.Invoking(l => l.PublishAsync(TestBench.Message("a/1"), Patience.Token())).Should().ThrowAsync<MqttLinkException>();
        await broker.StartAsync();

        await link.WaitUntilConnectedAsync(Patience.Token());
        await link.PublishAsync(TestBench.Message("a/1", "after"), Patience.Token());
        await Patience.UntilAsync(() => received.Contains("after"));
    }

    [Fact]
    public async Task TenThousandMessages_ThroughTheBroker_AllArriveInOrder()
    {
        await using var broker = await MosquittoBroker.StartAsync("max_inflight_messages 0", "max_queued_messages 0");
        await using var link = Start(broker);
        await link.SubscribeAsync("n", ReceiveAsync, Patience.Token());
        await link.WaitUntilConnectedAsync(Patience.Token());

        await Task.WhenAll(Enumerable.Range(0, 10_000).Select(n => link.PublishAsync(TestBench.Message("n", $"{n}"), Patience.Token())));

        await Patience.UntilAsync(() => received.Count == 10_000);
        received.Should().Equal(Enumerable.Range(0, 10_000).Select(n => $"{n}"));
    }

    [Fact]
    public async Task Will_IsPublishedByTheBroker_WhenTheClientVanishes()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var watcher = Start(broker);
        await watcher.SubscribeAsync("will", ReceiveAsync, Patience.Token());
        await watcher.WaitUntilConnectedAsync(Patience.Token());
        var options = Options(broker) with { ClientId = "doomed", Will = TestBench.Message("will", "gone") };
        await using var doomed = await MqttClient.ConnectAsync(options, (_, _) => Task.CompletedTask, TimeProvider.System, Patience.Token());

        // The same client identifier throws the first connection out, which is no good-bye of its own.
        await using var usurper = await MqttClient.ConnectAsync(options, (_, _) => Task.CompletedTask, TimeProvider.System, Patience.Token());

        await doomed.Closed.WithinLimitAsync();
        await Patience.UntilAsync(() => received.Contains("gone"));
    }

    [Fact]
    public async Task Message_ThatTheBrokerKept_ArrivesMarked_AndALiveOneDoesNot()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using (var before = Tool.Start("mosquitto_pub", "-h", "127.0.0.1", "-p", $"{broker.Port}", "-q", "1", "-r", "-t", "a/old", "-m", "old"))
        {
            (await before.EndAsync()).ExitCode.Should().Be(0);
        }

        var marks = new ConcurrentDictionary<string, bool>();
        await using var link = Start(broker);
        await link.SubscribeAsync("a/+", (message, _) => Task.FromResult(marks[message.Topic] = message.IsRetained), Patience.Token());
        await Patience.UntilAsync(() => marks.ContainsKey("a/old"));
        await using (var now = Tool.Start("mosquitto_pub", "-h", "127.0.0.1", "-p", $"{broker.Port}", "-q", "1", "-r", "-t", "a/new", "-m", "new"))
        {
            (await now.EndAsync()).ExitCode.Should().Be(0);
        }

        await Patience.UntilAsync(() => marks.ContainsKey("a/new"));
        marks.Should().Contain("a/old", true).And.Contain("a/new", false, "it is delivered because it was published, not because it was kept");
    }

    [Fact]
    public async Task Tls_WithAClientCertificate_Works()
    {
        using var authority = new Certificates();
        using var files = new PemFiles(authority.Root, authority.Issue("localhost"));
        await using var broker = await MosquittoBroker.StartAsync(files.BrokerSettings);
        var tls = new MqttClientTls { Roots = [authority.Root], ClientCertificate = authority.Issue("pi-1") };
        var options = Options(broker) with { Tls = tls };

        await using var client = await MqttClient.ConnectAsync(options, ReceiveAsync, TimeProvider.System, Patience.Token());
        (await client.SubscribeAsync("a", Patience.Token())).Should().BeTrue();
        await client.PublishAsync(TestBench.Message("a", "through TLS"), Patience.Token());

        await Patience.UntilAsync(() => received.Contains("through TLS"));
        await (options with { Tls = tls with { ClientCertificate = null } })
            .Invoking(o => MqttClient.ConnectAsync(o, ReceiveAsync, TimeProvider.System, Patience.Token())).Should().ThrowAsync<MqttLinkException>();
    }

    private static MqttClientOptions Options(MosquittoBroker broker) => new() { Host = "127.0.0.1", Port = broker.Port, ClientId = "pi-1" };

    private ReconnectingLink Start(MosquittoBroker broker) => ReconnectingLink.Start(
        Options(broker), new ReconnectOptions(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(200)), events.Add, TimeProvider.System, new Random(1));

    private Task ReceiveAsync(MqttMessage message, CancellationToken cancellation)
    {
        received.Enqueue(Encoding.UTF8.GetString(message.Payload.Span));
        return Task.CompletedTask;
    }
}
