using System.Text.RegularExpressions;

namespace ColdChain.EndToEnd.Tests.Documents;

/// <summary>The shell commands of a section of a document, as its reader would copy them.</summary>
internal static partial class DocumentedCommands
{
    /// <summary>The <c>sh</c> blocks below a heading, in their order, without the indentation of the list that they stand in.</summary>
    public static IReadOnlyList<string> Read(string document, string heading)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "docs", document));
        var section = text.Split("\n## ").Single(part => part.StartsWith(heading + "\n", StringComparison.Ordinal));
        return [.. Block().Matches(section).Select(match => Regex.Replace(match.Groups["text"].Value, $"^{match.Groups["indent"].Value}", "", RegexOptions.Multiline))];
    }

    [GeneratedRegex(@"^(?<indent> *)```sh\n(?<text>.*?)\n *```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
