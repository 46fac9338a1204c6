using System.Collections.Concurrent;
using System.Net;
using System.Text;
using ColdChain.Mqtt.Endpoint;
using ColdChain.Mqtt.Link;
using ColdChain.Tests.Shared;

namespace ColdChain.Mqtt.Tests.Interop;

/// <summary>What every foreign client can do at our endpoint, and what it is told when it may not.</summary>
public abstract class ForeignClientContract : IAsyncLifetime
{
    private readonly Certificates authority = new();
    private readonly PemFiles pem;
    private readonly TestBench bench;
    private readonly TestBench secure;
    private readonly ConcurrentQueue<string> heard = new();
    private readonly List<ForeignClient> clients = [];

    protected ForeignClientContract()
    {
        pem = new PemFiles(authority.Root, authority.Issue("device-7"));
        bench = new TestBench();
        var tls = new MqttListenerTls { Certificate = authority.Issue("localhost"), ClientRoots = [authority.Root] };
        secure = new TestBench(options => options with { Listeners = [new MqttListener(new IPEndPoint(IPAddress.Loopback, 0), tls)] });
    }

    /// <summary>What the client says when it does not know the authority of the endpoint's certificate.</summary>
    protected abstract string UnknownAuthority { get; }

    /// <summary>What the client says when its password is refused.</summary>
    protected abstract string WrongPassword { get; }

    /// <summary>What the client says when its version 5 is refused.</summary>
    protected abstract string UnsupportedVersion { get; }

    public async Task InitializeAsync()
    {
        await bench.Endpoint.OpenLink("server").SubscribeAsync("#", HearAsync, Patience.Token());
        await secure.Endpoint.OpenLink("server").SubscribeAsync("#", HearAsync, Patience.Token());
    }

