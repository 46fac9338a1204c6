using System.Security.Cryptography;
using ColdChain.Core.Readings;
using Microsoft.Data.Sqlite;

namespace ColdChain.Edge.Outbox;

/// <summary>An outbox in a file.</summary>
internal sealed class OutboxDisk(string path) : IOutboxPlace
{
    private readonly string _path = Path.GetFullPath(path);

    public string Name => _path;

    public long FreeBytes => new DriveInfo(Path.GetDirectoryName(_path)!).AvailableFreeSpace; // A full path of a file has a folder.

    public OpenedOutbox Open(Instant now) => OutboxFile.Open(_path, now);

    public string CopyAside(SqliteConnection connection, Instant now) => OutboxFile.CopyAside(connection, _path, now);

    public void Remove(string copy) => File.Delete(copy);

    public string NewEpoch() => RandomNumberGenerator.GetHexString(32, lowercase: true);
}
