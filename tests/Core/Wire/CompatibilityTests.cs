using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Tests.Shared;

namespace ColdChain.Core.Tests.Wire;

/// <summary>
/// A device and a server of neighbouring versions understand each other: what was written before is read now, and what is written now
/// could be read before, because a newer version only adds members that an older reader skips.
/// </summary>
public class CompatibilityTests
{
    public static TheoryData<string> Packs => [.. MessagesOfVersion010.Packs.Keys];

    public static TheoryData<string> Acks => [.. MessagesOfVersion010.Acks.Keys];

    public static TheoryData<string> Statuses => [.. MessagesOfVersion010.Statuses.Keys];

    [Theory]
    [MemberData(nameof(Packs))]
    public void Pack_OfVersion010_IsReadAndWrittenAsItWas(string name)
    {
        var (message, meaning) = (Message(name), MessagesOfVersion010.Packs[name]);
        PackCodec.TryDecode(meaning.Device, message, out var decoded, out var error).Should().BeTrue(error);
        decoded.Should().Be(meaning);
        PackCodec.Encode(meaning).Should().Equal(message);
    }

    [Theory]
    [MemberData(nameof(Acks))]
    public void Ack_OfVersion010_IsReadAndWrittenAsItWas(string name)
    {
        var (message, meaning) = (Message(name), MessagesOfVersion010.Acks[name]);
        ControlCodec.TryDecodeAck(message, out var decoded, out var error).Should().BeTrue(error);
        decoded.Should().BeEquivalentTo(meaning);
        decoded.Ranges.Should().Be(meaning.Ranges);
        ControlCodec.EncodeAck(meaning).Should().Equal(message);
    }

    [Theory]
    [MemberData(nameof(Statuses))]
    public void Status_OfVersion010_IsReadAndWrittenAsItWas(string name)
    {
        var (message, meaning) = (Message(name), MessagesOfVersion010.Statuses[name]);
        ControlCodec.TryDecodeStatus(message, out var decoded, out var error).Should().BeTrue(error);
        decoded.Should().BeEquivalentTo(meaning);
        ControlCodec.EncodeStatus(meaning).Should().Equal(message);
    }

    [Fact]
    public void Messages_OfVersion010_AreAllCheckedHere() =>
        Directory.GetFiles(Folder).Select(Path.GetFileNameWithoutExtension).Should()
            .BeEquivalentTo([.. MessagesOfVersion010.Packs.Keys, .. MessagesOfVersion010.Acks.Keys, .. MessagesOfVersion010.Statuses.Keys]);

    [Fact]
    public void Topics_OfVersion010_AreUnchanged()
    {
        var device = new DeviceId("pi-7");
        Enum.GetValues<UpKind>().Select(kind => Topics.Up(device, kind)).Append(Topics.Ack(device)).Should()
            .Equal("coldchain/v1/pi-7/up/live", "coldchain/v1/pi-7/up/backfill", "coldchain/v1/pi-7/up/status", "coldchain/v1/pi-7/down/ack");
    }

    [Fact]
    public void Pack_WithMembersOfALaterVersion_MeansTheSame() => Prop.ForAll(Some.Packs.ToArbitrary(), Growths, (pack, growth) =>
    {
        PackCodec.TryDecode(pack.Device, Grown(PackCodec.Encode(pack), growth), out var decoded, out var error).Should().BeTrue(error);
        decoded.Should().Be(pack);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Ack_WithMembersOfALaterVersion_MeansTheSame() => Prop.ForAll(Some.Acks.ToArbitrary(), Growths, (ack, growth) =>
    {
        ControlCodec.TryDecodeAck(Grown(ControlCodec.EncodeAck(ack), growth), out var decoded, out var error).Should().BeTrue(error);
        decoded.Should().BeEquivalentTo(ack, options => options.WithStrictOrdering());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Status_WithMembersOfALaterVersion_MeansTheSame() => Prop.ForAll(Some.Statuses.ToArbitrary(), Growths, (status, growth) =>
    {
        ControlCodec.TryDecodeStatus(Grown(ControlCodec.EncodeStatus(status), growth), out var decoded, out var error).Should().BeTrue(error);
        decoded.Should().BeEquivalentTo(status, options => options.WithStrictOrdering());
    }).QuickCheckThrowOnFailure();

    /// <summary>Why such a label needs a topic version of its own: a server that does not know it takes nothing of the pack.</summary>
    [Fact]
    public void Pack_WithALabelThatMustBeUnderstood_IsRefusedWhole() => Prop.ForAll(Some.Packs.ToArbitrary(), pack =>
    {
        var message = Grown(PackCodec.Encode(pack), new Growth("later_", "1", int.MaxValue));
        PackCodec.TryDecode(pack.Device, message, out _, out var error).Should().BeFalse();
        error.Should().Contain("'later_', which must be understood and is not");
    }).QuickCheckThrowOnFailure();

    private static string Folder => Path.Combine(Repository.Root, "tests", "Core", "Wire", "Versions", "0.1.0");

    private static byte[] Message(string name) => Encoding.UTF8.GetBytes(File.ReadAllText(Path.Combine(Folder, name + ".json")).TrimEnd('\n'));

    private static Arbitrary<Growth> Growths => (
        from name in Gen.Elements("later", "s", "ut", "vx", "größe")
        from value in Gen.Elements("1", "\"text\"", "null", "true", "[1,{\"v\":2}]", "{\"seq\":7,\"n\":\"air\"}")
        from places in Gen.Choose(0, int.MaxValue)
        select new Growth(name, value, places)).ToArbitrary();

    /// <summary>The message as a later version would write it: some of its objects, which the bits of Places choose, have one member more.</summary>
    private static byte[] Grown(byte[] message, Growth growth)
    {
        var root = JsonNode.Parse(message)!;
        var objects = Objects(root).ToList();
        foreach (var (grown, place) in objects.Select((grown, place) => (grown, place)))
        {
            if (place == 0 || (growth.Places >> (place % 31) & 1) == 1)
            {
                grown[growth.Name] = JsonNode.Parse(growth.Value);
            }
        }

        return Encoding.UTF8.GetBytes(root.ToJsonString());
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject members => members.ToList().SelectMany(member => Objects(member.Value)).Prepend(members),
        JsonArray items => items.SelectMany(Objects),
        _ => [],
    };

    private sealed record Growth(string Name, string Value, int Places);
}
