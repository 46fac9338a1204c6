using System.Globalization;
using ColdChain.Tidy.Tests.Tree;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ColdChain.Tidy.Tests.Rules;

/// <summary>A file or a function and the lines it takes; line is where it starts.</summary>
internal sealed record Size(SourceFile File, int Line, string Name, int Lines);

/// <summary>Measures files and functions, for the rule that limits them and for the report that shows drift.</summary>
internal static class Sizes
{
    public static IEnumerable<Size> OfFiles(SourceTree tree) => tree.CSharp.Select(OfFile);

    public static Size OfFile(SourceFile file) => new(file, 1, file.Name, file.Text.TrimEnd('\n').Split('\n').Length);

    /// <summary>Every method, constructor, operator, accessor, local function and lambda with a body, and every top-level program.</summary>
    public static IEnumerable<Size> OfFunctions(SourceTree tree) => tree.CSharp.SelectMany(file =>
        file.Root.DescendantNodes().Where(HasBody).Select(node => Measure(file, Name(node), FirstToken(node), node.GetLastToken()))
            .Concat(OfProgram(file)));

    public static string Summary(string what, IEnumerable<int> lines)
    {
        var sorted = lines.Order().ToList();
        int At(double share) => sorted[(int)((sorted.Count - 1) * share)];
        return string.Create(
            CultureInfo.InvariantCulture, $"{what}: {sorted.Count}, lines: median {At(0.5)}, p90 {At(0.9)}, largest {sorted[^1]}");
    }

    private static IEnumerable<Size> OfProgram(SourceFile file)
    {
        var statements = file.Root.ChildNodes().OfType<GlobalStatementSyntax>().ToList();
        return statements.Count == 0
            ? []
            : [Measure(file, "top-level program", statements[0].GetFirstToken(), statements[^1].GetLastToken())];
    }

    private static bool HasBody(SyntaxNode node) => node switch
    {
        BaseMethodDeclarationSyntax method => method.Body is not null || method.ExpressionBody is not null,
        LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax => true,
        AccessorDeclarationSyntax accessor => accessor.Body is not null || accessor.ExpressionBody is not null,
        ArrowExpressionClauseSyntax { Parent: BasePropertyDeclarationSyntax } => true,
        _ => false,
    };

    private static string Name(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.Text,
        LocalFunctionStatementSyntax local => local.Identifier.Text,
        _ => node.Kind().ToString(),
    };

    // Attributes in front of a function are not part of its length.
    private static SyntaxToken FirstToken(SyntaxNode node) => node.ChildNodesAndTokens()
        .SkipWhile(child => child.AsNode() is AttributeListSyntax)
        .Select(child => child.AsNode()?.GetFirstToken() ?? child.AsToken())
        .First();

    private static Size Measure(SourceFile file, string name, SyntaxToken first, SyntaxToken last)
    {
        var start = SourceFile.LineOf(first);
        return new(file, start, name, last.GetLocation().GetLineSpan().EndLinePosition.Line + 2 - start);
    }
}
