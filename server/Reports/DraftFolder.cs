namespace ColdChain.Server.Reports;

/// <summary>
/// Where files lie while they are made: a folder in the data folder, the server's own user's alone, since blood units are named in them. Each is removed when it
/// was given out; what a killed server left is removed at the next start.
/// </summary>
/// <param name="path">The folder; it need not exist.</param>
/// <param name="logger">Told what could not be removed.</param>
internal sealed class DraftFolder(string path, ILogger<DraftFolder> logger)
{
    /// <summary>Its name in the data folder.</summary>
    public const string Name = "drafts";

    private const int BufferLength = 64 * 1024;
    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnFolder = OwnFile | UnixFileMode.UserExecute;

    private readonly string _path = Path.GetFullPath(path);

    /// <summary>Makes it, or removes what it holds: nobody works on that any more, since the record store lets one server in at a time.</summary>
    public void Empty()
    {
        MakePrivate(_path);
        foreach (var entry in new DirectoryInfo(_path).EnumerateFileSystemInfos())
        {
            try
            {
                Remove(entry);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // A browser that outlived the server may still write there. That is no reason not to watch the blood: the next start tries again.
                logger.LogWarning(error, "{Path} of an earlier run could not be removed: remove it, since it may name blood units", entry.FullName);
            }
        }
    }

    /// <summary>A new file to write and read, removed when it is closed.</summary>
    public FileStream NewFile()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, Options = FileOptions.DeleteOnClose, BufferSize = BufferLength };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnFile;
        }

        return new FileStream(Path.Combine(_path, Path.GetRandomFileName()), options);
    }

    /// <summary>A new folder for another program; whoever asked for it removes it.</summary>
    public DirectoryInfo NewFolder()
    {
        var folder = Path.Combine(_path, Path.GetRandomFileName());
        MakePrivate(folder);
        return new DirectoryInfo(folder);
    }

    private static void MakePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        Directory.CreateDirectory(folder, OwnFolder);
        File.SetUnixFileMode(folder, OwnFolder); // Also of one that was there with other rights.
    }

    private static void Remove(FileSystemInfo entry)
    {
        if (entry is DirectoryInfo folder && folder.LinkTarget is null)
        {
            folder.Delete(recursive: true);
        }
        else
        {
            entry.Delete();
        }
    }
}
