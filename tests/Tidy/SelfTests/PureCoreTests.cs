using ColdChain.Tidy.Tests.Rules;

namespace ColdChain.Tidy.Tests.SelfTests;

public sealed class PureCoreTests
{
    [Theory]
    [InlineData("string A() => System.IO.File.ReadAllText(\"a\");")]
    [InlineData("System.Guid A() => System.Guid.NewGuid();")]
    [InlineData("async System.Threading.Tasks.Task A() { }")]
    [InlineData("void A() => System.Console.WriteLine();")]
    [InlineData("int A() => new System.Random(1).Next();")]
    [InlineData("string? A() => System.Environment.GetEnvironmentVariable(\"A\");")]
    public void Impurity_InCore_IsFound(string member) =>
        Sample.Places(new PureCore(), ("core/A.cs", $"namespace ColdChain.Core;\nclass A {{ {member} }}")).Should().Contain("core/A.cs:2");

    [Theory]
    [InlineData("core/A.cs", "int A(System.IO.TextReader rows) => rows.Read();")]
    [InlineData("core/A.cs", "bool A(System.Guid id) => id == System.Guid.Empty;")]
    [InlineData("edge/A.cs", "string A() => System.IO.File.ReadAllText(\"a\");")]
    public void PureCore_AndOtherAreas_AreAllowed(string path, string member) =>
        Sample.Places(new PureCore(), (path, $"class A {{ {member} }}")).Should().BeEmpty();
}
