using ColdChain.Tidy.Tests.Rules;

namespace ColdChain.Tidy.Tests.SelfTests;

public sealed class KnownNeedsTests
{
    private static readonly (string, string) TestScript = ("test.sh", "declare -A programs=(\n  [mosquitto]=\"mosquitto\"\n)");

    [Theory]
    [InlineData("[Trait(\"Needs\", \"mosquito\")]")]
    [InlineData("[Fact, Trait(\"Needs\", Constant)]")]
    public void UnknownNeed_IsFound(string attribute) =>
        Sample.Places(new KnownNeeds(), TestScript, ("tests/A.cs", $"{attribute} class A;")).Should().Equal("tests/A.cs:1");

    [Theory]
    [InlineData("[Trait(\"Needs\", \"mosquitto\")]")]
    [InlineData("[Trait(\"Area\", \"anything\")]")]
    public void KnownNeed_IsAllowed(string attribute) =>
        Sample.Places(new KnownNeeds(), TestScript, ("tests/A.cs", $"{attribute} class A;")).Should().BeEmpty();
}
