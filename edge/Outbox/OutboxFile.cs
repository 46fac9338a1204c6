using System.Globalization;
using ColdChain.Core.Readings;
using Microsoft.Data.Sqlite;

namespace ColdChain.Edge.Outbox;

/// <summary>The outbox's file: how it is opened, made, checked, and set aside when it is no longer readable.</summary>
internal static class OutboxFile
{
    private const string Damaged = ".damaged-";

    /// <summary>
    /// Opens the file, or makes it. One that SQLite cannot read is renamed, and a new one takes its place: sampling must go on.
    /// </summary>
    public static OpenedOutbox Open(string path, Instant now)
    {
        try
        {
            return OpenSound(path);
        }
        catch (SqliteException damaged) when (IsDamage(damaged))
        {
            var aside = SetAside(path, now);
            return OpenSound(path) with { SetAside = aside };
        }
    }

    private static OpenedOutbox OpenSound(string path)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 1 }.ToString());
        try
        {
            connection.Open();
            return new OpenedOutbox(connection, Prepare(connection, path), null);
        }
        catch (SqliteException e) when (e.SqliteErrorCode is SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED)
        {
            connection.Dispose();
            throw new OutboxException(
                $"{path} is in use by another process; stop the other edge agent, or give this one its own outbox path", e);
        }
        catch (SqliteException e) when (
            e.SqliteErrorCode is SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_PERM)
        {
            connection.Dispose();
            throw new OutboxException(
                $"{path} cannot be opened for writing; create its folder and give the agent's user the right to write there", e);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static int? Prepare(SqliteConnection connection, string path)
    {
        // Small pages: every append writes the pages it touches, and a memory card wears; this halves what is written.
        // Exclusive: two agents on one outbox would send the same rows and prune each other's.
        connection.Execute("PRAGMA page_size = 1024; PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = FULL;");
        if (connection.Scalar("PRAGMA quick_check(1)") is not "ok" and var finding)
        {
            throw new SqliteException($"quick_check: {finding}", SQLitePCL.raw.SQLITE_CORRUPT);
        }

        var migratedFrom = OutboxSchema.Current.Ensure(connection, path, IsBesideADamagedOne(path));
        connection.Execute("PRAGMA journal_mode = WAL"); // Remains in the file: not before it is known to be an outbox.
        return migratedFrom;
    }

    /// <summary>
    /// Copies an open outbox, whole, to a file beside it; gives its name. What a power cut leaves of a copy ends in <c>.part</c> and is
    /// removed by the next one.
    /// </summary>
    /// <exception cref="SqliteException">There is no room for it; nothing of it is left.</exception>
    /// <exception cref="IOException">The disk refuses.</exception>
    public static string CopyAside(SqliteConnection connection, string path, Instant now)
    {
        var aside = $"{path}.cloned-{Stamp(now)}";
        var part = aside + ".part";
        foreach (var left in Directory.GetFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path) + ".cloned-*.part")) // A full path of a file has a folder.
        {
            File.Delete(left);
        }

        try
        {
            connection.Execute("VACUUM INTO $part", ("$part", part));
            using (var copy = File.OpenHandle(part, FileMode.Open, FileAccess.ReadWrite))
            {
                RandomAccess.FlushToDisk(copy);
            }

            File.Move(part, aside);
            return aside;
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }

    /// <summary>True when the file is no longer readable: only a new start, which sets it aside, mends that.</summary>
    public static bool IsDamage(Exception e) => e is SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB };

    // Asked of the folder, not of this start: the power may have gone between the setting aside and the making of the new file.
    private static bool IsBesideADamagedOne(string path) =>
        Directory.EnumerateFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path) + Damaged + "*").Any(); // A full path of a file has a folder.

    private static string SetAside(string path, Instant now)
    {
        var aside = $"{path}{Damaged}{Stamp(now)}";
        foreach (var part in (string[])["", "-wal", "-shm"])
        {
            if (File.Exists(path + part))
            {
                File.Move(path + part, aside + part);
            }
        }

        return aside;
    }

    private static string Stamp(Instant now) => now.ToDateTimeOffset().ToString("yyyyMMdd'T'HHmmss.fff'Z'", CultureInfo.InvariantCulture);
}
