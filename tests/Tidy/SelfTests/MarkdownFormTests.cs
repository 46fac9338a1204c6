using ColdChain.Tidy.Tests.Rules;

namespace ColdChain.Tidy.Tests.SelfTests;

public sealed class MarkdownFormTests
{
    [Theory]
    [InlineData("no title", 1)]
    [InlineData("\n# Late", 2)]
    [InlineData("# One\n\n# Two", 3)]
    public void Title_MissingLateOrTwice_IsFound(string text, int line) => Judge(text).Should().Equal($"docs/a.md:{line}");

    [Theory]
    [InlineData("[b](nowhere.md)")]
    [InlineData("[b](../docs/nowhere/)")]
    [InlineData("[b](b.md#no-such-heading)")]
    [InlineData("[b](#no-such-heading)")]
    [InlineData("![b](b.png \"a picture\")")]
    [InlineData("[b](../../outside.md)")]
    public void DeadLink_IsFound(string link) => Judge($"# A\n\n{link}").Should().Equal("docs/a.md:3");

    [Theory]
    [InlineData("[b](b.md)")]
    [InlineData("[b](./b.md#what-is-it)")]
    [InlineData("[b](/docs/b.md)")]
    [InlineData("[b](../docs/)")]
    [InlineData("[b](..)")]
    [InlineData("[b](#a)")]
    [InlineData("[b](https://example.org/nowhere.md)")]
    [InlineData("`[b](nowhere.md)`\n```\n# Not a title\n[b](nowhere.md)\n```")]
    public void LivingLink_IsAllowed(string link) => Judge($"# A\n\n{link}").Should().BeEmpty();

    private static IReadOnlyList<string> Judge(string text) =>
        Sample.Places(new MarkdownForm(), ("docs/a.md", text), ("docs/b.md", "# B\n\n## What is it?"));
}
