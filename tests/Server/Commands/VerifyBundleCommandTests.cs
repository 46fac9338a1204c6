using System.CommandLine;
using System.IO.Compression;
using System.IO.Pipes;
using System.Security.Cryptography;
using ColdChain.Server.Audit;
using ColdChain.Server.Commands;
using ColdChain.Server.Tests.Reports.Bundle;
using ColdChain.Server.Tests.Store;

namespace ColdChain.Server.Tests.Commands;

public sealed class VerifyBundleCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string BundlePath => _folder.File("EX-1.zip");

    private string KeyPath => _folder.File(AnchorKey.PublicFileName);

    [Fact]
    public async Task Bundle_AsItWasWritten_EndsWithZero_AndSaysWhoSigned()
    {
        await WriteAsync();

        var (code, output, _) = Run(BundlePath, "--key", KeyPath);

        code.Should().Be(0);
        output.Should().StartWith($"It brings the key with SHA-256 {Fingerprint()}.\nReport EX-1, revision 2, made 2026-11-22T12:00:00.000Z, of record store ")
            .And.Contain("Signed as prepared by AMINA (amina) at 2026-11-22T12:01:00.000Z\n").And.Contain("as they were stored at 2026-11-22T12:05:00.000Z\n")
            .And.EndWith("The bundle is as it was written.\n").And.NotContain("ORIGIN");
    }

    [Fact]
    public async Task Bundle_WithoutAKey_IsWhole_AndItsOriginIsSaidNotToBeChecked()
    {
        await WriteAsync();

        var (code, output, _) = Run(BundlePath);

        code.Should().Be(0);
        output.Should().StartWith("ORIGIN NOT CHECKED: without --key, anybody could have written and signed this.").And.Contain($"SHA-256 {Fingerprint()}. Compare that with")
            .And.EndWith("The bundle is whole, ORIGIN NOT CHECKED: it is as whoever has the key in it wrote it.\n").And.NotContain("as it was written");
    }

    [Fact]
    public async Task Bundle_ThatAnotherSignedAgain_IsNeverSaidToBeAsItWasWritten()
    {
        await WriteAsync();
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await File.WriteAllBytesAsync(BundlePath, new BundleEdit(await BundleBench.BundleAsync()).Replace("report.csv", "a,b", "a,c").List().Sign(new AnchorKey(other)).Build());

        var (_, alone, _) = Run(BundlePath);
        var (code, held, _) = Run(BundlePath, "--key", KeyPath);

        alone.Should().StartWith("ORIGIN NOT CHECKED").And.NotContain("as it was written").And.NotContain(Fingerprint());
        code.Should().Be(1);
        held.Should().Contain("WRONG: key.pub.pem: it is another key than the one that was given").And.NotContain("as it was written");
    }

    [Fact]
    public async Task Bundle_ThatWasChanged_EndsWithOne_AndNamesTheFile()
    {
        await WriteAsync();
        await File.WriteAllBytesAsync(BundlePath, new BundleEdit(await BundleBench.BundleAsync()).Replace("samples.csv", "good", "fine").Build());

        var (code, output, _) = Run(BundlePath, "--key", KeyPath);

        code.Should().Be(1);
        output.Should().Contain("WRONG: samples.csv: it was changed").And.NotContain("as it was written.\n");
    }

    [Fact]
    public async Task Bundle_OfAVoidReport_SaysSo()
    {
        await using var bench = await BundleBench.OpenAsync();
        var source = bench.Source();
        await using (var file = File.Create(BundlePath))
        {
            bench.Write(file, source with { Document = source.Document with { VoidAt = source.Document.MadeAt, VoidReason = "Readings came late." } });
        }

        var (code, output, _) = Run(BundlePath);

        code.Should().Be(0);
        output.Should().Contain("VOID since 2026-11-22T12:00:00.000Z: Readings came late. No signature counts any more.\n")
            .And.Contain("as they were stored at 2026-11-22T12:05:00.000Z, which are others than those that the void revision was made from\n");
    }

    [Theory]
    [InlineData("")]
    [InlineData("Dear Sir or Madam, please find attached")]
    [InlineData("PK\u0003\u0004")]
    [InlineData("PK\u0005\u0006\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0")]
    public async Task File_ThatIsNoBundle_EndsWithOne_AndSaysSo(string contents)
    {
        await File.WriteAllTextAsync(BundlePath, contents);

        var (code, output, _) = Run(BundlePath);

        code.Should().Be(1);
        output.Should().Contain("WRONG: container: this is no bundle").And.Contain("No key in it.");
    }

    [Fact]
    public void Bomb_IsReadNoFurtherThanItsBytes()
    {
        using (var zip = ZipFile.Open(BundlePath, ZipArchiveMode.Create))
        {
            using var entry = zip.CreateEntry("report.json", CompressionLevel.SmallestSize).Open();
            for (var round = 0; round < 64; round++)
            {
                entry.Write(new byte[1024 * 1024]);
            }
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var (code, output, _) = Run(BundlePath);

        code.Should().Be(1);
        output.Should().Contain("WRONG: container: at byte").And.Contain("WRONG: bundle.json: it is missing").And.Contain("WRONG: manifest.json: it is missing");
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(32 * 1024 * 1024);
    }

    [Fact]
    public async Task Directory_OrNoFile_OrNoKey_EndsWithTwo_AndSaysWhy()
    {
        await WriteAsync();

        Run(_folder.File("")).Should().Match<(int Code, string, string Error)>(run => run.Code == 2 && run.Error.Contains("Name a file"));
        Run(_folder.File("nowhere.zip")).Should().Match<(int Code, string, string Error)>(run => run.Code == 2 && run.Error.Contains("nowhere.zip"));
        Run(BundlePath, "--key", _folder.File("nowhere.pem")).Should().Match<(int Code, string, string Error)>(run => run.Code == 2 && run.Error.Contains("nowhere.pem"));
        Run(BundlePath, "--key", BundlePath).Should().Match<(int Code, string, string Error)>(run => run.Code == 2 && run.Error.Contains("It is no public key of the curve P-256 in PEM"));
        using var own = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        File.WriteAllText(_folder.File("audit-key.pem"), own.ExportPkcs8PrivateKeyPem());
        Run(BundlePath, "--key", _folder.File("audit-key.pem")).Should().Match<(int Code, string, string Error)>(run => run.Code == 2 && run.Error.Contains("It is a private key"));
    }

    [Fact]
    public async Task File_ThatIsEmptyOrNone_IsBlamed_AndNotTheKey()
    {
        await WriteAsync();

        foreach (var path in (string[])["", "a\0b"])
        {
            var (code, _, error) = Run(path, "--key", KeyPath);
            code.Should().Be(2);
            error.Should().StartWith($"FILE {path}: ").And.Contain("Name a file").And.NotContain("--key");
        }

        Run(BundlePath, "--key", "").Error.Should().StartWith("--key : ").And.Contain(AnchorKey.PublicFileName);
    }

    /// <summary>As in <c>verify-bundle &lt;(curl …)</c>.</summary>
    [Fact]
    public void Pipe_IsRefusedInWords()
    {
        using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);

        var (code, _, error) = Run($"/proc/self/fd/{pipe.ClientSafePipeHandle.DangerousGetHandle()}");

        code.Should().Be(2);
        error.Should().Contain("as a pipe can. Save the bundle as a file");
    }

    public void Dispose() => _folder.Dispose();

    private async Task WriteAsync()
    {
        await File.WriteAllBytesAsync(BundlePath, await BundleBench.BundleAsync());
        await File.WriteAllTextAsync(KeyPath, BundleBench.PublicKey);
    }

    private static string Fingerprint()
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(BundleBench.PublicKey);
        return Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));
    }

    private static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = new RootCommand { VerifyBundleCommand.Create() }.Parse(["verify-bundle", .. arguments]).Invoke(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
