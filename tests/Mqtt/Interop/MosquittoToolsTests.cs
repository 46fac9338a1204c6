using System.Collections.Concurrent;
using System.Net;
using System.Text;
using ColdChain.Mqtt.Endpoint;
using ColdChain.Mqtt.Link;
using ColdChain.Tests.Shared;

namespace ColdChain.Mqtt.Tests.Interop;

/// <summary>mosquitto's command line tools against our endpoint.</summary>
[Trait("Needs", "mosquitto")]
public sealed class MosquittoToolsTests : IAsyncLifetime
{
    private readonly TestBench bench = new();
    private readonly ConcurrentQueue<MqttMessage> received = new();

    public async Task InitializeAsync() => await bench.Endpoint.OpenLink("server").SubscribeAsync(
        "#",
        (message, _) =>
        {
            received.Enqueue(message);
            return Task.CompletedTask;
        },
        Patience.Token());

    public async Task DisposeAsync() => await bench.DisposeAsync();

    [Theory]
    [InlineData("-q", "0")]
    [InlineData("-q", "1")]
    [InlineData("-q", "1", "-r")]
    [InlineData("-q", "1", "-i", "pi-1", "-u", "pi-1", "-P", "secret")]
    [InlineData("-q", "1", "-c", "-i", "lasting")]
    [InlineData("-q", "1", "--will-topic", "will", "--will-payload", "gone", "--will-qos", "1")]
    public async Task Pub_IsHeard(params string[] options)
    {
        (await PubAsync([.. options, "-t", "réfrigérateur/1", "-m", "4,2 °C"])).ExitCode.Should().Be(0);

        await Patience.UntilAsync(() => !received.IsEmpty);
        var message = received.Should().ContainSingle("a client that says good-bye leaves no will").Subject;
        message.Topic.Should().Be("réfrigérateur/1");
        Encoding.UTF8.GetString(message.Payload.Span).Should().Be("4,2 °C");
    }

    [Fact]
    public async Task Pub_OfAThousandLines_LosesNone()
    {
        var lines = Enumerable.Range(0, 1000).Select(n => $"{n}").ToList();
        await using var tool = Start("mosquitto_pub", "-q", "1", "-t", "n", "-l");
        await tool.FeedAsync(lines);

        (await tool.EndAsync()).ExitCode.Should().Be(0);

        received.Select(message => Encoding.UTF8.GetString(message.Payload.Span)).Should().Equal(lines);
    }

    [Fact]
    public async Task Pub_WithAWrongPassword_IsToldSo()
    {
        var (exitCode, _, errors) = await PubAsync("-t", "a", "-m", "x", "-u", "pi-1", "-P", "guess");
        exitCode.Should().NotBe(0);
        errors.Should().Contain("Connection Refused: bad user name or password");
    }

    [Fact]
    public async Task Pub_OfVersion5_IsToldThatItIsNotSupported()
    {
        var (exitCode, _, errors) = await PubAsync("-V", "5", "-t", "a", "-m", "x");
        exitCode.Should().NotBe(0);
        errors.Should().ContainEquivalentOf("unsupported protocol version");
    }

    [Fact]
    public async Task Pub_OfVersion31_IsToldThatItIsNotSupported()
    {
        var (exitCode, _, errors) = await PubAsync("-V", "mqttv31", "-t", "a", "-m", "x");
        exitCode.Should().NotBe(0);
        errors.Should().ContainEquivalentOf("unacceptable protocol version");
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    [InlineData("2")]
    public async Task Sub_HearsWhatTheServerSends(string qos)
    {
        await using var tool = Start("mosquitto_sub", "-i", "reader", "-q", qos, "-t", "none/#", "-t", "down/+", "-C", "3", "-v");
        var server = bench.Endpoint.OpenLink("sender");
        await bench.Events.ExpectAsync(MqttEventKind.Connected, "'reader'");

        // Nothing says when its subscription is made: send until it has had its three messages.
        var ended = tool.EndAsync();
        while (!ended.IsCompleted)
        {
            await server.PublishAsync(TestBench.Message("down/é", "hello"), Patience.Token());
            await Task.WhenAny(ended, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None));
        }

        var (exitCode, output, _) = await ended;
        exitCode.Should().Be(0);
        output.Should().Be("down/é hello\ndown/é hello\ndown/é hello\n");
    }

