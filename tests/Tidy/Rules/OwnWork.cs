using System.Text.RegularExpressions;
using ColdChain.Tidy.Tests.Tree;

namespace ColdChain.Tidy.Tests.Rules;

/// <summary>Everything in the tree is written here: nothing built, packed or copied from others.</summary>
internal sealed partial class OwnWork : IRule
{
    private const string Holder = "The ColdChain authors";

    private static readonly string[] Extensions =
    [
        ".dll", ".exe", ".so", ".dylib", ".pdb", ".a", ".jar", ".nupkg", ".tgz", ".whl", ".zip", ".gz", ".min.js", ".min.css", ".map",
        ".woff", ".woff2", ".ttf", ".otf", ".db", ".sqlite", ".trx",
    ];

    private static readonly string[] Folders = ["node_modules", "vendor", "third_party", "bin", "obj"];

    public IEnumerable<Finding> Check(SourceTree tree) => tree.Files.SelectMany(file => Places(file).Concat(Notices(file)));

    private static IEnumerable<Finding> Places(SourceFile file)
    {
        if (file.Is(Extensions) || file.Folder.Split('/').Any(Folders.Contains))
        {
            yield return new(file.Path, 1, "a built or third-party file", "the repository holds our own sources only", "remove it, and let the build fetch or make it");
        }
    }

    private static IEnumerable<Finding> Notices(SourceFile file) =>
        from line in file.Lines
        let notice = Notice().Match(line.Text)
        where notice.Success && !notice.Groups["holder"].Value.Contains(Holder, StringComparison.Ordinal)
        select new Finding(file.Path, line.Number, $"copyright of {notice.Groups["holder"].Value.Trim()}", "the repository holds our own sources only", "write it anew in our own way");

    [GeneratedRegex(@"^\W*?(Copyright \([cC]\)|©)(?<holder>.*)$")]
    private static partial Regex Notice();
}
