using ColdChain.Core.Isbt;

namespace ColdChain.Core.Tests.Isbt;

public class DonationNumberTests
{
    /// <summary>Numbers with their check character and the flag that carries it.</summary>
    public static TheoryData<string, char, int> Vectors => new()
    {
        { "G123498654321", 'H', 77 },
        { "W000026123456", '*', 96 },
        { "W000026000001", 'F', 75 },
        { "W000026000099", '0', 60 },
        { "A999924123457", 'O', 84 },
        { "W000022000687", 'S', 88 },
        { "Z999999999999", 'P', 85 },
        { "MA00126000042", '4', 64 },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void TryParse_TypedWithCheckCharacter_IsAccepted(string value, char check, int flag)
    {
        _ = flag;
        Accept(value + check).Value.Should().Be(value);
        Accept(value + check).CheckCharacter.Should().Be(check);
        Accept($" {value[..5].ToLowerInvariant()} {value[5..7]}-{value[7..]}\u00a0{char.ToLowerInvariant(check)} ").Value.Should().Be(value);
        Accept(Accept(value + check).ToLabel()).Value.Should().Be(value);
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void TryParse_Scanned_IsAcceptedWithAnyAimPrefixAndFlag(string value, char check, int flag)
    {
        _ = check;
        Accept($"={value}00").Value.Should().Be(value);
        Accept($"]C0={value}01").Value.Should().Be(value);
        Accept($"]d1={value}{flag}").Value.Should().Be(value);
    }

    [Fact]
    public void TryParse_AnySingleCharacterWrong_IsRefused()
    {
        const string right = "W000026123456*";
        foreach (var position in Enumerable.Range(0, right.Length))
        {
            foreach (var wrong in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*".Where(character => character != right[position]))
            {
                DonationNumber.TryParse(right[..position] + wrong + right[(position + 1)..], out _, out var error).Should().BeFalse();
                error.Should().Contain("donation number").And.Contain("; ");
            }
        }
    }

    [Theory]
    [InlineData("", "has 0 characters", "scan or type the one on the label")]
    [InlineData(null, "has 0 characters", "scan or type the one on the label")]
    [InlineData("W0000 26 123456", "lacks its check character", "type the boxed character")]
    [InlineData("W0000 26 12345 *", "'W00002612345*' has 13 characters", "type the 13 of the label")]
    [InlineData("W0000 26 1234567 *", "has 15 characters", "type the 13 of the label")]
    [InlineData("W0000 26 123456 5", "does not fit its check character '5'", "read the label again")]
    [InlineData("W0000 26 123465 *", "does not fit its check character '*'", "read the label again")]
    [InlineData("WOO00 26 123456 *", "has a letter O where only a zero can stand", "type 0")]
    [InlineData("W00A0 26 123456 *", "is not five characters of a facility", "type it as on the label")]
    [InlineData("=W00002612345695", "has flag 95, which does not check its number", "scan it again")]
    [InlineData("=W00002612345697", "has flag 97, which does not check its number", "scan it again")]
    [InlineData("=W0000261234560", "is no ISBT 128 donation number", "scan the donation number")]
    [InlineData("=W000026123456AA", "is no ISBT 128 donation number", "scan the donation number")]
    [InlineData("=%5100", "is no ISBT 128 donation number", "scan the donation number")]
    [InlineData("&>0263211200", "is no ISBT 128 donation number", "scan the donation number")]
    [InlineData("=<E0398V00", "is a product code", "scan the donation number")]
    [InlineData("]C10100614141", "from a GS1 barcode (]C1)", "scan the ISBT 128 barcode")]
    [InlineData("]E0123", "a barcode of kind ']E0'", "scan the ISBT 128 barcode")]
    [InlineData("]C0", "has 0 characters", "scan or type")]
    [InlineData("]", "a barcode of kind ']'", "scan the ISBT 128 barcode")]
    public void TryParse_Wrong_NamesReasonAndCure(string? text, string reason, string cure)
    {
        DonationNumber.TryParse(text, out var number, out var error).Should().BeFalse();
        number.Should().Be(default(DonationNumber));
        error.Should().Contain(reason).And.Contain(cure);
    }

    [Theory]
    [InlineData("W000026123456", true)]
    [InlineData("1000026123456", true)]
    [InlineData("O000026123456", false)]
    [InlineData("0000026123456", false)]
    [InlineData("w000026123456", false)]
    [InlineData("W000026123456*", false)]
    [InlineData("W000026123456\n", false)]
    [InlineData("W00002612345٣", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void TryParseValue_OnlyTheThirteenCharacters_AreAccepted(string? text, bool expected) =>
        DonationNumber.TryParseValue(text, out _).Should().Be(expected);

    private static DonationNumber Accept(string text)
    {
        DonationNumber.TryParse(text, out var number, out var error).Should().BeTrue(error);
        return number;
    }
}