    [Fact]
    public async Task Sub_ToWhatItMayNotRead_IsTold()
    {
        await using var tool = Start("mosquitto_sub", "-t", "forbidden/#", "-W", "20");
        var (_, output, errors) = await tool.EndAsync();
        (output + errors).Should().Contain("All subscription requests were denied");
    }

    [Fact]
    public async Task Sub_ThatVanishes_LeavesItsWill()
    {
        await using (Start("mosquitto_sub", "-i", "doomed", "-t", "down/#", "--will-topic", "will", "--will-payload", "gone", "--will-qos", "1"))
        {
            await bench.Events.ExpectAsync(MqttEventKind.Connected, "'doomed'");
        }

        await Patience.UntilAsync(() => received.Any(message => message.Topic == "will"));
    }

    [Fact]
    public async Task Sub_PingsToKeepItsConnection()
    {
        await using var tool = Start("mosquitto_sub", "-i", "idle", "-t", "down/#", "-k", "5", "-d", "-W", "12");
        var (_, output, _) = await tool.EndAsync();
        output.Split("received PINGRESP").Should().HaveCountGreaterThan(2, "the endpoint waits for 7.5 s");
        bench.Events.Of(MqttEventKind.Lost).Should().BeEmpty();
    }

    [Theory]
    [InlineData("pi-1", "-u", "pi-1", "-P", "secret")]
    [InlineData("device-7")]
    public async Task Pub_ThroughTls_IsHeard(string identity, params string[] account)
    {
        using var authority = new Certificates();
        await using var secure = Secure(authority);
        using var files = new PemFiles(authority.Root, authority.Issue("device-7"));
        await using var tool = Tool.Start("mosquitto_pub", [.. Secretly(secure), .. account.Length > 0 ? ["--cafile", files.Root, .. account] : files.ToolArguments]);

        var (exitCode, _, errors) = await tool.EndAsync();

        exitCode.Should().Be(0, errors);
        secure.Events.Of(MqttEventKind.Connected).Single().Should().EndWith($"as '{identity}'");
        secure.Endpoint.Counters.MessagesReceived.Should().Be(1);
    }

    [Fact]
    public async Task Pub_ThroughTls_OfAnAuthorityThatItDoesNotKnow_RefusesTheEndpoint()
    {
        using var authority = new Certificates();
        using var strangers = new Certificates("somebody else's root");
        await using var secure = Secure(authority);
        using var files = new PemFiles(strangers.Root, strangers.Issue("unused"));
        await using var tool = Tool.Start("mosquitto_pub", [.. Secretly(secure), "--cafile", files.Root]);

        var (exitCode, _, errors) = await tool.EndAsync();

        exitCode.Should().NotBe(0);
        errors.Should().Contain("A TLS error occurred");
        secure.Endpoint.Counters.MessagesReceived.Should().Be(0);
    }

    private static string[] Secretly(TestBench secure) => ["-h", "localhost", "-p", $"{secure.Port}", "-q", "1", "-t", "a", "-m", "x"];

    private static TestBench Secure(Certificates authority)
    {
        var tls = new MqttListenerTls { Certificate = authority.Issue("localhost"), ClientRoots = [authority.Root] };
        return new TestBench(options => options with { Listeners = [new MqttListener(new IPEndPoint(IPAddress.Loopback, 0), tls)] });
    }

    private Tool Start(string name, params string[] arguments) => Tool.Start(name, ["-h", "127.0.0.1", "-p", $"{bench.Port}", .. arguments]);

    private async Task<(int ExitCode, string Output, string Errors)> PubAsync(params string[] arguments)
    {
        await using var tool = Start("mosquitto_pub", arguments);
        return await tool.EndAsync();
    }
}
