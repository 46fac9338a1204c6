using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;

namespace ColdChain.Crashes.Tests.Work;

/// <summary>Every row of every table of a file, as text, apart from the random names that a file gets when it is made, and the hashes that follow from them.</summary>
internal static class TableDump
{
    private const string RandomNames = "name NOT IN ('epoch', 'store-id')";

    /// <summary>Reads a file that nobody has open.</summary>
    public static string Of(string path)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        var text = new StringBuilder();
        foreach (var table in Query(connection, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"))
        {
            var where = table == "meta" ? $" WHERE {RandomNames}" : "";
            Query(connection, $"SELECT {Columns(connection, table)} FROM {table}{where}").ForEach(row => text.Append(CultureInfo.InvariantCulture, $"{table}: {row}\n"));
        }

        return text.ToString();
    }

    private static string Columns(SqliteConnection connection, string table) =>
        table == "events" ? string.Join(", ", Query(connection, "SELECT name FROM pragma_table_info('events') WHERE name <> 'hash'")) : "*";

    private static List<string> Query(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var row = command.ExecuteReader();
        var rows = new List<string>();
        while (row.Read())
        {
            rows.Add(string.Join(" | ", Enumerable.Range(0, row.FieldCount).Select(column => Text(row.GetValue(column)))));
        }

        return rows;
    }

    private static string? Text(object value) => value is byte[] bytes ? Convert.ToHexString(bytes) : Convert.ToString(value, CultureInfo.InvariantCulture);
}
