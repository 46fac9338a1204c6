using System.Text.Json.Nodes;

namespace ColdChain.Server.Tests.Api;

public sealed class JsonLikenessTests
{
    [Theory]
    [InlineData("""{"a":1,"b":[1,2]}""", """{"b":[1,2],"a":1}""", 0)]
    [InlineData("""{"a":"…"}""", """{"a":{"any":"thing"}}""", 0)]
    [InlineData("""{"a":1,"…":"…"}""", """{"a":1,"b":2}""", 0)]
    [InlineData("""[1,"…"]""", """[1,2,3]""", 0)]
    [InlineData("""{"a":"…"}""", """{"a":null}""", 1)]
    [InlineData("""{"a":1}""", """{"a":2}""", 1)]
    [InlineData("""{"a":1}""", """{"a":"1"}""", 1)]
    [InlineData("""{"a":1}""", """{"a":1,"b":2}""", 1)]
    [InlineData("""{"a":1,"b":2}""", """{"a":1}""", 1)]
    [InlineData("""[1]""", """[1,2]""", 1)]
    [InlineData("""[1,2,"…"]""", """[1]""", 1)]
    public void Differences_AreFoundAndOnlyThose(string shown, string given, int count) =>
        JsonLikeness.Differences(JsonNode.Parse(shown), JsonNode.Parse(given)).Should().HaveCount(count);
}
