using ColdChain.Tidy.Tests.Rules;

namespace ColdChain.Tidy.Tests.SelfTests;

public sealed class TellingNamesTests
{
    [Theory]
    [InlineData("class FridgeManager;")]
    [InlineData("static class TimeUtils;")]
    [InlineData("record struct ReadingHelper;")]
    [InlineData("interface IFleetManager;")]
    [InlineData("enum ParseHelpers { }")]
    public void EmptyEnding_IsFoundAtTheName(string type) =>
        Sample.Places(new TellingNames(), ("a/A.cs", $"[Some]\n{type}")).Should().Equal("a/A.cs:2");

    [Fact]
    public void TellingName_IsNotFound() =>
        Sample.Places(new TellingNames(), ("a/A.cs", "class Outbox { int Manager; }")).Should().BeEmpty();
}
