using ColdChain.Core.People;

namespace ColdChain.Core.Tests.People;

public sealed class AccountRulesTests
{
    [Theory]
    [InlineData("amina", true)]
    [InlineData("a.b-c_9", true)]
    [InlineData("a", false)]
    [InlineData("9amina", false)]
    [InlineData("Amina", false)]
    [InlineData("amina berrada", false)]
    [InlineData("amïna", false)]
    [InlineData("a2345678901234567890123456789012", true)]
    [InlineData("a23456789012345678901234567890123", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Name_HasOneSpelling(string? name, bool isOne) => AccountRules.IsName(name).Should().Be(isOne);

    [Theory]
    [InlineData("eleven char", AccountFault.PasswordShort)]
    [InlineData("twelve chars", null)]
    [InlineData("   spaces at both ends   ", null)]
    [InlineData("MotDePasse123", AccountFault.PasswordCommon)]
    [InlineData("ababababababab", AccountFault.PasswordCommon)]
    [InlineData("aminaaminaamina1", AccountFault.PasswordCommon)]
    [InlineData("only lower case words", null)]
    public void Password_NeedsLengthAndNoComposition(string password, AccountFault? fault) => AccountRules.PasswordFault(password, "amina").Should().Be(fault);

    [Fact]
    public void Password_HasAtMost128Characters()
    {
        var longest = string.Concat(Enumerable.Repeat("abcdefgh", 16));

        AccountRules.PasswordFault(longest, "amina").Should().BeNull();
        AccountRules.PasswordFault(longest + "x", "amina").Should().Be(AccountFault.PasswordLong);
    }

    [Theory]
    [InlineData("Amina Berrada", true)]
    [InlineData(" ", false)]
    [InlineData("a\nb", false)]
    [InlineData(null, false)]
    public void Display_IsAnyTextOfOneLine(string? display, bool isOne) => AccountRules.IsDisplay(display).Should().Be(isOne);
}
