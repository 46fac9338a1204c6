using System.Text.RegularExpressions;
using ColdChain.Tidy.Tests.Tree;

namespace ColdChain.Tidy.Tests.Rules;

/// <summary>A markdown page has one title, at its top, and its links inside the repository lead somewhere.</summary>
internal sealed partial class MarkdownForm : IRule
{
    public IEnumerable<Finding> Check(SourceTree tree) => tree.Markdown.SelectMany(page => Title(page).Concat(Links(tree, page)));

    private static IEnumerable<Finding> Title(SourceFile page)
    {
        var titles = Prose.Lines(page).Where(line => line.Text.StartsWith("# ", StringComparison.Ordinal)).Select(line => line.Number).ToList();
        return titles is [1]
            ? []
            : [new(page.Path, titles.FirstOrDefault(number => number > 1, 1), $"{titles.Count} titles", "a page has one, on its first line", "use ## for the parts")];
    }

    private static IEnumerable<Finding> Links(SourceTree tree, SourceFile page) =>
        from line in Prose.Lines(page)
        from Match link in Link().Matches(line.Text)
        let target = link.Groups["target"].Value
        where !HasScheme().IsMatch(target) && !Leads(tree, page, target)
        select new Finding(page.Path, line.Number, $"a link to {target}", "it leads nowhere", "correct the path or the heading");

    private static bool Leads(SourceTree tree, SourceFile page, string target)
    {
        var (path, anchor) = target.Split('#', 2) is [var before, var after] ? (before, after) : (target, "");
        var file = path.Length == 0 ? page : tree.Find(Resolve(page, path));
        return anchor.Length == 0 ? file is not null || tree.Has(Resolve(page, path)) : file is not null && Anchors(file).Contains(anchor);
    }

    private static string Resolve(SourceFile page, string path) =>
        path.StartsWith('/') ? ProjectLaw.Resolve("", path) : ProjectLaw.Resolve(page.Folder, path);

    // A heading's anchor is its text in lower case, with a dash for a space, and without punctuation.
    private static IEnumerable<string> Anchors(SourceFile page) =>
        from line in page.Lines
        where line.Text.StartsWith('#')
        select Punctuation().Replace(line.Text.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex(@"\[[^\]]*\]\((?<target>[^)\s]+)[^)]*\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^[a-z]+:", RegexOptions.IgnoreCase)]
    private static partial Regex HasScheme();

    [GeneratedRegex(@"[^\p{L}\p{Nd}\- _]")]
    private static partial Regex Punctuation();
}
