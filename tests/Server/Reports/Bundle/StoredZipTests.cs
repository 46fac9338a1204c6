using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using ColdChain.Server.Fleet;
using ColdChain.Server.Reports.Bundle;
using ColdChain.Server.Tests.Store;

namespace ColdChain.Server.Tests.Reports.Bundle;

public sealed class StoredZipTests
{
    [Fact]
    public void Checksum_IsThatOfTheStandard()
    {
        var crc = default(Crc32);
        crc.Append("12345"u8);
        crc.Append("6789"u8);

        crc.Value.Should().Be(0xCBF43926u, "that is its check value");
        default(Crc32).Value.Should().Be(0u);
    }

    [Fact]
    public void Container_IsReadByTheFramework()
    {
        using var zip = new ZipArchive(new MemoryStream(Some()), ZipArchiveMode.Read);

        zip.Entries.Select(entry => entry.FullName).Should().Equal("a.txt", "folder/b.bin", "empty");
        zip.Entries.Select(entry => entry.Length).Should().Equal(5, 300, 0);
        using var reader = new StreamReader(zip.Entries[0].Open());
        reader.ReadToEnd().Should().Be("hello", "the framework compares the checksum when it has read all");
    }

    [Fact]
    [Trait("Needs", "unzip")]
    public async Task Container_IsReadByUnzip_AndByPython()
    {
        using var folder = new TempFolder();
        await File.WriteAllBytesAsync(folder.File("some.zip"), Some());

        (await RunAsync("unzip", "-t", folder.File("some.zip"))).Should().Contain("No errors detected");
        (await RunAsync("/usr/bin/python3", "-c", "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print(z.testzip(), z.namelist())", folder.File("some.zip")))
            .Should().Contain("None ['a.txt', 'folder/b.bin', 'empty']");
    }

    [Fact]
    public void Container_OfTheSameFiles_IsTheSameToTheByte() => Some().Should().Equal(Some());

    [Fact]
    public void Container_IsFoundAgain_WithoutFaults()
    {
        var zip = StoredZipReader.TryOpen(new MemoryStream(Some()))!;

        zip.Files.Select(file => (file.Name, file.Length)).Should().Equal(("a.txt", 5), ("folder/b.bin", 300), ("empty", 0));
        zip.Faults([.. zip.Files.Select(file => zip.Hash(file).Crc)]).Should().BeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a//b")]
    [InlineData("../a")]
    [InlineData("a/../b")]
    [InlineData("./a")]
    [InlineData("a\\b")]
    [InlineData("C:a")]
    [InlineData("é")]
    [InlineData("a b")]
    [InlineData("a\n")]
    public void Name_ThatMayLeadElsewhere_IsRefused(string name)
    {
        var adding = () => new StoredZipWriter(Stream.Null).Add(name, []);

        adding.Should().Throw<ArgumentException>();
    }

    [Theory]
    [InlineData("a.txt")]
    [InlineData("A.TXT")]
    public void Name_ThatIsThereAlready_IsRefused(string name)
    {
        var zip = new StoredZipWriter(Stream.Null);
        zip.Add("a.txt", []);

        var adding = () => zip.Add(name, []);

        adding.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Container_OfTooManyFiles_IsRefusedWithTheCure()
    {
        var zip = new StoredZipWriter(Stream.Null);
        for (var number = 0; number < StoredZip.FilesMax; number++)
        {
            zip.Add($"f{BundleBench.Text(number)}", []);
        }

        var adding = () => zip.Add("one-more", []);

        adding.Should().Throw<RefusalException>().Which.Cure.Should().Contain("shorter period");
    }

    [Fact]
    public void Container_OfTooManyBytes_IsRefusedWithTheCure()
    {
        var zip = new StoredZipWriter(Stream.Null);
        zip.Add("first", Stream.Null, 3_000_000_000, 0);

        var adding = () => zip.Add("second", Stream.Null, 1_294_967_200, 0);

        adding.Should().Throw<RefusalException>().Which.Cure.Should().Contain("shorter period");
        zip.Add("third", Stream.Null, 1_294_967_000, 0);
    }

    [Fact]
    public void Container_GoesToWhatCannotSeek()
    {
        using var output = new MemoryStream();
        using (var pipe = new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true))
        {
            var zip = new StoredZipWriter(pipe);
            zip.Add("a.txt", "hello"u8);
            zip.Finish();
        }

        output.Length.Should().BePositive();
    }

    internal static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return $"{await output}{await error}";
    }

    private static byte[] Some()
    {
        using var output = new MemoryStream();
        var zip = new StoredZipWriter(output);
        zip.Add("a.txt", "hello"u8);
        var (bytes, crc) = (Encoding.ASCII.GetBytes(new string('x', 300)), default(Crc32));
        crc.Append(bytes);
        zip.Add("folder/b.bin", new MemoryStream(bytes), bytes.Length, crc.Value);
        zip.Add("empty", []);
        zip.Finish();
        return output.ToArray();
    }
}
