using ColdChain.Mqtt.Link;
using ColdChain.Mqtt.Packets;

namespace ColdChain.Mqtt.Tests.Codec;

/// <summary>Packets that somebody else's software wrote; each file says how they were recorded.</summary>
public sealed class ForeignVectorTests
{
    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder, "*.txt").Select(file => Path.GetFileNameWithoutExtension(file)).Order()];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Vectors");

    [Fact]
    public void Folder_HoldsTheRecordings() => Files.Should().HaveCountGreaterThanOrEqualTo(16);

    [Theory]
    [MemberData(nameof(Files))]
    public void Packets_OfOurVersion_DecodeAndEncodeToTheSameBytes(string file)
    {
        foreach (var bytes in Packets(file).Where(bytes => !IsBeyondUs(file, bytes)))
        {
            var decoding = Some.Decode(bytes);
            decoding.Fault.Should().BeNull(Convert.ToHexString(bytes));
            decoding.Consumed.Should().Be(bytes.Length);
            Convert.ToHexString(Some.Encode(decoding.Packet!)).Should().Be(Convert.ToHexString(bytes));
        }
    }

    [Fact]
    public void ConnectWithWill_HasAllItsFields()
    {
        var connect = First<ConnectPacket>("connect-will");
        connect.ClientId.Should().Be("willing");
        connect.UserName.Should().Be("technician");
        connect.Password!.Value.ToArray().Should().Equal("s€cret"u8.ToArray());
        connect.KeepAliveSeconds.Should().Be(30);
        connect.CleanSession.Should().BeTrue();
        connect.Will!.Retain.Should().BeTrue();
        connect.Will.Message.Topic.Should().Be("pi-1/gone");
        connect.Will.Message.Qos.Should().Be(QualityOfService.AtLeastOnce);
        connect.Will.Message.Payload.ToArray().Should().Equal("bye"u8.ToArray());
    }

    [Fact]
    public void Unicode_IsReadAsItWasTyped()
    {
        var publish = First<PublishPacket>("publish-unicode");
        publish.Message.Topic.Should().Be("réfrigérateur/温度/🩸");
        publish.Message.Payload.ToArray().Should().Equal("4,2 °C"u8.ToArray());
    }

    [Fact]
    public void OtherVersions_AreRecognised()
    {
        First<UnsupportedConnectPacket>("connect-v5").IsVersion5.Should().BeTrue();
        First<UnsupportedConnectPacket>("connect-v31").Should().Be(new UnsupportedConnectPacket("MQIsdp", 3));
    }

    [Fact]
    public void QualityOfService2_IsRefusedOnPublish_AndReadAs1OnSubscribe()
    {
        Packets("publish-qos2").Select(bytes => Some.Decode(bytes).Fault).OfType<string>().Should().HaveCount(4)
            .And.AllSatisfy(fault => fault.Should().Contain("quality of service 2"));
        First<SubscribePacket>("subscribe-qos2").Subscriptions.Should().Equal(new Subscription("a", QualityOfService.AtLeastOnce));
    }

    private static bool IsBeyondUs(string file, byte[] bytes) => file switch
    {
        "connect-v5" => true,
        "connect-v31" => bytes[0] == 0x10,
        "publish-qos2" => Some.Decode(bytes).Fault is not null,
        "subscribe-qos2" => bytes[0] == 0x82,
        _ => false,
    };

    private static T First<T>(string file)
        where T : Packet => Packets(file).Select(bytes => Some.Decode(bytes).Packet).OfType<T>().First();

    private static IEnumerable<byte[]> Packets(string file) => File.ReadLines(Path.Combine(Folder, $"{file}.txt"))
        .Where(line => line.StartsWith("> ", StringComparison.Ordinal) || line.StartsWith("< ", StringComparison.Ordinal))
        .Select(line => Convert.FromHexString(line[2..]));
}
