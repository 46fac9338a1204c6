using ColdChain.Tidy.Tests.Rules;

namespace ColdChain.Tidy.Tests.SelfTests;

public sealed class WholeSolutionTests
{
    private const string Solution = "\nProject(\"{FAE0}\") = \"A\", \"core\\A.csproj\", \"{BC74}\"";

    [Fact]
    public void CompleteSolution_IsAllowed() =>
        Judge(("ColdChain.sln", Solution), ("core/A.csproj", ""), ("core/packages.lock.json", "")).Should().BeEmpty();

    [Fact]
    public void ProjectOutsideTheSolution_IsFound() =>
        Judge(("ColdChain.sln", ""), ("core/A.csproj", ""), ("core/packages.lock.json", "")).Should().Equal("core/A.csproj:1");

    [Fact]
    public void EntryWithoutProject_IsFound() => Judge(("ColdChain.sln", Solution)).Should().Equal("ColdChain.sln:2");

    [Fact]
    public void ProjectWithoutLockFile_IsFound() =>
        Judge(("ColdChain.sln", Solution), ("core/A.csproj", ""), ("packages.lock.json", "")).Should().Equal("core/A.csproj:1");

    private static IReadOnlyList<string> Judge(params (string, string)[] files) => Sample.Places(new WholeSolution(), files);
}
