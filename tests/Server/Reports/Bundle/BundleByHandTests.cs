using System.Text.RegularExpressions;
using ColdChain.Server.Tests.Store;
using ColdChain.Tests.Shared;

namespace ColdChain.Server.Tests.Reports.Bundle;

/// <summary>The commands of <c>docs/bundle.md</c>, as they stand there.</summary>
[Trait("Needs", "unzip")]
public sealed partial class BundleByHandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task Commands_OfABundleThatIsRight_PrintTheFingerprint_AndThatTheSignatureIsRight()
    {
        var (output, code) = await RunAsync(await BundleBench.BundleAsync());

        code.Should().Be("0");
        output.Should().MatchRegex(@"^[0-9a-f]{64}  -\nVerified OK\n\z");
    }

    [Fact]
    public async Task Commands_OfAFileThatWasChanged_NameIt()
    {
        var (output, code) = await RunAsync(new BundleEdit(await BundleBench.BundleAsync()).Replace("samples.csv", "good", "fine").Build());

        code.Should().Be("1");
        output.Should().Contain("samples.csv: FAILED");
    }

    [Fact]
    public async Task Commands_OfAFileThatWasAdded_NameIt()
    {
        var (output, _) = await RunAsync(new BundleEdit(await BundleBench.BundleAsync()).AddBefore("audit.jsonl", "notes.txt", "hello").Build());

        output.Should().Contain("< notes.txt");
    }

    [Fact]
    public async Task Commands_OfAManifestThatWasMadeAnew_SayThatTheSignatureIsWrong()
    {
        var (output, code) = await RunAsync(new BundleEdit(await BundleBench.BundleAsync()).Replace("samples.csv", "good", "fine").List().Build());

        code.Should().NotBe("0");
        output.Should().Contain("Verification failure");
    }

    [Fact]
    public async Task Commands_OfAPackThatWasChanged_NameIt()
    {
        var (output, code) = await RunAsync(new BundleEdit(await BundleBench.BundleAsync()).Replace("received/00001.packs", "\"v\":9", "\"v\":5").Resigned());

        code.Should().Be("0");
        output.Should().EndWith("Verified OK\n00002 in received/00001.packs\n");
    }

    public void Dispose() => _folder.Dispose();

    private async Task<(string Output, string Code)> RunAsync(byte[] bundle)
    {
        await File.WriteAllBytesAsync(_folder.File("EX-1.zip"), bundle);
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "bundle.md"));
        var commands = string.Concat(Commands().Matches(page[page.IndexOf("## By hand", StringComparison.Ordinal)..]).Select(block => block.Groups[1].Value));
        await File.WriteAllTextAsync(_folder.File("commands.sh"), commands);
        var output = await StoredZipTests.RunAsync("bash", "-c", $"cd '{_folder.File("")}' && bash -eo pipefail commands.sh; echo \"code $?\"");
        var end = output.LastIndexOf("code ", StringComparison.Ordinal);
        return (output[..end], output[(end + "code ".Length)..].Split('\n')[0]);
    }

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Commands();
}
