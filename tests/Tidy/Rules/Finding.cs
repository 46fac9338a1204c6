using System.Globalization;
using ColdChain.Tidy.Tests.Tree;
using Microsoft.CodeAnalysis;

namespace ColdChain.Tidy.Tests.Rules;

/// <summary>One place where a rule is broken: where, what is there, why that is refused, and what to do instead.</summary>
internal sealed record Finding(string Path, int Line, string What, string Why, string Cure)
{
    public static Finding At(SourceFile file, SyntaxNodeOrToken place, string what, string why, string cure) =>
        new(file.Path, SourceFile.LineOf(place), what, why, cure);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Path}:{Line}: {What}, {Why}, cure: {Cure}");
}
