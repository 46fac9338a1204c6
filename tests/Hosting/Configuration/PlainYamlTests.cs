using ColdChain.Hosting.Configuration;
using YamlDotNet.Core;

namespace ColdChain.Hosting.Tests.Configuration;

/// <summary>What a hand does not write is refused before a tree is made of it.</summary>
public sealed class PlainYamlTests
{
    [Fact]
    public void Nesting_UpToTheLimit_IsRead() => PlainYaml.Load(new StringReader(Nested(PlainYaml.DepthMax))).Documents.Should().ContainSingle();

    [Theory]
    [InlineData(PlainYaml.DepthMax + 1)]
    [InlineData(100_000)]
    public void Nesting_BeyondTheLimit_IsRefused(int depth) => Load(Nested(depth)).Should().Throw<YamlException>().WithMessage("*deeper than 32 levels*");

    [Theory]
    [InlineData("a: &a [1]\nb: *a\n", 2)]
    [InlineData("&a [*a]", 1)]
    [InlineData("? &a {*a : 1}\n: 1", 1)]
    public void Alias_IsRefusedWithItsLine(string text, int line)
    {
        var refused = Load(text).Should().Throw<YamlException>().WithMessage("The alias '*a' is not read here: write what it stands for.");
        refused.Which.Start.Line.Should().Be(line);
    }

    [Fact]
    public void Text_OnWhichTheLibraryLosesItsWay_IsRefusedLikeAnyOther() => Load("- {\nn").Should().Throw<YamlException>();

    private static Action Load(string text) => () => PlainYaml.Load(new StringReader(text));

    private static string Nested(int depth) => new string('[', depth) + new string(']', depth);
}
