using System.Globalization;
using Microsoft.Data.Sqlite;

namespace ColdChain.Tests.Shared;

/// <summary>
/// Databases as earlier versions of the program left them, made anew from their text in <c>tests/Shared/Versions</c>; and what is in one.
/// A file of each schema version that was ever released stays there for ever.
/// </summary>
public static class EarlierFile
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Shared", "Versions");

    /// <summary>The fleet that the record stores and outboxes belong to.</summary>
    public static string Fleet => Path.Combine(Folder, "fleet.yaml");

    /// <summary>The schema versions of which there is a file: of <c>record</c> or of <c>outbox</c>.</summary>
    public static IEnumerable<int> VersionsOf(string what) =>
        Directory.GetFiles(Folder, $"{what}-*.sql").Select(file => int.Parse(Path.GetFileNameWithoutExtension(file)[(what.Length + 1)..], CultureInfo.InvariantCulture));

    /// <summary>Makes the file of a version.</summary>
    public static void Make(string what, int version, string path)
    {
        using var connection = Connect(path);
        using var script = connection.CreateCommand();
        script.CommandText = File.ReadAllText(Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"{what}-{version}.sql")));
        script.ExecuteNonQuery();
    }

    public static int VersionOf(string path) => int.Parse(Rows(path, "PRAGMA user_version").Single(), CultureInfo.InvariantCulture);

    /// <summary>The whole schema, sorted: two files with the same have the same tables, columns, indexes and triggers.</summary>
    public static List<string> SchemaOf(string path) => Rows(path, "SELECT type || ' ' || name || ': ' || coalesce(sql, '') FROM sqlite_schema ORDER BY 1");

    /// <summary>A query for each table that writes each of its rows as one text, with the columns that the table has now.</summary>
    public static IReadOnlyDictionary<string, string> QueriesOf(string path) =>
        Rows(path, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").ToDictionary(table => table, table =>
        {
            var columns = Rows(path, $"SELECT name FROM pragma_table_info('{table}')").Select(column => $"quote({column})");
            return $"SELECT '{table} ' || {string.Join(" || ', ' || ", columns)} FROM {table} ORDER BY 1";
        });

    /// <summary>The rows that such queries find.</summary>
    public static List<string> Content(string path, IReadOnlyDictionary<string, string> queries) => [.. queries.Values.SelectMany(query => Rows(path, query))];

    /// <summary>What SQLite itself finds wrong with the file; empty when it is sound.</summary>
    public static IEnumerable<string> DamageOf(string path) =>
        Rows(path, "PRAGMA integrity_check").Concat(Rows(path, "SELECT 'foreign key of ' || \"table\" FROM pragma_foreign_key_check")).Where(finding => finding != "ok");

    private static List<string> Rows(string path, string sql)
    {
        using var connection = Connect(path);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }

    private static SqliteConnection Connect(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
