using ColdChain.Tidy.Tests.Rules;

namespace ColdChain.Tidy.Tests.SelfTests;

public sealed class NoMachineTracesTests
{
    // Put together from parts, so that this file holds no trace itself.
    [Theory]
    [InlineData("cp a /wor", "k/shared/b")]
    [InlineData("cp a /roo", "t/b")]
    [InlineData("cp a /hom", "e/someone/b")]
    [InlineData("copy a C:\\User", "s\\someone")]
    [InlineData("https://api.nuge", "t.org/v3/index.json")]
    [InlineData("https://registry.npmj", "s.org/uplot")]
    [InlineData("  \"resolved\": \"http", "s://example.org/uplot.tgz\"")]
    public void Trace_InAnyTextFile_IsFound(string before, string after) =>
        Sample.Places(new NoMachineTraces(), ("a/package-lock.json", $"{{\n{before}{after}")).Should().Equal("a/package-lock.json:2");

    [Theory]
    [InlineData("ls ../shared/data network/root/file docs/home/page/")]
    [InlineData("\"resolved\": \"10.0.14\"")]
    [InlineData("https://example.org/framework/")]
    public void RelativePath_AndOtherHosts_AreAllowed(string line) =>
        Sample.Places(new NoMachineTraces(), ("a.sh", line)).Should().BeEmpty();
}
