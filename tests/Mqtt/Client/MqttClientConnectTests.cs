using ColdChain.Mqtt.Client;
using ColdChain.Mqtt.Link;
using ColdChain.Mqtt.Packets;
using ColdChain.Tests.Shared;

namespace ColdChain.Mqtt.Tests.Client;

public sealed class MqttClientConnectTests : IAsyncLifetime
{
    private readonly FakeServer server = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task Connect_SendsEverythingThatTheOptionsSay()
    {
        var options = server.Options with
        {
            UserName = "pi-1", Password = "secret"u8.ToArray(), KeepAlive = TimeSpan.FromSeconds(30), Will = TestBench.Message("will", "gone"),
        };
        var connecting = ConnectAsync(options);
        var peer = await server.AcceptAsync();

        var connect = (await peer.ReadAsync()).Should().BeOfType<ConnectPacket>().Subject;
        connect.ClientId.Should().Be("pi-1");
        connect.CleanSession.Should().BeTrue();
        connect.KeepAliveSeconds.Should().Be(30);
        connect.UserName.Should().Be("pi-1");
        connect.Password!.Value.ToArray().Should().Equal("secret"u8.ToArray());
        connect.Will!.Message.Topic.Should().Be("will");

        await peer.SendAsync(new ConnAckPacket(false, ConnectReturnCode.Accepted));
        await (await connecting).DisposeAsync();
        (await peer.ReadAsync()).Should().BeOfType<DisconnectPacket>("the client says good-bye");
        (await peer.ReadAsync()).Should().BeNull();
    }

    [Fact]
    public async Task Refusal_IsAnErrorWithItsReason_AndTheConnectionIsClosed()
    {
        var connecting = ConnectAsync(server.Options);
        var peer = await server.AcceptAsync();
        await peer.ReadAsync();
        await peer.SendAsync(new ConnAckPacket(false, ConnectReturnCode.BadUserNameOrPassword));

        await ShouldFailAsync(connecting, "*as 'pi-1'*return code 4*");
        (await peer.ReadAsync()).Should().BeNull();
    }

    [Theory]
    [InlineData("D000", "*PingRespPacket*")]
    [InlineData("485454502F312E31", "*not MQTT*")]
    [InlineData("", "*closed the connection*")]
    public async Task WrongAnswer_IsAnErrorWithItsReason(string hex, string reason)
    {
        var connecting = ConnectAsync(server.Options);
        var peer = await server.AcceptAsync();
        await peer.ReadAsync();
        await peer.SendBytesAsync(Convert.FromHexString(hex));
        await peer.DisposeAsync();

        await ShouldFailAsync(connecting, reason);
    }

    [Fact]
    public async Task NoAnswer_EndsAtTheTimeLimit()
    {
        var time = new ManualTimeProvider();
        var connecting = ConnectAsync(server.Options, time);
        var peer = await server.AcceptAsync();
        await peer.ReadAsync();

        time.Advance(TimeSpan.FromSeconds(15));

        await ShouldFailAsync(connecting, "*not connected within 15 s*");
        (await peer.ReadAsync()).Should().BeNull();
    }

    [Fact]
    public async Task NobodyListening_IsAnError()
    {
        var options = server.Options;
        await server.DisposeAsync();
        await ShouldFailAsync(ConnectAsync(options), "Cannot connect to 127.0.0.1:*");
    }

    [Fact]
    public async Task Cancellation_IsACancellation()
    {
        using var cancellation = new CancellationTokenSource();
        var connecting = MqttClient.ConnectAsync(server.Options, (_, _) => Task.CompletedTask, TimeProvider.System, cancellation.Token);
        await server.AcceptAsync();
        await cancellation.CancelAsync();
        await connecting.Invoking(c => c.WithinLimitAsync()).Should().ThrowAsync<OperationCanceledException>();
    }

    public static TheoryData<MqttClientOptions> Contradictions
    {
        get
        {
            var good = new MqttClientOptions { Host = "127.0.0.1", Port = 1, ClientId = "pi-1" };
            return
            [
                good with { Password = "secret"u8.ToArray() },
                good with { KeepAlive = TimeSpan.Zero },
                good with { KeepAlive = TimeSpan.FromSeconds(65_536) },
                good with { KeepAlive = TimeSpan.FromSeconds(1.5) },
                good with { ClientId = new string('x', 65_536) },
                good with { InFlightMax = 0 },
                good with { InFlightMax = 65_536 },
                good with { Will = TestBench.Message("a/#") },
            ];
        }
    }

    [Theory]
    [MemberData(nameof(Contradictions))]
    public async Task Options_ThatContradictMqtt_AreRefusedAtOnce(MqttClientOptions options) =>
        await options.Invoking(o => ConnectAsync(o)).Should().ThrowAsync<ArgumentException>();

    private static Task<MqttClient> ConnectAsync(MqttClientOptions options, TimeProvider? time = null) =>
        MqttClient.ConnectAsync(options, (_, _) => Task.CompletedTask, time ?? TimeProvider.System, Patience.Token());

    private static async Task ShouldFailAsync(Task connecting, string reason) =>
        (await connecting.Invoking(c => c.WithinLimitAsync()).Should().ThrowAsync<MqttLinkException>()).WithMessage(reason);
}
