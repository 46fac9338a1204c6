using System.Text.RegularExpressions;

namespace ColdChain.EndToEnd.Tests.Documents;

/// <summary>What the reader of a section of a document would copy.</summary>
internal static partial class DocumentedBlocks
{
    /// <summary>The blocks of a language below a heading, in their order, without the indentation of the list that they stand in.</summary>
    /// <param name="document">Its path in the repository.</param>
    /// <param name="heading">The heading, of the second level.</param>
    /// <param name="language">Such as <c>sh</c>.</param>
    public static IReadOnlyList<string> Read(string document, string heading, string language)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, document));
        var section = text.Split("\n## ").Single(part => part.StartsWith(heading + "\n", StringComparison.Ordinal));
        return [.. Block().Matches(section).Where(match => match.Groups["language"].Value == language).Select(Unindented)];
    }

    private static string Unindented(Match block) =>
        Regex.Replace(block.Groups["text"].Value, $"^{block.Groups["indent"].Value}", "", RegexOptions.Multiline);

    [GeneratedRegex(@"^(?<indent> *)```(?<language>\w+)\n(?<text>.*?)\n *```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
