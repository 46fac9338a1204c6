using System.Buffers;
using System.Net.Sockets;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Mqtt.Codec;
using ColdChain.Mqtt.Link;
using ColdChain.Mqtt.Packets;
using ColdChain.Server.Store;

namespace ColdChain.EndToEnd.Tests.BadInput;

/// <summary>What devices and strangers send wrongly. The log tells of who is refused, the event log of what.</summary>
internal static class MqttRows
{
    private const string TenMillion = "10485";

    public static IReadOnlyList<BadInputRow> All { get; } =
    [
        new("unknown device", scene => SignInAsync(scene, "stranger", "x"), "device stranger", "is not in the fleet file", "enrol it there"),
        new("wrong secret", scene => SignInAsync(scene, "pi-2", "x"), "the secret of device pi-2", "is wrong or missing", "'device-secret pi-2'"),
        new("wrong topic", scene => PublishOnAsync(scene, "coldchain/v1/pi-1/up/live"), "'coldchain/v1/pi-1/up/live'", "'pi-2' may not publish", "use its own topics"),
        new("topic that nobody hears", scene => PublishOnAsync(scene, "coldchain/v1/pi-2/up/alive"), "'coldchain/v1/pi-2/up/alive'", "'pi-2' may not publish", "use its own topics"),
        new("bad JSON", scene => RefusedAsync(scene, "{\"v\":4"), "the pack", "is StartObject, not an array", "send an array of SenML records"),
        new("NaN", scene => RefusedAsync(scene, scene.Speaker.Record("NaN")), "the pack", "'N' is an invalid start of a value", "send one whole SenML JSON array"),
        new("NaN as text", scene => RefusedAsync(scene, scene.Speaker.Record("\"NaN\"")), "record 1 label 'v'", "is the text 'NaN', not a number", "send a JSON number such as 4.25"),
        new("1e308", scene => RefusedAsync(scene, scene.Speaker.Record("1e308")), "record 1 label 'v'", "is '1e308', which is too large", "send degrees Celsius"),
        new("1970", scene => RefusedAsync(scene, scene.Speaker.Record("4", "3600")), "record 1 has the time 3600 s", "below it means relative to now", "send bt + t as seconds since 1970"),
        new("year 2100", Year2100Async, "pi-2/load", "measured at 2100-01-01T00:00:00.000Z", "set the clock of the device or of the server"),
        new("bad UTF-8", scene => RefusedAsync(scene, [(byte)'[', 0xC3, 0x28, (byte)']']), "the pack", "is not UTF-8", "send SenML JSON (RFC 8428) in UTF-8"),
        new("half a pack", HalfAsync, "the pack", "is not JSON: Expected", "send one whole SenML JSON array"),
        new("another device's readings", scene => RefusedAsync(scene, scene.Speaker.Record("4").Replace("pi-2/", "pi-1/", StringComparison.Ordinal)), "device 'pi-1'", "came on the topic of 'pi-2'", "publish each device's readings on its own topic"),
        new("pack without numbers", scene => RefusedAsync(scene, $"[{{\"n\":\"pi-2/load\",\"t\":{TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()},\"v\":4}}]"), "the pack", "has no epoch and seq", "'foreign: true' in the fleet file"),
        new("bad heartbeat", BadHeartbeatAsync, "the heartbeat: epoch", "is missing or empty", "send a text of 1 to 64 characters"),
        new("10 MB payload", TenMegabytesAsync, "client 'pi-2'", $"the packet of {TenMillion}", "send smaller messages"),
    ];

    private static async Task<string> SignInAsync(BadInputScene scene, string user, string password)
    {
        var signIn = () => scene.Speaker.ConnectAsync(user, password);
        (await signIn.Should().ThrowAsync<MqttLinkException>()).WithMessage($"*{nameof(ConnectReturnCode.BadUserNameOrPassword)}*");
        return await scene.LogLineAsync($"device {user}");
    }

    private static async Task<string> PublishOnAsync(BadInputScene scene, string topic)
    {
        var publish = () => scene.Speaker.PublishAsync(PackCodec.Encode(scene.Speaker.Pack(1000, (Instant.Now(TimeProvider.System), "9"))), topic);
        await publish.Should().ThrowAsync<MqttLinkException>("the connection is closed");
        return await scene.LogLineAsync(topic);
    }

    private static Task<string> RefusedAsync(BadInputScene scene, string json) => RefusedAsync(scene, System.Text.Encoding.UTF8.GetBytes(json));

    private static async Task<string> RefusedAsync(BadInputScene scene, byte[] payload)
    {
        await scene.Speaker.PublishAsync(payload);
        return await scene.EventAsync(EventKinds.MessageRefused, scene.Speaker.Id);
    }

    private static async Task<string> Year2100Async(BadInputScene scene)
    {
        var at = Instant.From(new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await scene.Speaker.PublishAsync(scene.Speaker.NextPack((at, "4")));
        return await scene.EventAsync(EventKinds.ReadingRefused, scene.Speaker.Id);
    }

    private static Task<string> HalfAsync(BadInputScene scene)
    {
        var whole = PackCodec.Encode(scene.Speaker.Pack(1000, scene.Samples(_ => "9")));
        return RefusedAsync(scene, whole[..(whole.Length / 2)]);
    }

    private static async Task<string> BadHeartbeatAsync(BadInputScene scene)
    {
        await scene.Speaker.PublishAsync("{}"u8.ToArray(), Topics.Up(scene.Speaker.Id, UpKind.Status));
        return await scene.EventAsync(EventKinds.MessageRefused, scene.Speaker.Id);
    }

    // Our client would not send it; a socket does.
    private static async Task<string> TenMegabytesAsync(BadInputScene scene)
    {
        var bytes = new ArrayBufferWriter<byte>();
        PacketEncoder.Encode(new ConnectPacket("pi-2", CleanSession: true, KeepAliveSeconds: 60) { UserName = "pi-2", Password = "secret"u8.ToArray() }, bytes);
        PacketEncoder.Encode(new PublishPacket(new MqttMessage(Topics.Up(scene.Speaker.Id, UpKind.Live), new byte[10 * 1024 * 1024]), PacketId: 1), bytes);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(scene.Server.MqttAddress);
        try
        {
            await socket.SendAsync(bytes.WrittenMemory);
        }
        catch (SocketException)
        {
            // The server has seen the length and closed: the rest has nowhere to go.
        }

        return await scene.LogLineAsync("larger than the limit");
    }
}
