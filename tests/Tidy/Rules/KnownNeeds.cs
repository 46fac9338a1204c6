using ColdChain.Tidy.Tests.Tree;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ColdChain.Tidy.Tests.Rules;

/// <summary>What a test needs from the machine is said by a trait that <c>test.sh</c> knows, so that it can leave the test out by name.</summary>
internal sealed class KnownNeeds : IRule
{
    public IEnumerable<Finding> Check(SourceTree tree)
    {
        var known = tree.Find("test.sh")?.Text ?? "";
        return from file in tree.CSharp
               where file.Area == "tests"
               from attribute in file.Root.DescendantNodes().OfType<AttributeSyntax>()
               where attribute.Name.ToString() == "Trait"
               let words = Arguments(attribute)
               where words is ["Needs", _] && !known.Contains($"\n  [{words[1]}]=", StringComparison.Ordinal)
               select Finding.At(file, attribute, attribute.ToString(), "test.sh does not know it", "use Trait(\"Needs\", …) with a need that test.sh lists");
    }

    private static string[] Arguments(AttributeSyntax attribute) =>
        [.. (attribute.ArgumentList?.Arguments ?? []).Select(argument =>
            argument.Expression is LiteralExpressionSyntax { Token.Value: string text } ? text : "?")];
}
