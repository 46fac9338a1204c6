using System.Text.RegularExpressions;
using ColdChain.Tidy.Tests.Tree;

namespace ColdChain.Tidy.Tests.Rules;

/// <summary>Markdown without its code: fenced blocks become empty lines and inline code empty quotes, so that line numbers stay.</summary>
internal static partial class Prose
{
    public static IEnumerable<(int Number, string Text)> Lines(SourceFile file)
    {
        var fenced = false;
        foreach (var line in file.Lines)
        {
            var fence = line.Text.TrimStart().StartsWith("```", StringComparison.Ordinal);
            yield return (line.Number, fenced || fence ? "" : InlineCode().Replace(line.Text, "``"));
            fenced ^= fence;
        }
    }

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex InlineCode();
}
