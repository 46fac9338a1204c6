using System.Text.Json;
using ColdChain.Server.Reports.Desk;

namespace ColdChain.Server.Tests.Reports.Desk;

public sealed class JsonDifferencesTests
{
    [Theory]
    [InlineData("""{"a":1,"b":[1,2]}""", """{"b":[1,2],"a":1.0}""", "")]
    [InlineData("""{"a":1}""", """{"a":2}""", "a")]
    [InlineData("""{"a":{"b":1,"c":"x"}}""", """{"a":{"b":1,"c":"y"}}""", "a.c")]
    [InlineData("""{"a":{"b":1}}""", """{"a":{}}""", "a.b")]
    [InlineData("""{"a":{}}""", """{"a":{"b":null}}""", "a.b")]
    [InlineData("""{"a":[{"b":1},{"b":2}]}""", """{"a":[{"b":1},{"b":3,"c":4}]}""", "a[1].b a[1].c")]
    [InlineData("""{"a":[1,2]}""", """{"a":[0,1,2]}""", "a")]
    [InlineData("""{"a":[1],"b":true}""", """{"a":{"0":1},"b":false}""", "a b")]
    public void Members_ThatDiffer_AreNamed(string before, string now, string named)
    {
        using var one = JsonDocument.Parse(before);
        using var other = JsonDocument.Parse(now);

        string.Join(' ', JsonDifferences.Between(one.RootElement, other.RootElement)).Should().Be(named);
    }
}
