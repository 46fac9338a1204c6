using ColdChain.Mqtt.Endpoint;
using ColdChain.Mqtt.Link;
using ColdChain.Mqtt.Packets;
using ColdChain.Tests.Shared;

namespace ColdChain.Mqtt.Tests.Endpoint;

public sealed class HandshakeTests
{
    [Fact]
    public async Task WrongPassword_IsRefusedWithCode4_AndReported()
    {
        await using var bench = new TestBench();
        var raw = await bench.ConnectRawAsync();

        (await raw.IntroduceAsync(RawPeer.Connect("pi-1") with { UserName = "pi-1", Password = "guess"u8.ToArray() }))
            .Should().Be(ConnectReturnCode.BadUserNameOrPassword);

        (await raw.ReadAsync()).Should().BeNull("the connection is closed");
        (await bench.Events.ExpectAsync(MqttEventKind.Refused)).Should().Contain("client 'pi-1'").And.Contain("wrong password");
        bench.Endpoint.Counters.ConnectionsRefused.Should().Be(1);
        (await (await bench.ConnectRawAsync()).IntroduceAsync(RawPeer.Connect("pi-1") with { UserName = "pi-1", Password = "secret"u8.ToArray() }))
            .Should().Be(ConnectReturnCode.Accepted);
    }

    [Fact]
    public async Task Version5_IsRefusedInItsOwnForm_AndClosed()
    {
        await using var bench = new TestBench();
        var raw = await bench.ConnectRawAsync();
        await raw.SendBytesAsync(Convert.FromHexString("101400044D5154540502003C03210014000466697665"));
        (await raw.ReadToEndAsync()).Should().Equal(0x20, 0x03, 0x00, 0x84, 0x00);
        (await bench.Events.ExpectAsync(MqttEventKind.Refused)).Should().Contain("MQTT level 5").And.Contain("use MQTT 3.1.1");
    }

    [Fact]
    public async Task Version31_IsRefusedWithCode1_AndClosed()
    {
        await using var bench = new TestBench();
        var raw = await bench.ConnectRawAsync();
        await raw.SendBytesAsync(Convert.FromHexString("101100064D51497364700302003C00036F6C64"));
        (await raw.ReadToEndAsync()).Should().Equal(0x20, 0x02, 0x00, 0x01);
    }

    [Fact]
    public async Task SessionToKeep_IsAccepted_ButNeverPresent()
    {
        await using var bench = new TestBench();
        for (var attempt = 0; attempt < 2; attempt++)
        {
            var raw = await bench.ConnectRawAsync();
            await raw.SendAsync(new ConnectPacket("lasting", CleanSession: false, 0));
            (await raw.ReadAsync()).Should().Be(new ConnAckPacket(SessionPresent: false, ConnectReturnCode.Accepted));
        }
    }

    [Fact]
    public async Task MissingClientId_GetsOne_OnlyWithACleanSession()
    {
        await using var bench = new TestBench();
        (await (await bench.ConnectRawAsync()).IntroduceAsync(new ConnectPacket("", CleanSession: true, 0))).Should().Be(ConnectReturnCode.Accepted);
        (await (await bench.ConnectRawAsync()).IntroduceAsync(new ConnectPacket("", CleanSession: false, 0))).Should().Be(ConnectReturnCode.IdentifierRejected);
    }

    [Fact]
    public async Task Will_WhereTheIdentityMayNotPublish_IsRefusedWithCode5()
    {
        await using var bench = new TestBench();
        var connect = RawPeer.Connect("pi-1") with { Will = new Will(TestBench.Message("forbidden/will")) };
        (await (await bench.ConnectRawAsync()).IntroduceAsync(connect)).Should().Be(ConnectReturnCode.NotAuthorized);
    }

    [Fact]
    public async Task SameClientAgain_TakesOver_AndTheOlderConnectionIsClosed()
    {
        await using var bench = new TestBench();
        var older = await bench.ConnectRawAsync("pi-1");
        var newer = await bench.ConnectRawAsync("pi-1");

        (await older.ReadAsync()).Should().BeNull();
        await bench.Events.ExpectAsync(MqttEventKind.Lost, "took over");
        await newer.SendAsync(new PingReqPacket());
        (await newer.ReadAsync()).Should().BeOfType<PingRespPacket>();
    }

    [Fact]
    public async Task ClientIdOfSomebodyElse_IsRefused_AndTheOwnerStays()
    {
        await using var bench = new TestBench();
        var owner = await bench.ConnectRawAsync("pi-1");
        var thief = RawPeer.Connect("pi-1") with { UserName = "thief", Password = "secret"u8.ToArray() };

        (await (await bench.ConnectRawAsync()).IntroduceAsync(thief)).Should().Be(ConnectReturnCode.IdentifierRejected);

        await owner.SendAsync(new PingReqPacket());
        (await owner.ReadAsync()).Should().BeOfType<PingRespPacket>();
    }

