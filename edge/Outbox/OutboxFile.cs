using System.Globalization;
using System.Security.Cryptography;
using ColdChain.Core.Readings;
using Microsoft.Data.Sqlite;

namespace ColdChain.Edge.Outbox;

/// <summary>The outbox's file: how it is opened, made, checked, and set aside when it is no longer readable.</summary>
internal static class OutboxFile
{
    private const int SchemaVersion = 1;

    // seq is AUTOINCREMENT: a number is never given twice, not even after its row was pruned.
    // written_at is the device's clock at the insert (null while not trusted); retention counts from it, not from the age of the sample.
    private const string Schema = """
        CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE reading (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            probe TEXT NOT NULL,
            measured_at INTEGER,
            celsius TEXT,
            fault TEXT,
            raw_frame TEXT,
            boot TEXT,
            mono INTEGER,
            written_at INTEGER);
        CREATE TABLE refused (seq INTEGER PRIMARY KEY, reason TEXT NOT NULL);
        """;

    /// <summary>
    /// Opens the file, or makes it. One that SQLite cannot read is renamed, and a new one takes its place: sampling must go on.
    /// </summary>
    public static (SqliteConnection Connection, string? SetAside) Open(string path, Instant now)
    {
        try
        {
            return (OpenSound(path), null);
        }
        catch (SqliteException damaged) when (IsDamage(damaged))
        {
            var aside = SetAside(path, now);
            return (OpenSound(path), aside);
        }
    }

    private static SqliteConnection OpenSound(string path)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 1 }.ToString());
        try
        {
            connection.Open();
            Prepare(connection, path);
            return connection;
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

    private static void Prepare(SqliteConnection connection, string path)
    {
        // Small pages: every append writes the pages it touches, and a memory card wears; this halves what is written.
        // Exclusive: two agents on one outbox would send the same rows and prune each other's.
        connection.Execute(
            "PRAGMA page_size = 1024; PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
        if (connection.Scalar("PRAGMA quick_check(1)") is not "ok" and var finding)
        {
            throw new SqliteException($"quick_check: {finding}", SQLitePCL.raw.SQLITE_CORRUPT);
        }

        switch (Convert.ToInt32(connection.Scalar("PRAGMA user_version"), CultureInfo.InvariantCulture))
        {
            case SchemaVersion:
                return;
            case 0 when connection.Scalar("SELECT count(*) FROM sqlite_master") is 0L:
                Create(connection);
                return;
            case 0:
                throw new OutboxException($"{path} is a database of something else; give the outbox its own path");
            case var version:
                throw new OutboxException(
                    $"{path} has outbox version {version} and this agent knows versions up to {SchemaVersion}; install the newer agent again, "
                    + "or give this one another outbox path");
        }
    }

    // One transaction: after a power cut there is either a whole outbox with its epoch, or an empty file.
    private static void Create(SqliteConnection connection)
    {
        using var transaction = connection.BeginTransaction();
        connection.Execute(Schema);
        connection.Execute(
            "INSERT INTO meta VALUES ('epoch', $epoch)", ("$epoch", RandomNumberGenerator.GetHexString(32, lowercase: true)));
        connection.Execute($"PRAGMA user_version = {SchemaVersion}");
        transaction.Commit();
    }

    private static bool IsDamage(SqliteException e) => e.SqliteErrorCode is SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB;

    private static string SetAside(string path, Instant now)
    {
        var suffix = now.ToDateTimeOffset().ToString("yyyyMMdd'T'HHmmss.fff'Z'", CultureInfo.InvariantCulture);
        var aside = $"{path}.damaged-{suffix}";
        foreach (var part in (string[])["", "-wal", "-shm"])
        {
            if (File.Exists(path + part))
            {
                File.Move(path + part, aside + part);
            }
        }

        return aside;
    }
}
