using ColdChain.Core.Isbt;

namespace ColdChain.Core.Tests.Isbt;

public class Mod37Tests
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /// <summary>The first is JPAC's published example; all were computed by two independent algorithms.</summary>
    [Theory]
    [InlineData("G123498654321", 'H', 17)]
    [InlineData("W000026123456", '*', 36)]
    [InlineData("W000026000001", 'F', 15)]
    [InlineData("W000026000099", '0', 0)]
    [InlineData("A999924123457", 'O', 24)]
    [InlineData("W000022000687", 'S', 28)]
    [InlineData("Z999999999999", 'P', 25)]
    [InlineData("MA00126000042", '4', 4)]
    public void CheckCharacter_KnownNumbers_IsTheKnownOne(string text, char character, int value)
    {
        Mod37.CheckCharacter(text).Should().Be(character);
        Mod37.CheckValue(text).Should().Be(value);
    }

    [Fact]
    public void CheckCharacter_AnyOneCharacterChanged_Differs()
    {
        const string text = "G123498654321";
        var changed = Enumerable.Range(0, text.Length).SelectMany(i => Alphabet.Where(c => c != text[i]).Select(c => text[..i] + c + text[(i + 1)..])).ToList();
        changed.Should().HaveCount(13 * 35).And.OnlyContain(wrong => Mod37.CheckCharacter(wrong) != 'H');
    }

    [Fact]
    public void CheckCharacter_NeighboursExchanged_Differs()
    {
        const string text = "G123498654321H";
        for (var i = 0; i + 1 < text.Length; i++)
        {
            var exchanged = $"{text[..i]}{text[i + 1]}{text[i]}{text[(i + 2)..]}";
            Mod37.CheckCharacter(exchanged.AsSpan(0, 13)).Should().NotBe(exchanged[13]);
        }
    }

    [Theory]
    [InlineData("w0")]
    [InlineData("1*")]
    [InlineData("1 ")]
    public void CheckCharacter_OtherCharacter_Throws(string text)
    {
        var check = () => Mod37.CheckCharacter(text);
        check.Should().Throw<ArgumentException>();
    }
}
