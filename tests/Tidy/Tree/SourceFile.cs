using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ColdChain.Tidy.Tests.Tree;

/// <summary>One text file of the repository, named by its path from the root, with forward slashes.</summary>
internal sealed class SourceFile
{
    // The preview version accepts everything that the compiler of the build accepts.
    private static readonly CSharpParseOptions Newest = new(LanguageVersion.Preview);

    private readonly Lazy<SyntaxTree> _syntax;

    public SourceFile(string path, string text)
    {
        (Path, Text) = (path, text);
        _syntax = new(() => CSharpSyntaxTree.ParseText(text, Newest, path));
    }

    public string Path { get; }

    public string Text { get; }

    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>The folder's path; empty for a file at the root.</summary>
    public string Folder => Path[..Math.Max(0, Path.LastIndexOf('/'))];

    /// <summary>The first folder of the path; empty for a file at the root.</summary>
    public string Area => Path[..Math.Max(0, Path.IndexOf('/', StringComparison.Ordinal))];

    public SyntaxTree Syntax => _syntax.Value;

    public SyntaxNode Root => Syntax.GetRoot();

    /// <summary>The lines, numbered from 1.</summary>
    public IEnumerable<(int Number, string Text)> Lines =>
        Text.Split('\n').Select((line, index) => (index + 1, line.TrimEnd('\r')));

    public bool Is(params string[] extensions) => extensions.Any(extension => Path.EndsWith(extension, StringComparison.OrdinalIgnoreCase));

    public static int LineOf(SyntaxNodeOrToken place) => LineOf(place.GetLocation()!);

    public static int LineOf(Location place) => place.GetLineSpan().StartLinePosition.Line + 1;
}
