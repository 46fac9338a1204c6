using ColdChain.Core.Wire;

namespace ColdChain.Core.Tests.Wire;

public class ShownTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("Réfrigérateur 温度 😀", "Réfrigérateur 温度 😀")]
    [InlineData("a\r\n[ERROR] forged\u001b[31m\0\u0085", "a\uFFFD\uFFFD[ERROR] forged\uFFFD[31m\uFFFD\uFFFD")]
    public void Text_IsShownOnOneLineOfWholeCharacters(string text, string shown) => ShownText.Of(text).Should().Be(shown);

    [Theory]
    [InlineData("12345", 5, "12345")]
    [InlineData("123456", 5, "1234…")]
    [InlineData("123😀6", 5, "123…")]
    [InlineData("12😀56", 5, "12😀…")]
    [InlineData("ab", 1, "…")]
    public void Text_TooLong_IsCutAtAWholeCharacter(string text, int lengthMax, string shown) => ShownText.Of(text, lengthMax).Should().Be(shown);

    // Not in the table above: an attribute cannot hold half a character.
    [Fact]
    public void Text_WithHalvesOfCharacters_IsShownWithoutThem() => ShownText.Of("\ude00\ud83d\ude00\ud83d").Should().Be("\uFFFD😀\uFFFD");
}
