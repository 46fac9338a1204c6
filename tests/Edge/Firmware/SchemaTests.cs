using System.Text.Json.Nodes;
using ColdChain.Edge.Sensors;
using ColdChain.Edge.Sensors.Simulated;
using ColdChain.Edge.Tests.Support;
using ColdChain.Hosting.Configuration;
using ColdChain.Tests.Shared;

namespace ColdChain.Edge.Tests.Firmware;

/// <summary>The schema helps in an editor; the agent itself decides. So the two are held against each other.</summary>
public sealed class SchemaTests : IDisposable
{
    private static readonly JsonNode Schema = JsonNode.Parse(
        File.ReadAllText(Path.Combine(Repository.Root, "firmware-config", "edge.schema.json")))!;

    private readonly TempFolder _folder = new();

    [Fact]
    public void Kinds_AreThoseOfTheAgent() =>
        Schema["properties"]!["probes"]!["items"]!["oneOf"]!.AsArray().Select(kind => ((string)kind!["$ref"]!).Split('/')[^1])
            .Should().BeEquivalentTo(SensorKinds.Create().Keys);

    [Fact]
    public void Models_AreThoseOfTheAgent() =>
        Properties("simulated")["model"]!["enum"]!.AsArray().Select(model => (string)model!)
            .Should().BeEquivalentTo(ModelParameters.Presets.Keys);

    [Theory]
    [InlineData("simulated")]
    [InlineData("replay")]
    [InlineData("canary")]
    [InlineData("hwmon")]
    [InlineData("w1")]
    [InlineData("iio")]
    [InlineData("switch")]
    public void KeysOfAKind_AreThoseThatTheAgentKnows(string kind)
    {
        var read = () => EdgeYaml.Read(_folder.Write("edge.yaml", $$"""
            device: fridge-7
            broker: {host: localhost}
            outbox: {path: outbox.db}
            probes:
              - {kind: {{kind}}, noSuchKey: 1}
            """));

        var message = read.Should().Throw<ConfigException>().Which.Message;
        var known = message.Split("'noSuchKey' is not a key that is known here; use ")[1].Split(", or remove it")[0].Split(", ");
        Properties(kind).Select(property => property.Key).Should().BeEquivalentTo(known);
        ((string)Properties(kind)["kind"]!["const"]!).Should().Be(kind);
    }

    [Theory]
    [InlineData("broker")]
    [InlineData("outbox")]
    [InlineData("lamps")]
    public void KeysOfASection_AreThoseThatTheAgentKnows(string section)
    {
        var read = () => EdgeYaml.Read(_folder.Write("edge.yaml", $"{section}: {{noSuchKey: 1}}\n"));

        var message = read.Should().Throw<ConfigException>().Which.Message;
        var known = message.Split("'noSuchKey' is not a key that is known here; use ")[1].Split(", or remove it")[0].Split(", ");
        Schema["properties"]![section]!["properties"]!.AsObject().Select(property => property.Key).Should().BeEquivalentTo(known);
    }

    public void Dispose() => _folder.Dispose();

    private static JsonObject Properties(string kind) => Schema["$defs"]![kind]!["properties"]!.AsObject();
}
