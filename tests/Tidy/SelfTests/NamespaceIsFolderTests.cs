using ColdChain.Tidy.Tests.Rules;

namespace ColdChain.Tidy.Tests.SelfTests;

public sealed class NamespaceIsFolderTests
{
    [Theory]
    [InlineData("core/Wire/A.cs", "namespace ColdChain.Core.Wires;")]
    [InlineData("core/Wire/A.cs", "namespace ColdChain.Core;")]
    [InlineData("core/Wire/A.cs", "namespace ColdChain.Core.Wire { }")]
    [InlineData("core/Wire/A.cs", "class A;")]
    [InlineData("elsewhere/A.cs", "namespace Elsewhere;")]
    [InlineData("tests/Shared/A.cs", "namespace Elsewhere;")]
    [InlineData("tests/Shared/B/A.cs", "namespace ColdChain.Tests.Shared;")]
    public void OtherNamespace_IsFound(string path, string text) => Judge(path, text).Should().Equal($"{path}:1");

    [Theory]
    [InlineData("core/Wire/A.cs", "namespace ColdChain.Core.Wire; class A;")]
    [InlineData("core/A.cs", "namespace ColdChain.Core; class A;")]
    [InlineData("tests/Shared/A.cs", "namespace ColdChain.Tests.Shared; class A;")]
    [InlineData("tests/Shared/B/A.cs", "namespace ColdChain.Tests.Shared.B; class A;")]
    [InlineData("tests/Core/Wire/A.cs", "namespace ColdChain.Core.Tests.Wire; class A;")]
    [InlineData("core/Program.cs", "return 0;\npublic partial class Program;")]
    [InlineData("core/Assembly.cs", "[assembly: System.CLSCompliant(false)]")]
    public void NamespaceOfTheFolder_IsAllowed(string path, string text) => Judge(path, text).Should().BeEmpty();

    private static IReadOnlyList<string> Judge(string path, string text) => Sample.Places(
        new NamespaceIsFolder(),
        Sample.Project("core/ColdChain.Core.csproj", "ColdChain.Core"),
        Sample.Project("tests/Core/ColdChain.Core.Tests.csproj", "ColdChain.Core.Tests"),
        (path, text));
}
