using ColdChain.Tidy.Tests.Rules;
using ColdChain.Tidy.Tests.Tree;

namespace ColdChain.Tidy.Tests.SelfTests;

/// <summary>Runs a rule over files made up by a test.</summary>
internal static class Sample
{
    /// <summary>A project file, so that the files below its folder have a root namespace.</summary>
    public static (string Path, string Text) Project(string path, string root, string items = "") =>
        (path, $"<Project>\n<PropertyGroup><RootNamespace>{root}</RootNamespace></PropertyGroup>\n<ItemGroup>\n{items}\n</ItemGroup>\n</Project>");

    /// <summary>The places found, as <c>path:line</c>.</summary>
    public static IReadOnlyList<string> Places(IRule rule, params (string Path, string Text)[] files) =>
        [.. Findings(rule, files).Select(finding => $"{finding.Path}:{finding.Line}")];

    public static IReadOnlyList<Finding> Findings(IRule rule, params (string Path, string Text)[] files) =>
        [.. rule.Check(new SourceTree(files.Select(file => new SourceFile(file.Path, file.Text))))];
}
