using System.Xml.Linq;
using ColdChain.Tidy.Tests.Tree;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ColdChain.Tidy.Tests.Rules;

/// <summary>A file's namespace is its project's root namespace and its folders, written once for the whole file.</summary>
internal sealed class NamespaceIsFolder : IRule
{
    // Files that several test projects compile by a link.
    private const string Linked = "tests/Shared";
    private const string LinkedNamespace = "ColdChain.Tests.Shared";

    public IEnumerable<Finding> Check(SourceTree tree) => tree.CSharp.SelectMany(file => Check(file, Expected(tree, file)));

    private static IEnumerable<Finding> Check(SourceFile file, string? expected)
    {
        var declarations = file.Root.DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>().ToList();
        return expected is null
            ? [new(file.Path, 1, "a file outside any project", "nothing builds it", "move it into a project")]
            : declarations.Count == 0 ? Unplaced(file, expected) : declarations.SelectMany(declaration => Check(file, declaration, expected));
    }

    private static IEnumerable<Finding> Check(SourceFile file, BaseNamespaceDeclarationSyntax declaration, string expected)
    {
        if (declaration is NamespaceDeclarationSyntax)
        {
            yield return Finding.At(file, declaration, "a namespace with braces", "it indents the whole file", "end it with a semicolon");
        }

        if (declaration.Name.ToString() != expected)
        {
            yield return Finding.At(file, declaration, $"namespace {declaration.Name}", $"the folder says {expected}", "rename or move");
        }
    }

    // A top-level program has no namespace, nor does the partial class that names it for tests.
    private static IEnumerable<Finding> Unplaced(SourceFile file, string expected) =>
        file.Root.ChildNodes().OfType<GlobalStatementSyntax>().Any()
            ? []
            : file.Root.ChildNodes().OfType<MemberDeclarationSyntax>().Take(1)
                .Select(type => Finding.At(file, type, "a type outside any namespace", $"the folder says {expected}", $"add namespace {expected};"));

    private static string? Expected(SourceTree tree, SourceFile file)
    {
        if (file.Folder == Linked || file.Folder.StartsWith(Linked + "/", StringComparison.Ordinal))
        {
            return LinkedNamespace + file.Folder[Linked.Length..].Replace('/', '.');
        }

        if (tree.ProjectOf(file) is not { } project)
        {
            return null;
        }

        var root = XDocument.Parse(project.Text).Descendants("RootNamespace").FirstOrDefault()?.Value ?? Path.GetFileNameWithoutExtension(project.Name);
        var folders = file.Folder[project.Folder.Length..].Replace('/', '.');
        return root + folders;
    }
}
