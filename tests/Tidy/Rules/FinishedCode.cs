using ColdChain.Tidy.Tests.Tree;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ColdChain.Tidy.Tests.Rules;

/// <summary>No stubs, no errors swallowed, no tests switched off, no tasks that nobody awaits, no folded code.</summary>
internal sealed class FinishedCode : IRule
{
    public IEnumerable<Finding> Check(SourceTree tree) =>
        from file in tree.CSharp
        from node in file.Root.DescendantNodes(descendIntoTrivia: true)
        let fault = Judge(node)
        where fault is not null
        select Finding.At(file, node, fault.Value.What, fault.Value.Why, fault.Value.Cure);

    private static (string What, string Why, string Cure)? Judge(SyntaxNode node) => node switch
    {
        IdentifierNameSyntax { Identifier.Text: "NotImplementedException" } =>
            ("a stub", "what is not there must not compile", "write it, or leave the member out"),
        CatchClauseSyntax { Block.Statements.Count: 0 } clause when Swallows(clause) =>
            ("an empty catch", "an error that nobody sees is found by a patient",
                "handle it; when there is truly nothing to do, name the exception's type and say why in a comment"),
        RegionDirectiveTriviaSyntax =>
            ("a region", "folded code hides the size of its file", "split the file"),
        MethodDeclarationSyntax method when IsAsyncVoid(method.Modifiers, method.ReturnType) =>
            ("async void", "nobody awaits it and its error ends the process", "return a Task"),
        LocalFunctionStatementSyntax local when IsAsyncVoid(local.Modifiers, local.ReturnType) =>
            ("async void", "nobody awaits it and its error ends the process", "return a Task"),
        AttributeArgumentSyntax { NameEquals.Name.Identifier.Text: "Skip" } =>
            ("a skipped test", "it looks like cover and is none", "mend it or delete it; for a missing program use a Needs trait"),
        _ => null,
    };

    // A cancellation that ends a loop is an ordinary outcome: a named type with a comment that says so is no swallowing.
    private static bool Swallows(CatchClauseSyntax clause) =>
        clause.Declaration?.Type.ToString() is null or "Exception" or "System.Exception"
        || !clause.DescendantTrivia().Any(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia));

    private static bool IsAsyncVoid(SyntaxTokenList modifiers, TypeSyntax returned) =>
        modifiers.Any(SyntaxKind.AsyncKeyword) && returned is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword };
}
