using ColdChain.Tidy.Tests.Tree;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ColdChain.Tidy.Tests.Rules;

/// <summary>A type is named for what it is or does: an ending that fits everything says nothing.</summary>
internal sealed class TellingNames : IRule
{
    private static readonly string[] Endings = ["Manager", "Helper", "Helpers", "Util", "Utils"];

    public IEnumerable<Finding> Check(SourceTree tree) =>
        from file in tree.CSharp
        from type in file.Root.DescendantNodes().OfType<BaseTypeDeclarationSyntax>()
        let ending = Endings.FirstOrDefault(ending => type.Identifier.Text.EndsWith(ending, StringComparison.Ordinal))
        where ending is not null
        select Finding.At(file, type.Identifier, type.Identifier.Text, $"the ending {ending} says nothing", "name what it does");
}
