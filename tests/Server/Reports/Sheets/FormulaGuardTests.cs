using ColdChain.Server.Reports.Sheets;

namespace ColdChain.Server.Tests.Reports.Sheets;

public sealed class FormulaGuardTests
{
    public static TheoryData<string> LikeFormulas => [.. NastyTexts.LikeFormulas];

    public static TheoryData<string> Plain => [.. NastyTexts.Plain];

    [Theory]
    [MemberData(nameof(LikeFormulas))]
    public void Text_LikeAFormula_GetsAnApostropheInFront(string text)
    {
        FormulaGuard.IsLikeFormula(text).Should().BeTrue();
        FormulaGuard.InCsv(text).Should().StartWith("'").And.Subject.Replace("'", "", StringComparison.Ordinal).Should().Be(text.Replace("'", "", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Plain))]
    public void Text_LikeNoFormula_StaysAsItIs(string text)
    {
        FormulaGuard.IsLikeFormula(text).Should().BeFalse();
        FormulaGuard.InCsv(text).Should().Be(text);
    }

    // A French spreadsheet cuts a line at semicolons, and sees no quotes where a comma is in front of them.
    [Theory]
    [InlineData("porte;=1+1", "porte;'=1+1")]
    [InlineData("porte; \"+1", "porte; \"'+1")]
    [InlineData("une ligne\n=1+1", "une ligne\n'=1+1")]
    [InlineData("une ligne\r\n\t@A1", "une ligne\r\n\t'@A1")]
    [InlineData("porte;ouverte = oui", "porte;ouverte = oui")]
    public void Text_BehindWhereAnotherCellMayBegin_IsGuardedThereAsWell(string text, string guarded) => FormulaGuard.InCsv(text).Should().Be(guarded);
}
