using System.Text.RegularExpressions;
using ColdChain.Tidy.Tests.Tree;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ColdChain.Tidy.Tests.Rules;

/// <summary>No marks of work put off: in the comments of C#, and anywhere in other text. Code quoted in markdown may name them.</summary>
internal sealed partial class NoMarkers : IRule
{
    public IEnumerable<Finding> Check(SourceTree tree) =>
        from file in tree.Files
        where !file.Is(".lock.json", "package-lock.json", ".sln")
        from line in file.Is(".cs") ? Comments(file) : file.Is(".md") ? Prose.Lines(file) : file.Lines
        from Match mark in Marks().Matches(line.Text)
        select new Finding(file.Path, line.Number, mark.Value, "work put off is lost here", "do it now, or write it down as an issue");

    private static IEnumerable<(int Number, string Text)> Comments(SourceFile file) =>
        from trivia in file.Root.DescendantTrivia()
        where IsComment(trivia.Kind())
        from line in trivia.ToFullString().Split('\n').Select((text, index) => (Number: SourceFile.LineOf(trivia.GetLocation()) + index, text))
        select line;

    private static bool IsComment(SyntaxKind kind) => kind is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia
        or SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia;

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b")]
    private static partial Regex Marks();
}
