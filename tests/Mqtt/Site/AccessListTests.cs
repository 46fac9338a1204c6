using System.Collections.Concurrent;
using System.Runtime.Versioning;
using ColdChain.Mqtt.Link;

namespace ColdChain.Mqtt.Tests.Site;

/// <summary>
/// What a device that got in may not do. Where mosquitto says nothing to the device (MQTT 3.1.1 has no word for it), the tests show that
/// nothing arrives; what <c>firmware-config/mosquitto/README.md</c> says about its log is held against that log.
/// </summary>
[Trait("Needs", "mosquitto")]
[UnsupportedOSPlatform("windows")]
public sealed class AccessListTests : IAsyncLifetime
{
    private readonly SiteScene site = new();

    public Task InitializeAsync() => site.InitializeAsync();

    public Task DisposeAsync() => site.DisposeAsync();

    [Theory]
    [InlineData("coldchain/v1/pi-2/up/live")]
    [InlineData("coldchain/v1/pi-1/down/ack")]
    [InlineData("coldchain/v1/up/live")]
    [InlineData("somewhere/else")]
    public async Task Publish_OnATopicThatIsNotItsOwn_IsAcknowledged_AndDropped_AndNamedInTheLog(string topic)
    {
        var everything = new ConcurrentQueue<string>();
        var server = await site.ConnectAsync(site.Server("server"), everything.Enqueue);
        await server.SubscribeAsync("#", Patience.Token());
        var device = await site.ConnectAsync(site.Device("pi-1"));

        await device.PublishAsync(TestBench.Message(topic, "a lie"), Patience.Token()); // Completes with the PUBACK.
        await device.PublishAsync(TestBench.Message("coldchain/v1/pi-1/up/live", "the truth"), Patience.Token());

        await Patience.UntilAsync(() => !everything.IsEmpty);
        everything.Should().Equal("coldchain/v1/pi-1/up/live the truth");
        await site.ExpectInLogAsync("Denied PUBLISH from pi-1 (", $"'{topic}'");
    }

    [Fact]
    public async Task Will_OnATopicOfAnotherDevice_IsNotPublished()
    {
        await site.ListenAsync();
        var options = site.Device("pi-1") with { Will = TestBench.Message("coldchain/v1/pi-2/up/status", "a lie") };
        await site.ConnectAsync(options);
        await site.ConnectAsync(options with { Will = TestBench.Message("coldchain/v1/pi-1/up/status", "the truth") }); // Throws the first out,
        await site.ConnectAsync(options with { Will = null }); // and this one the second.

        await Patience.UntilAsync(() => site.Heard.Count > 0);
        site.Heard.Should().Equal("coldchain/v1/pi-1/up/status the truth");
    }

    [Theory]
    [InlineData("#")]
    [InlineData("coldchain/v1/+/down/#")]
    [InlineData("coldchain/v1/#")]
    [InlineData("coldchain/v1/pi-2/down/ack")]
    [InlineData("$SYS/#")]
    public async Task Subscription_BeyondItsOwnTopics_BringsNothingOfOthers(string filter)
    {
        var seen = new ConcurrentQueue<string>();
        var server = await site.ConnectAsync(site.Server("server"));
        var other = await site.ConnectAsync(site.Device("pi-2"));
        var curious = await site.ConnectAsync(site.Device("pi-1"), seen.Enqueue);
        await curious.SubscribeAsync(filter, Patience.Token());
        await curious.SubscribeAsync("coldchain/v1/pi-1/down/#", Patience.Token());

        await server.PublishAsync(TestBench.Message("coldchain/v1/pi-2/down/ack", "not for pi-1"), Patience.Token());
        await other.PublishAsync(TestBench.Message("coldchain/v1/pi-2/up/live", "not for pi-1"), Patience.Token());
        await server.PublishAsync(TestBench.Message("coldchain/v1/pi-1/down/ack", "for pi-1"), Patience.Token());

        await Patience.UntilAsync(() => !seen.IsEmpty);
        seen.Should().OnlyContain(text => text == "coldchain/v1/pi-1/down/ack for pi-1");
        await site.ExpectInLogAsync($"\t{filter} (QoS 1)");
    }

    [Fact]
    public async Task MessageAboveTheLimit_ClosesTheConnection_AndTheNextIsHeard()
    {
        await site.ListenAsync();
        var device = await site.ConnectAsync(site.Device("pi-1") with { PacketSizeMax = 1_000_000 });

        await device.Invoking(d => d.PublishAsync(TestBench.Message("coldchain/v1/pi-1/up/live", new string('x', 70_000)), Patience.Token()))
            .Should().ThrowAsync<MqttLinkException>();

        await site.ExpectInLogAsync("Client pi-1 disconnected due to oversize packet.");
        await ShouldBeHeardAsync("pi-1");
    }

    [Fact]
    public async Task RetainedMessage_ClosesTheConnection_AndTheNextIsHeard()
    {
        await site.ListenAsync();

        await PubAsync("pi-1", "-q", "1", "-r");

        await site.ExpectInLogAsync("Bad socket read/write on client pi-1: Unknown error.");
        await ShouldBeHeardAsync("pi-1");
    }

    [Fact]
    public async Task MessageOfQualityOfService2_ClosesTheConnection_AndTheNextIsHeard()
    {
        await site.ListenAsync();

        await PubAsync("pi-1", "-q", "2");

        await site.ExpectInLogAsync("Too high QoS in PUBLISH from pi-1, disconnecting.");
        await ShouldBeHeardAsync("pi-1");
    }

    private async Task PubAsync(string device, params string[] options)
    {
        await using var tool = Interop.Tool.Start(
            "mosquitto_pub",
            [
                "-h", "localhost", "-p", $"{site.Broker.DevicePort}", "--cafile", site.Broker.CaFile, "-u", device,
                "-P", (await File.ReadAllTextAsync(site.Broker.DevicePasswordFile(device))).Trim(), "-t", $"coldchain/v1/{device}/up/live", "-m", "x", .. options,
            ]);
        (await tool.EndAsync()).ExitCode.Should().NotBe(0);
    }

    private async Task ShouldBeHeardAsync(string device)
    {
        var next = await site.ConnectAsync(site.Device(device));
        await next.PublishAsync(TestBench.Message($"coldchain/v1/{device}/up/live", "good"), Patience.Token());
        await Patience.UntilAsync(() => site.Heard.Contains($"coldchain/v1/{device}/up/live good"));
        site.Heard.Should().ContainSingle();
    }
}
