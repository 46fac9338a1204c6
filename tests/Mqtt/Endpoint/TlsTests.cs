using System.Net;
using ColdChain.Mqtt.Client;
using ColdChain.Mqtt.Endpoint;
using ColdChain.Mqtt.Link;
using ColdChain.Tests.Shared;

namespace ColdChain.Mqtt.Tests.Endpoint;

public sealed class TlsTests : IDisposable
{
    private readonly Certificates ours = new();
    private readonly Certificates strangers = new("somebody else's root");

    public void Dispose()
    {
        ours.Dispose();
        strangers.Dispose();
    }

    [Fact]
    public async Task Messages_GoThroughTls_InBothDirections()
    {
        await using var bench = Bench();
        var echoed = new TaskCompletionSource<MqttMessage>();
        var link = bench.Endpoint.OpenLink("server");
        await link.SubscribeAsync("up", (m, token) => link.PublishAsync(m with { Topic = "down" }, token), Patience.Token());
        var client = await ConnectAsync(bench, Trusting(ours), (message, _) =>
        {
            echoed.SetResult(message);
            return Task.CompletedTask;
        });
        (await client.SubscribeAsync("down", Patience.Token())).Should().BeTrue();
        var payload = new byte[50_000];
        new Random(1).NextBytes(payload);

        await client.PublishAsync(new MqttMessage("up", payload), Patience.Token());

        (await echoed.Task.WithinLimitAsync()).Payload.ToArray().Should().Equal(payload);
    }

    [Fact]
    public async Task Client_RefusesAServerOfAnotherRoot()
    {
        await using var bench = Bench();
        await ShouldFailAsync(bench, Trusting(strangers), "*its certificate 'CN=server.example' comes from the authority 'CN=ColdChain test root', which is unknown here: trust that*");
        await ShouldFailAsync(bench, new MqttClientTls(), "*which is unknown here*");
        await ConnectAsync(bench, Trusting(ours));
    }

    [Fact]
    public async Task Client_RefusesAServerOfAnotherName()
    {
        await using var bench = Bench();
        await ShouldFailAsync(
            bench, Trusting(ours) with { ServerName = "another.example" }, "*is for 'server.example', '127.0.0.1', not for 'another.example': connect by*");
        await ConnectAsync(bench, Trusting(ours) with { ServerName = "server.example" });
    }

    [Fact]
    public async Task Client_RefusesAServerWhoseTimeIsOver_OrHasNotCome()
    {
        await using (var bench = Bench(tls => tls with { Certificate = ours.IssueExpired("server.example") }))
        {
            await ShouldFailAsync(bench, Trusting(ours), "*its certificate 'CN=server.example' expired at 20*Z; the clock here says 20*Z: have a new one made");
        }

        await using (var bench = Bench(tls => tls with { Certificate = ours.IssueForLater("server.example") }))
        {
            await ShouldFailAsync(bench, Trusting(ours), "*is valid from 20*Z on only, and the clock here says 20*Z: set the clock");
        }
    }

    [Fact]
    public async Task Client_NamesEveryReason()
    {
        await using var bench = Bench(tls => tls with { Certificate = strangers.IssueExpired("server.example") });
        await ShouldFailAsync(
            bench, Trusting(ours) with { ServerName = "another.example" }, "*unknown here*; and expired at*; and is for*not for 'another.example'*");
    }

    [Fact]
    public async Task ClientCertificate_ReachesThePolicy()
    {
        await using var bench = Bench(tls => tls with { ClientRoots = [ours.Root], RequireClientCertificate = true });
        await ConnectAsync(bench, Trusting(ours) with { ClientCertificate = ours.Issue("device-7") });
        await bench.Events.ExpectAsync(MqttEventKind.Connected, "connected as 'device-7'");
    }

    [Fact]
    public async Task ClientCertificate_MayBeAbsent_WhenItIsNotRequired()
    {
        await using var bench = Bench(tls => tls with { ClientRoots = [ours.Root] });
        await ConnectAsync(bench, Trusting(ours));
        await bench.Events.ExpectAsync(MqttEventKind.Connected, "connected as 'pi-1'");
    }

