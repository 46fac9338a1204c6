using ColdChain.Tidy.Tests.Tree;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ColdChain.Tidy.Tests.Rules;

/// <summary>The core is pure: no input or output, no threads or tasks, nothing random, so that every judgement can be replayed.</summary>
internal sealed class PureCore : IRule
{
    private static readonly string[] Namespaces = ["System.Net", "System.Threading", "System.Data", "System.IO.Pipes", "System.IO.Pipelines"];

    private static readonly string[] Types =
    [
        "System.IO.File", "System.IO.FileInfo", "System.IO.FileStream", "System.IO.Directory", "System.IO.DirectoryInfo", "System.Console",
        "System.Environment", "System.Random", "System.Diagnostics.Process", "System.Diagnostics.Stopwatch", "System.TimeZoneInfo",
        "System.Security.Cryptography.RandomNumberGenerator",
    ];

    private static readonly string[] Members = ["System.Guid.NewGuid", "System.Guid.CreateVersion7"];

    public IEnumerable<Finding> Check(SourceTree tree)
    {
        var core = tree.CSharp.Where(file => file.Area == "core").ToList();
        var compilation = ImportLaw.Compile(core);
        return from file in core
               let model = compilation.GetSemanticModel(file.Syntax)
               from name in file.Root.DescendantNodes().OfType<SimpleNameSyntax>()
               let symbol = model.GetSymbolInfo(name).Symbol
               where symbol is not null && IsImpure(symbol)
               select Finding.At(file, name, $"{symbol.ToDisplayString()} in core", "the core is pure", "take the value as an argument, or do this in edge or server");
    }

    private static bool IsImpure(ISymbol symbol)
    {
        var type = (symbol as INamedTypeSymbol ?? symbol.ContainingType)?.OriginalDefinition.ToDisplayString() ?? "";
        var space = symbol is INamespaceSymbol ? symbol.ToDisplayString() : symbol.ContainingNamespace?.ToDisplayString() ?? "";
        return Namespaces.Any(banned => space == banned || space.StartsWith(banned + ".", StringComparison.Ordinal))
            || Types.Contains(type)
            || Members.Contains($"{type}.{symbol.Name}");
    }
}
