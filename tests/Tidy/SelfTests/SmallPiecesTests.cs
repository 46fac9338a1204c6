using ColdChain.Tidy.Tests.Rules;
using ColdChain.Tidy.Tests.Tree;

namespace ColdChain.Tidy.Tests.SelfTests;

public sealed class SmallPiecesTests
{
    [Theory]
    [InlineData("class A\n{\n    void B()\n    {\n§\n    }\n}", 3, 3)]
    [InlineData("class A\n{\n    [Fact]\n    void B()\n    {\n§\n    }\n}", 4, 3)]
    [InlineData("class A\n{\n    A()\n    {\n§\n    }\n}", 3, 3)]
    [InlineData("class A\n{\n    int B\n    {\n        get\n        {\n§\n        }\n    }\n}", 5, 3)]
    [InlineData("class A\n{\n    int B =>\n§\n    1;\n}", 3, 2)]
    [InlineData("class A\n{\n    object B = () =>\n    {\n§\n    };\n}", 3, 3)]
    [InlineData("Run();\n§\nRun();", 1, 2)]
    public void Function_OneLineTooLong_IsFound(string text, int line, int otherLines)
    {
        string Padded(int length) => text.Replace("§", string.Join('\n', Enumerable.Repeat("// more", length - otherLines)), StringComparison.Ordinal);

        Judge("a/A.cs", Padded(SmallPieces.FunctionLinesMax)).Should().BeEmpty();
        Judge("a/A.cs", Padded(SmallPieces.FunctionLinesMax + 1)).Should().Contain($"a/A.cs:{line}");
    }

    [Theory]
    [InlineData("tests/A.cs")]
    [InlineData("server/Dashboard/A.razor")]
    [InlineData("server/web/a.js")]
    [InlineData("test.sh")]
    public void File_OneLineTooLong_IsFound(string path)
    {
        static string Lines(int count) => string.Concat(Enumerable.Repeat("\n", count - 1)) + "//\n";

        Judge(path, Lines(SmallPieces.FileLinesMax)).Should().BeEmpty();
        Judge(path, Lines(SmallPieces.FileLinesMax + 1)).Should().Equal($"{path}:1");
    }

    [Fact]
    public void Summary_ShowsMedianP90AndLargest() =>
        Sizes.Summary("file", Enumerable.Range(1, 11)).Should().Be("file: 11, lines: median 6, p90 10, largest 11");

    [Fact]
    public void Functions_AreMeasuredOnce()
    {
        var tree = new SourceTree([new SourceFile("a/A.cs", "class A\n{\n    int B => 1;\n    int C { get; set; }\n    void D()\n    {\n    }\n}")]);

        Sizes.OfFunctions(tree).Select(size => (size.Line, size.Lines)).Should().BeEquivalentTo([(3, 1), (5, 3)]);
    }

    private static IReadOnlyList<string> Judge(string path, string text) => Sample.Places(new SmallPieces(), (path, text));
}