    public async Task DisposeAsync()
    {
        foreach (var client in clients)
        {
            await client.DisposeAsync();
        }

        await bench.DisposeAsync();
        await secure.DisposeAsync();
        pem.Dispose();
        authority.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Publish_IsHeard(int qos)
    {
        var client = await ConnectAsync(Plain);
        await client.DoAsync($"publish {qos} réfrigérateur/1 4,2 °C");
        await client.HearAsync("published");
        await Patience.UntilAsync(() => heard.Contains("réfrigérateur/1 4,2 °C"));
    }

    [Fact]
    public async Task Publish_OfQualityOfService2_ClosesTheConnection_AndTheNextWorks()
    {
        var client = await ConnectAsync(Plain);
        await client.DoAsync("publish 2 a x");
        await client.HearAsync("closed");
        await bench.Events.ExpectAsync(MqttEventKind.Malformed);
        await PublishAsync(await ConnectAsync(Plain));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    public async Task Subscription_WithAWildcard_BringsWhatTheServerSends_UntilItIsTakenBack(int asked, int granted)
    {
        var server = bench.Endpoint.OpenLink("sender");
        var client = await ConnectAsync(Plain);
        await client.DoAsync($"subscribe {asked} down/+/é");
        (await client.HearAsync("subscribed")).Should().Be($"subscribed {granted}");

        await server.PublishAsync(TestBench.Message("down/1/é", "first"), Patience.Token());
        await server.PublishAsync(TestBench.Message("down/1/2/é", "not this one"), Patience.Token());
        await server.PublishAsync(TestBench.Message("down/2/é", "second"), Patience.Token());

        await client.HearAsync("message down/1/é first");
        (await client.HearAsync("message", times: 2)).Should().Be("message down/2/é second");
        await client.DoAsync("unsubscribe down/+/é");
        await client.HearAsync("unsubscribed");
    }

    [Fact]
    public async Task Subscription_ThatIsForbidden_IsToldSo_AndReported()
    {
        var client = await ConnectAsync(Plain);
        await client.DoAsync("subscribe 1 forbidden/#");
        (await client.HearAsync("subscribed")).Should().Be("subscribed 128");
        await bench.Events.ExpectAsync(MqttEventKind.TopicRefused, "subscription to 'forbidden/#'");
        await PublishAsync(client);
    }

    [Fact]
    public async Task Will_IsPublished_WhenTheClientVanishes_ButNotWhenItSaysGoodbye()
    {
        var polite = await ConnectAsync(Plain with { WillTopic = "will/polite" });
        await polite.DoAsync("end");
        await polite.EndAsync();
        var doomed = await ConnectAsync(Plain with { WillTopic = "will/doomed" });

        await doomed.SignalAsync("KILL");

        await Patience.UntilAsync(() => heard.Contains("will/doomed gone"));
        heard.Should().NotContain("will/polite gone");
    }

    [Fact]
    public async Task KeepAlive_IsKeptByPings_AndASilentClientIsCut_WithItsWill()
    {
        var client = await ConnectAsync(Plain with { KeepAliveSeconds = 3, WillTopic = "will/silent" });
        await client.HearAsync("pong", times: 3); // Together longer than the endpoint would have waited.
        bench.Events.Of(MqttEventKind.Lost).Should().BeEmpty();

        await client.SignalAsync("STOP");

        await bench.Events.ExpectAsync(MqttEventKind.Lost, "keep alive");
        await Patience.UntilAsync(() => heard.Contains("will/silent gone"));
        await client.SignalAsync("CONT");
        await client.HearAsync("closed");
    }

    [Fact]
    public async Task SecondConnectionOfTheSameClient_TakesOver()
    {
        var older = await ConnectAsync(Plain);
        var newer = await ConnectAsync(Plain);
        await older.HearAsync("closed");
        await PublishAsync(newer);
    }

    [Fact]
    public async Task Tls_WithUserNameAndPassword_IsHeard()
    {
        var client = await ConnectAsync(Secure with { UserName = "pi-1", Password = "secret" });
        await PublishAsync(client);
        await secure.Events.ExpectAsync(MqttEventKind.Connected, "connected as 'pi-1'");
    }

    [Fact]
    public async Task Tls_WithACertificate_IsHeardUnderTheNameInIt()
    {
        var client = await ConnectAsync(Secure with { Certificate = pem.Certificate, Key = pem.Key });
        await PublishAsync(client);
        await secure.Events.ExpectAsync(MqttEventKind.Connected, "connected as 'device-7'");
    }

    [Fact]
    public async Task Tls_WithTheCertificateOfAStranger_IsRefused_AndReported()
    {
        using var strangers = new Certificates("somebody else's root");
        using var files = new PemFiles(strangers.Root, strangers.Issue("device-7"));
        var client = Start(Secure with { Certificate = files.Certificate, Key = files.Key });
        await client.HearAsync("closed");
        await secure.Events.ExpectAsync(MqttEventKind.Refused, "comes from the authority 'CN=somebody else's root', which is unknown here");
        await PublishAsync(await ConnectAsync(Secure));
    }

    [Fact]
    public async Task Tls_OfAnAuthorityThatTheClientDoesNotKnow_IsRefusedByIt()
    {
        using var strangers = new Certificates("somebody else's root");
        using var files = new PemFiles(strangers.Root, strangers.Issue("unused"));
        (await Start(Secure with { Ca = files.Root }).HearAsync("error")).Should().Contain(UnknownAuthority);
    }

    [Fact]
    public async Task WrongPassword_IsToldSo()
    {
        var client = Start(Plain with { UserName = "pi-1", Password = "guess" });
        (await client.HearAsync("error")).Should().Contain(WrongPassword);
        await bench.Events.ExpectAsync(MqttEventKind.Refused, "wrong password for 'pi-1'");
    }

    [Fact]
    public async Task Version5_IsToldThatItIsNotSupported()
    {
        var client = Start(Plain with { Version = 5 });
        (await client.HearAsync("error")).Should().Contain(UnsupportedVersion);
        await bench.Events.ExpectAsync(MqttEventKind.Refused, "use MQTT 3.1.1");
        await PublishAsync(await ConnectAsync(Plain));
    }

    /// <summary>Starts the client.</summary>
    private protected abstract ForeignClient Run(ForeignOptions options);

    private ForeignOptions Plain => new(bench.Port);

    private ForeignOptions Secure => new(secure.Port) { Ca = pem.Root };

    private ForeignClient Start(ForeignOptions options)
    {
        var client = Run(options);
        clients.Add(client);
        return client;
    }

    private async Task<ForeignClient> ConnectAsync(ForeignOptions options)
    {
        var client = Start(options);
        await client.HearAsync("connected");
        return client;
    }

    private async Task PublishAsync(ForeignClient client)
    {
        await client.DoAsync("publish 1 good message");
        await Patience.UntilAsync(() => heard.Contains("good message"));
    }

    private Task HearAsync(MqttMessage message, CancellationToken cancellation)
    {
        heard.Enqueue($"{message.Topic} {Encoding.UTF8.GetString(message.Payload.Span)}");
        return Task.CompletedTask;
    }
}

/// <summary>MQTT.js, which Node-RED and many gateways are built on.</summary>
[Trait("Needs", "mqttjs")]
public sealed class MqttJsTests : ForeignClientContract
{
    protected override string UnknownAuthority => "UNABLE_TO_VERIFY_LEAF_SIGNATURE";

    protected override string WrongPassword => "4 Connection refused: Bad username or password";

    protected override string UnsupportedVersion => "132 Connection refused: Unsupported Protocol Version";

    private protected override ForeignClient Run(ForeignOptions options)
    {
        var folder = Path.Combine(Repository.Root, "tests", "Mqtt", "Interop", "mqttjs");
        return Directory.Exists(Path.Combine(folder, "node_modules"))
            ? ForeignClient.Start("node", "mqttjs/client.js", options)
            : throw new FileNotFoundException($"MQTT.js is not there: run 'npm ci' in {folder}, or leave these tests out with --filter Needs!=mqttjs.");
    }
}

/// <summary>Paho, the usual client of Python programs.</summary>
[Trait("Needs", "paho")]
public sealed class PahoTests : ForeignClientContract
{
    protected override string UnknownAuthority => "certificate verify failed: unable to get local issuer certificate";

    protected override string WrongPassword => "4 Connection Refused: bad user name or password.";

    protected override string UnsupportedVersion => "132 Unsupported protocol version";

    // Debian's Python, to which its packages belong, whatever else is on the path.
    private protected override ForeignClient Run(ForeignOptions options) => ForeignClient.Start("/usr/bin/python3", "paho/client.py", options);
}
