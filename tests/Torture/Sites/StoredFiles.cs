using ColdChain.Core.Readings;
using ColdChain.Server.Store;
using Microsoft.Data.Sqlite;

namespace ColdChain.Torture.Tests.Sites;

/// <summary>Reads the files of the processes as they lie on the disk, the way a person would after a crash: from a copy.</summary>
internal static class StoredFiles
{
    private static readonly string[] Parts = ["", "-wal"];

    /// <summary>Copies a database that nobody writes at the moment; false when there is none yet.</summary>
    public static bool TryCopy(string database, string copy)
    {
        if (!File.Exists(database))
        {
            return false;
        }

        foreach (var part in Parts)
        {
            File.Delete(copy + part);
            if (File.Exists(database + part))
            {
                File.Copy(database + part, copy + part);
            }
        }

        return true;
    }

    /// <summary>The epoch of an outbox, and the seqs that it has taken for acknowledged; null when it has none yet.</summary>
    public static (string Epoch, SeqRanges Acknowledged)? Acknowledged(string outbox)
    {
        using var connection = Open(outbox, SqliteOpenMode.ReadWrite); // It recovers the log.
        if (Query(connection, "SELECT 1 FROM sqlite_master WHERE name = 'meta'", _ => true).Count == 0)
        {
            return null; // It died while it made the file.
        }

        var meta = Query(connection, "SELECT name, value FROM meta", row => (Name: row.GetString(0), Value: row.GetString(1))).ToDictionary(row => row.Name, row => row.Value);
        return meta.TryGetValue("acknowledged", out var text) && SeqRanges.TryParse(text, out var acknowledged) ? (meta["epoch"], acknowledged) : null;
    }

    /// <summary>Everything that a device need not send any more, by a record store.</summary>
    public static async Task<SeqRanges> SettledAsync(string store, DeviceId device, string epoch)
    {
        await using var record = RecordStore.Open(store, TimeProvider.System);
        return record.Read(session => StreamStore.Find(session, device, epoch))?.Settled() ?? SeqRanges.Empty;
    }

    /// <summary>Rows of a database that may be in use.</summary>
    public static List<T> Rows<T>(string database, string sql, Func<SqliteDataReader, T> map)
    {
        using var connection = Open(database, SqliteOpenMode.ReadOnly);
        return Query(connection, sql, map);
    }

    private static SqliteConnection Open(string database, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static List<T> Query<T>(SqliteConnection connection, string sql, Func<SqliteDataReader, T> map)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(map(reader));
        }

        return rows;
    }
}
