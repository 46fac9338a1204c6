using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace ColdChain.EndToEnd.Tests.BadInput;

/// <summary>
/// Every row that a record store held at one moment, in every table but those that only say how things stand now. Rows may be added later;
/// of those that were there, not one may change or go. It reads the file itself, not through the server.
/// </summary>
internal sealed class StoredRows
{
    // Work that waits, the newest state of each stream and unit, and counts: they follow from what the other tables hold.
    private static readonly string[] OfNow =
        ["streams", "marks", "unit_states", "checkpoints", "cursors", "device_counts", "silences", "levels", "conditions", "exposure_marks", "exposure_deadlines"];

    private readonly string _file;
    private readonly HashSet<string> _rows;

    private StoredRows(string file, HashSet<string> rows) => (_file, _rows) = (file, rows);

    /// <summary>How many there were.</summary>
    public int Count => _rows.Count;

    /// <summary>One hash over all of them, as they were.</summary>
    public string Hash => HashOf(_rows);

    public static StoredRows Of(string file) => new(file, [.. Read(file)]);

    /// <summary>The hash over those of them that are still there unchanged.</summary>
    public string HashNow() => HashOf(Read(_file).Where(_rows.Contains));

    private static string HashOf(IEnumerable<string> rows) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', rows.Order(StringComparer.Ordinal)))));

    private static List<string> Read(string file)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        var tables = Texts(connection, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'");
        return [.. tables.Except(OfNow).SelectMany(table => Rows(connection, table))];
    }

    private static List<string> Rows(SqliteConnection connection, string table)
    {
        var columns = Texts(connection, $"SELECT name FROM pragma_table_info('{table}')").Select(column => $"quote({column})");
        return Texts(connection, $"SELECT '{table} ' || {string.Join(" || ',' || ", columns)} FROM {table}");
    }

    private static List<string> Texts(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var texts = new List<string>();
        while (reader.Read())
        {
            texts.Add(reader.GetString(0));
        }

        return texts;
    }
}
