using System.Text.RegularExpressions;
using ColdChain.Tidy.Tests.Tree;

namespace ColdChain.Tidy.Tests.Rules;

/// <summary>The import law of <see cref="SliceLaw"/> for pages, and the clock: no analyzer looks into them.</summary>
internal sealed partial class RazorLaw : IRule
{
    public IEnumerable<Finding> Check(SourceTree tree) =>
        from file in tree.Files
        where file.Is(".razor", ".cshtml")
        from line in file.Lines
        from finding in Imports(file, line).Concat(Clocks(file, line))
        select finding;

    private static IEnumerable<Finding> Imports(SourceFile file, (int Number, string Text) line) =>
        from Match name in OurName().Matches(line.Text)
        let to = Place.OfNamespace(name.Value)
        where to is not null
        let refusal = SliceLaw.Refusal(Place.OfPath(file.Path), to.Value)
        where refusal is not null
        select new Finding(file.Path, line.Number, name.Value, refusal, "read what the slice stored, through the Store");

    private static IEnumerable<Finding> Clocks(SourceFile file, (int Number, string Text) line) =>
        from Match clock in WallClock().Matches(line.Text)
        select new Finding(file.Path, line.Number, clock.Value, "time is an argument", "take the instant as a parameter of the component");

    [GeneratedRegex(@"\bColdChain(\.\w+)+")]
    private static partial Regex OurName();

    [GeneratedRegex(@"\bDateTime(Offset)?\.(UtcNow|Now|Today)\b")]
    private static partial Regex WallClock();
}
