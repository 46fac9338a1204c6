using ColdChain.Tidy.Tests.Tree;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ColdChain.Tidy.Tests.Rules;

/// <summary>
/// The import law of <see cref="SliceLaw"/> for C#. Names are resolved by the compiler, so that a using directive, a name written out,
/// a name relative to an enclosing namespace and an alias are all seen. Only names that a forbidden place declares are resolved: a type
/// that nobody may name cannot be reached through <c>var</c> either.
/// </summary>
internal sealed class ImportLaw : IRule
{
    private const string Cure = "move what both need to core (when pure) or Store (when it is stored), or meet in the event log";

    public IEnumerable<Finding> Check(SourceTree tree)
    {
        var product = tree.CSharp.Where(file => file.Area is "core" or "mqtt" or "hosting" or "edge" or "server").ToList();
        var compilation = Compile(product);
        var declared = product.SelectMany(Declarations).ToLookup(type => type.Name, type => type.Place);
        return product.SelectMany(file => Check(file, compilation.GetSemanticModel(file.Syntax), declared))
            .Concat(UnknownSlices(product))
            .Concat(product.SelectMany(GlobalUsings))
            .DistinctBy(finding => (finding.Path, finding.Line, finding.What));
    }

    // The platform is enough to resolve our own names: what a package brings stays unresolved, and is not ours.
    public static CSharpCompilation Compile(IEnumerable<SourceFile> files) =>
        CSharpCompilation.Create("product", files.Select(file => file.Syntax), Platform.Value, new(OutputKind.DynamicallyLinkedLibrary));

    private static readonly Lazy<MetadataReference[]> Platform = new(() =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path))]);

    private static IEnumerable<(string Name, Place Place)> Declarations(SourceFile file) =>
        file.Root.DescendantNodes().OfType<MemberDeclarationSyntax>()
            .Select(type => (type as BaseTypeDeclarationSyntax)?.Identifier.Text ?? (type as DelegateDeclarationSyntax)?.Identifier.Text)
            .OfType<string>()
            .Distinct()
            .Select(name => (name, Place.OfPath(file.Path)));

    private static IEnumerable<Finding> Check(SourceFile file, SemanticModel model, ILookup<string, Place> declared)
    {
        var place = Place.OfPath(file.Path);
        return from name in file.Root.DescendantNodes().OfType<SimpleNameSyntax>()
               where IsInUsing(name) || declared[name.Identifier.Text].Any(other => SliceLaw.Refusal(place, other) is not null)
               let to = PlaceOf(name, model)
               where to is not null
               let refusal = SliceLaw.Refusal(place, to.Value)
               where refusal is not null
               select Finding.At(file, name, $"{place} imports {to} ({name.Identifier.Text})", refusal, Cure);
    }

    // A namespace counts in a using directive only: elsewhere it is the beginning of a longer name, whose end is looked at by itself.
    private static Place? PlaceOf(SimpleNameSyntax name, SemanticModel model)
    {
        var info = model.GetSymbolInfo(name);
        var symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
        var space = symbol is INamespaceSymbol used ? (EndsUsing(name) ? used : null) : symbol?.ContainingNamespace;
        return space is null ? null : Place.OfNamespace(space.ToDisplayString());
    }

    private static bool IsInUsing(SimpleNameSyntax name) => name.FirstAncestorOrSelf<UsingDirectiveSyntax>() is not null;

    private static bool EndsUsing(SimpleNameSyntax name) =>
        name.FirstAncestorOrSelf<UsingDirectiveSyntax>()?.NamespaceOrType.Span.End == name.Span.End;

    private static IEnumerable<Finding> UnknownSlices(IEnumerable<SourceFile> product) =>
        from file in product
        let place = Place.OfPath(file.Path)
        where place.Area == "server" && !SliceLaw.Slices.Concat(SliceLaw.Shared).Concat(SliceLaw.Composition).Contains(place.Slice)
        select new Finding(file.Path, 1, $"server/{place.Slice} is not a known slice", "the law cannot judge it", "name it in SliceLaw.cs and in docs/ARCHITECTURE.md");

    private static IEnumerable<Finding> GlobalUsings(SourceFile file) =>
        from directive in file.Root.DescendantNodes().OfType<UsingDirectiveSyntax>()
        where directive.GlobalKeyword.IsKind(SyntaxKind.GlobalKeyword)
        where directive.NamespaceOrType.ToString().StartsWith("ColdChain.Server.", StringComparison.Ordinal)
        select Finding.At(file, directive, directive.ToString(), "a global using hides who imports whom", "write the using in the files that need it");
}
