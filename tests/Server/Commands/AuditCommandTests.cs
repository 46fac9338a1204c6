using System.CommandLine;
using ColdChain.Server.Commands;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Audit;

namespace ColdChain.Server.Tests.Commands;

public sealed class AuditCommandTests
{
    [Fact]
    public async Task Verify_OfATrailAsItWasWritten_SaysSo()
    {
        await using var bench = await TrailBench.WriteAsync();

        var (code, output, _) = Run("--data", bench.Folder, "--anchors", bench.AnchorPath);

        code.Should().Be(0);
        output.Should().Contain("24 entries, the last is 24, head ").And.Contain("4 anchors, the last one that agrees covers entry 23").And.EndWith("The audit trail is as it was written.\n");
    }

    [Fact]
    public async Task Verify_UnderARunningServer_Reads()
    {
        await using var bench = await TrailBench.WriteAsync();
        await using var store = RecordStore.Open(bench.StorePath, TimeProvider.System);

        Run("--data", bench.Folder, "--anchors", bench.AnchorPath).Code.Should().Be(0);
    }

    [Fact]
    public async Task Verify_WithoutAnchors_SaysWhatItDoesNotFind()
    {
        await using var bench = await TrailBench.WriteAsync();

        var (code, output, _) = Run("--data", bench.Folder);

        code.Should().Be(0);
        output.Should().Contain("No anchors given: an end that was cut off, an older backup and a chain computed anew are not found without them");
    }

    [Fact]
    public async Task Verify_OfATrailThatWasChanged_NamesTheFirstBadEntry_AndEndsWithOne()
    {
        await using var bench = await TrailBench.WriteAsync();
        bench.Sql("UPDATE events SET subject = 'x' WHERE id = 7");

        var (code, output, _) = Run("--data", bench.Folder);

        code.Should().Be(1);
        output.Should().Contain("WRONG: entry 7 is not what was written there").And.NotContain("as it was written.\n");
    }

    [Fact]
    public async Task Verify_WithAnotherServersKey_NamesTheLine_AndEndsWithOne()
    {
        await using var bench = await TrailBench.WriteAsync();
        await using var other = await TrailBench.WriteAsync();

        var (code, output, _) = Run("--data", bench.Folder, "--anchors", bench.AnchorPath, "--key", other.KeyPath);

        code.Should().Be(1);
        output.Should().Contain("WRONG: line 1 of the anchors is not signed by this key");
    }

    [Theory]
    [InlineData("--data", "nowhere", "There is no record store at")]
    [InlineData("--anchors", "nowhere", "nowhere")]
    [InlineData("--key", "nowhere", "nowhere")]
    [InlineData("--key", "record.db", "is no public key in PEM")]
    public async Task Verify_OfWhatCannotBeRead_SaysWhy_AndEndsWithTwo(string option, string file, string words)
    {
        await using var bench = await TrailBench.WriteAsync();
        var options = new Dictionary<string, string>(StringComparer.Ordinal) { ["--data"] = bench.Folder, ["--anchors"] = bench.AnchorPath, ["--key"] = bench.KeyPath };
        options[option] = Path.Combine(bench.Folder, file);

        var (code, output, error) = Run([.. options.SelectMany(one => (string[])[one.Key, one.Value])]);

        code.Should().Be(2);
        error.Should().Contain(words);
        output.Should().BeEmpty();
    }

    private static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = new RootCommand { AuditCommand.Create() }.Parse(["audit", "verify", .. arguments]).Invoke(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