    [Fact]
    public async Task Silence_BeforeConnect_EndsAtTheTimeLimit()
    {
        var time = new ManualTimeProvider();
        await using var bench = new TestBench(time: time);
        var raw = await bench.ConnectRawAsync();
        await raw.SendBytesAsync(0x10);
        await Patience.UntilAsync(() => time.NextTimerIn == TimeSpan.FromSeconds(10));

        time.Advance(TimeSpan.FromSeconds(10));

        (await raw.ReadAsync()).Should().BeNull();
        await bench.Events.ExpectAsync(MqttEventKind.Lost, "no CONNECT within 10 s");
    }

    [Theory]
    [InlineData("C000", "first packet is not CONNECT")]
    [InlineData("474554202F20485454502F312E310D0A0D0A", "reserved flags")]
    [InlineData("1603010200010001FC0303", "reserved flags")]
    [InlineData("10FFFFFF7F", "larger than the limit")]
    public async Task Strangers_AreClosedWithAReason_AndTouchNothingElse(string hex, string reason)
    {
        await using var bench = new TestBench();
        var neighbour = await bench.ConnectRawAsync("neighbour");
        var raw = await bench.ConnectRawAsync();

        await raw.SendBytesAsync(Convert.FromHexString(hex));

        (await raw.ReadToEndAsync()).Should().BeEmpty();
        await bench.Events.ExpectAsync(MqttEventKind.Malformed, reason);
        await neighbour.SendAsync(new PingReqPacket());
        (await neighbour.ReadAsync()).Should().BeOfType<PingRespPacket>();
    }

    [Fact]
    public async Task Refusals_TellWhoItWas_TheSameEachTime()
    {
        await using var bench = new TestBench();
        var tooLong = new string('x', 200);

        foreach (var user in new[] { "pi-1", "pi-1", tooLong })
        {
            var raw = await bench.ConnectRawAsync();
            (await raw.IntroduceAsync(RawPeer.Connect("c") with { UserName = user, Password = "wrong"u8.ToArray() })).Should().Be(ConnectReturnCode.BadUserNameOrPassword);
        }

        var refused = await bench.ConnectRawAsync("pi-2");
        await refused.SendAsync(new PublishPacket(TestBench.Message("forbidden"), 1));
        await bench.Events.ExpectAsync(MqttEventKind.TopicRefused);

        bench.Events.All.Where(e => e.Kind == MqttEventKind.Refused).Select(e => e.Who).Should().Equal("pi-1", "pi-1", new string('x', 127) + "…");
        bench.Events.All.Where(e => e.Kind == MqttEventKind.TopicRefused).Select(e => e.Who).Should().Equal("pi-2");
    }

    [Fact]
    public async Task Connections_BeyondTheLimit_AreClosedAtOnce_UntilOneEnds()
    {
        await using var bench = new TestBench(options => options with { ConnectionsMax = 1 });
        var first = await bench.ConnectRawAsync("first");

        (await (await bench.ConnectRawAsync()).ReadAsync()).Should().BeNull();
        (await bench.Events.ExpectAsync(MqttEventKind.Refused)).Should().Contain("limit of 1 connections");

        await first.SendAsync(new DisconnectPacket());
        await Patience.UntilAsync(() => bench.Endpoint.Counters.ConnectionsOpen == 0);
        await bench.ConnectRawAsync("second");
    }

    [Fact]
    public async Task Policy_ThatThrows_CostsThatConnectionOnly()
    {
        await using var bench = new TestBench(policy: new BrokenPolicy()) { ExpectsFaults = true };
        var raw = await bench.ConnectRawAsync();
        await raw.SendAsync(RawPeer.Connect("bad"));
        (await raw.ReadAsync()).Should().BeNull();
        await bench.Events.ExpectAsync(MqttEventKind.Fault, "the policy is broken");
        await bench.ConnectRawAsync("good");
    }

    [Fact]
    public async Task Port_ThatIsTaken_IsAnErrorThatNamesIt()
    {
        await using var bench = new TestBench();
        var start = () => new TestBench(options => options with { Listeners = [new MqttListener(bench.Endpoint.LocalEndPoint)] });
        start.Should().Throw<IOException>().WithMessage($"Cannot listen on 127.0.0.1:{bench.Port}:*Choose another port*");
    }

    [Fact]
    public void Limits_ThatMakeNoSense_AreRefused()
    {
        FluentActions.Invoking(() => new TestBench(options => options with { Listeners = [] })).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new TestBench(options => options with { OutboundMax = 65_536 })).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new TestBench(options => options with { InboundMax = 0 })).Should().Throw<ArgumentOutOfRangeException>();
    }

    private sealed class BrokenPolicy : IEndpointPolicy
    {
        public ConnectDecision Connect(ConnectAttempt attempt) =>
            attempt.ClientId == "bad" ? throw new InvalidOperationException("the policy is broken") : new ConnectDecision.Accepted(attempt.ClientId);

        public bool MayPublish(string identity, string topic) => true;

        public bool MaySubscribe(string identity, string filter) => true;
    }
}