    [Fact]
    public async Task ClientCertificate_ThatIsMissingOrAStrangers_IsRefused()
    {
        await using var bench = Bench(tls => tls with { ClientRoots = [ours.Root], RequireClientCertificate = true });
        await ShouldFailAsync(bench, Trusting(ours), "*may have refused this client's certificate, or missed one; its log has the reason");
        await bench.Events.ExpectAsync(MqttEventKind.Refused, "it shows no certificate, and one is required here: give it one");
        await ShouldFailAsync(bench, Trusting(ours) with { ClientCertificate = strangers.Issue("device-7") });
        await bench.Events.ExpectAsync(MqttEventKind.Refused, "its certificate 'CN=device-7' comes from the authority 'CN=somebody else's root', which is unknown here");
        bench.Endpoint.Counters.ConnectionsAccepted.Should().Be(0);
        bench.Endpoint.Counters.ConnectionsRefused.Should().Be(2);
        await ConnectAsync(bench, Trusting(ours) with { ClientCertificate = ours.Issue("device-7") });
    }

    [Fact]
    public async Task ClientCertificate_WhoseTimeIsOverOrHasNotCome_IsRefused()
    {
        await using var bench = Bench(tls => tls with { ClientRoots = [ours.Root] });
        await ShouldFailAsync(bench, Trusting(ours) with { ClientCertificate = ours.IssueExpired("device-7") });
        await bench.Events.ExpectAsync(MqttEventKind.Refused, "its certificate 'CN=device-7' expired at");
        await ShouldFailAsync(bench, Trusting(ours) with { ClientCertificate = ours.IssueForLater("device-8") });
        await bench.Events.ExpectAsync(MqttEventKind.Refused, "its certificate 'CN=device-8' is valid from");
        await ConnectAsync(bench, Trusting(ours) with { ClientCertificate = ours.Issue("device-7") });
    }

    [Fact]
    public async Task PlainText_OnATlsPort_IsClosed()
    {
        await using var bench = Bench();
        var raw = await bench.ConnectRawAsync();
        await raw.SendAsync(RawPeer.Connect("pi-1"));
        await raw.ReadToEndAsync(); // An alert of TLS, perhaps.
        await bench.Events.ExpectAsync(MqttEventKind.Lost, "TLS could not be agreed on; does the other side use it on this port?");
        bench.Endpoint.Counters.ConnectionsAccepted.Should().Be(0);
    }

    [Fact]
    public async Task Tls_OnAPlainPort_IsClosedAsMalformed()
    {
        await using var bench = new TestBench();
        await ShouldFailAsync(bench, Trusting(ours), "*does the other side use it on this port?*");
        await bench.Events.ExpectAsync(MqttEventKind.Malformed);
    }

    private static MqttClientTls Trusting(Certificates authority) => new() { Roots = [authority.Root] };

    private static Task<MqttClient> ConnectAsync(TestBench bench, MqttClientTls tls, Func<MqttMessage, CancellationToken, Task>? handler = null) =>
        bench.ConnectAsync("pi-1", handler, options => options with { Tls = tls });

    // With TLS 1.3 a client learns of its refused certificate only when it reads.
    private static async Task ShouldFailAsync(TestBench bench, MqttClientTls tls, string message = "*") =>
        await bench.Invoking(b => ConnectAsync(b, tls)).Should().ThrowAsync<MqttLinkException>().WithMessage(message);

    private TestBench Bench(Func<MqttListenerTls, MqttListenerTls>? change = null)
    {
        var tls = new MqttListenerTls { Certificate = ours.Issue("server.example") };
        return new TestBench(options => options with
        {
            Listeners = [new MqttListener(new IPEndPoint(IPAddress.Loopback, 0), change?.Invoke(tls) ?? tls)],
        });
    }
}
