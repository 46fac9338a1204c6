using ColdChain.Tidy.Tests.Rules;
using ColdChain.Tidy.Tests.Tree;
using Xunit.Abstractions;

namespace ColdChain.Tidy.Tests;

public sealed class RepositoryTests(ITestOutputHelper output)
{
    private static readonly Type[] RuleTypes =
        [.. typeof(IRule).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(IRule)))];

    public static TheoryData<string> Rules => [.. RuleTypes.Select(type => type.Name).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Repository_Rule_IsKept(string rule)
    {
        var law = (IRule)Activator.CreateInstance(RuleTypes.Single(type => type.Name == rule))!;

        var findings = law.Check(Repository.Tree).Select(finding => finding.ToString()).ToList();

        Assert.True(findings.Count == 0, string.Join('\n', findings.Prepend($"{rule}: {findings.Count} findings")));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Rule_HasTestsThatShowItFailing(string rule)
    {
        var tests = typeof(RepositoryTests).Assembly.GetTypes().SingleOrDefault(type => type.Name == rule + "Tests");

        Assert.True(tests is not null, $"There is no class {rule}Tests. A rule without a bad sample may be a rule that cannot fail.");
    }

    [Fact]
    public void Repository_Files_AreFound() =>
        Repository.Tree.Files.Select(file => file.Path).Should().Contain(["ColdChain.sln", "core/Readings/Reading.cs", "tests/Tidy/RepositoryTests.cs"]);

    [Fact]
    public void Repository_Sizes_AreReported()
    {
        var files = Sizes.OfFiles(Repository.Tree).Select(size => size.Lines).ToList();
        var functions = Sizes.OfFunctions(Repository.Tree).Select(size => size.Lines).ToList();

        output.WriteLine($"sizes: {Sizes.Summary("C# file", files)}");
        output.WriteLine($"sizes: {Sizes.Summary("C# function", functions)}");

        files.Should().NotBeEmpty();
        functions.Should().NotBeEmpty();
    }
}
