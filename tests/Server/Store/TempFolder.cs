namespace ColdChain.Server.Tests.Store;

/// <summary>A folder of its own for one test, gone afterwards.</summary>
internal sealed class TempFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("coldchain-");

    public string File(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>
    /// What a power cut would leave: the store's files as they are on disk at this moment, under another name. The owner goes on unaware.
    /// </summary>
    public string CopyOfStore(string path, string name)
    {
        var copy = File(name);
        foreach (var suffix in new[] { "", "-wal" }.Where(suffix => System.IO.File.Exists(path + suffix)))
        {
            System.IO.File.Copy(path + suffix, copy + suffix);
        }

        return copy;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
