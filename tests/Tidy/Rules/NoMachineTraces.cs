using System.Text.RegularExpressions;
using ColdChain.Tidy.Tests.Tree;

namespace ColdChain.Tidy.Tests.Rules;

/// <summary>
/// No path of the machine that a file was written on, and no host that packages come from: a clone builds anywhere, from whatever feed
/// its owner has set up. Lock files are looked at as well; a package's hash is enough there.
/// </summary>
internal sealed partial class NoMachineTraces : IRule
{
    public IEnumerable<Finding> Check(SourceTree tree) =>
        from file in tree.Files
        from line in file.Lines
        from Match trace in Traces().Matches(line.Text)
        select new Finding(file.Path, line.Number, trace.Value, "it is true on one machine only", "use a relative path, or leave the host to the user's settings");

    // The brackets keep this file from matching itself.
    [GeneratedRegex("""(?<![\w.])/wor[k]/|(?<![\w.])/roo[t]/|(?<![\w.])/hom[e]/\w+/|[A-Z]:\\User[s]\\|\bnuge[t]\.org\b|\bnpmj[s]\.(org|com)\b|\byarnpk[g]\.com\b|"resolved":\s*"http[s]?:""")]
    private static partial Regex Traces();
}
