using ColdChain.Server.Reports;
using ColdChain.Server.Tests.Api;
using ColdChain.Server.Tests.Quarantine;
using ColdChain.Server.Tests.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace ColdChain.Server.Tests.Reports;

public sealed class DraftFolderTests
{
    [Fact]
    public async Task Files_OfAServerThatWasKilled_AreGoneAtTheNextStart()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(Path.Combine(Drafts.PathIn(folder), "profile", "cache"));
        await File.WriteAllTextAsync(Path.Combine(Drafts.PathIn(folder), "report.pdf"), "M100126000012");
        await File.WriteAllTextAsync(Path.Combine(Drafts.PathIn(folder), "profile", "cache", "page"), "M100126000012");
        await File.WriteAllTextAsync(folder.File("record.db"), "not of reports");
        Directory.CreateSymbolicLink(Path.Combine(Drafts.PathIn(folder), "elsewhere"), folder.File(""));

        new DraftFolder(Drafts.PathIn(folder), NullLogger<DraftFolder>.Instance).Empty();

        Directory.EnumerateFileSystemEntries(Drafts.PathIn(folder)).Should().BeEmpty();
        File.Exists(folder.File("record.db")).Should().BeTrue("what a link names is not of the folder");
    }

    [Fact]
    public async Task Server_ThatStarts_RemovesWhatAKilledOneLeft()
    {
        var scene = await Scene.OpenAsync();
        var left = Path.Combine(scene.DataFolder, DraftFolder.Name);
        Directory.CreateDirectory(left);
        await File.WriteAllTextAsync(Path.Combine(left, "report.html"), "M100126000012");

        await using var staffed = await StaffedScene.ServeAsync(scene);

        Directory.EnumerateFileSystemEntries(left).Should().BeEmpty();
    }

    [Fact]
    public void Files_AreTheServersOwnUsersAlone_AndGoneWhenTheyAreClosed()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(Drafts.PathIn(folder));
        var drafts = Drafts.In(folder);

        using (var file = drafts.NewFile())
        {
            ModeOf(file.Name).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            file.Name.Should().StartWith(Drafts.PathIn(folder));
        }

        const UnixFileMode own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        (ModeOf(Drafts.PathIn(folder)), ModeOf(drafts.NewFolder().FullName)).Should().Be((own, own), "also where the folder was there before");
        Directory.EnumerateFiles(Drafts.PathIn(folder)).Should().BeEmpty();
    }

    private static UnixFileMode ModeOf(string path) => OperatingSystem.IsWindows() ? throw new PlatformNotSupportedException() : File.GetUnixFileMode(path);
}
