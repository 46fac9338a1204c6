using ColdChain.Tidy.Tests.Rules;

namespace ColdChain.Tidy.Tests.SelfTests;

public sealed class ProjectLawTests
{
    [Theory]
    [InlineData("core/A.csproj", "<ProjectReference Include=\"../mqtt/B.csproj\" />")]
    [InlineData("mqtt/A.csproj", "<ProjectReference Include=\"..\\core\\B.csproj\" />")]
    [InlineData("edge/A.csproj", "<ProjectReference Include=\"../server/B.csproj\" />")]
    [InlineData("server/A.csproj", "<ProjectReference Include=\"../edge/B.csproj\" />")]
    [InlineData("core/A.csproj", "<PackageReference Include=\"Anything\" />")]
    [InlineData("server/A.csproj", "<Using Include=\"ColdChain.Server.Alerts\" />")]
    public void ForbiddenItem_IsFoundAtItsLine(string path, string item) =>
        Sample.Places(new ProjectLaw(), Sample.Project(path, "X", item)).Should().Equal($"{path}:4");

    [Theory]
    [InlineData("edge/A.csproj", "<ProjectReference Include=\"../core/B.csproj\" />")]
    [InlineData("server/A.csproj", "<ProjectReference Include=\"../mqtt/B.csproj\" />")]
    [InlineData("demo/A.csproj", "<ProjectReference Include=\"../server/B.csproj\" />")]
    [InlineData("tests/Server/A.csproj", "<ProjectReference Include=\"../../server/B.csproj\" />")]
    [InlineData("edge/A.csproj", "<PackageReference Include=\"Anything\" />")]
    public void AllowedItem_IsNotFound(string path, string item) =>
        Sample.Places(new ProjectLaw(), Sample.Project(path, "X", item)).Should().BeEmpty();

    [Theory]
    [InlineData("tests/Core", "../../core/A.csproj", "core/A.csproj")]
    [InlineData("", "./docs/a.md", "docs/a.md")]
    [InlineData("docs", "../../outside.md", "../../outside.md")]
    public void Resolve_RelativePath_IsAPathFromTheRoot(string folder, string relative, string expected) =>
        ProjectLaw.Resolve(folder, relative).Should().Be(expected);
}
