using ColdChain.Tidy.Tests.Tree;

namespace ColdChain.Tidy.Tests.Rules;

/// <summary>A C# function has at most 70 lines, a source file at most 400; tests are source too.</summary>
internal sealed class SmallPieces : IRule
{
    public const int FunctionLinesMax = 70;
    public const int FileLinesMax = 400;

    private static readonly string[] Sources = [".cs", ".razor", ".js", ".css", ".sh", ".sql"];

    public IEnumerable<Finding> Check(SourceTree tree) =>
        TooLong(tree.Files.Where(file => file.Is(Sources)).Select(Sizes.OfFile), FileLinesMax, "split the file by concern")
            .Concat(TooLong(Sizes.OfFunctions(tree), FunctionLinesMax, "give its parts names of their own"));

    private static IEnumerable<Finding> TooLong(IEnumerable<Size> sizes, int linesMax, string cure) =>
        from size in sizes
        where size.Lines > linesMax
        select new Finding(size.File.Path, size.Line, $"{size.Name} has {size.Lines} lines", $"the limit is {linesMax}", cure);
}
