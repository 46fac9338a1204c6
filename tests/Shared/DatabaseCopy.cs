namespace ColdChain.Tests.Shared;

/// <summary>What a card reader or a power cut makes of a SQLite file, whatever a process is doing with it.</summary>
internal static class DatabaseCopy
{
    /// <summary>Copies a file and its write-ahead log over another one.</summary>
    public static void Make(string from, string to)
    {
        foreach (var part in (string[])["-wal", "-shm", ""])
        {
            File.Delete(to + part);
            if (part != "-shm" && File.Exists(from + part))
            {
                File.Copy(from + part, to + part);
            }
        }
    }
}
