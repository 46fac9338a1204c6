using System.Globalization;
using System.Text.RegularExpressions;
using ColdChain.Server.Store;
using ColdChain.Tests.Shared;
using Microsoft.Data.Sqlite;

namespace ColdChain.Server.Tests.Store;

/// <summary>How a file is brought from version to version, with steps of the test's own over the first one of the product.</summary>
public sealed partial class SchemaTests : IDisposable
{
    private const string ManyRows = """
        CREATE TABLE many (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
        INSERT INTO many (text) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) SELECT hex(randomblob(500)) FROM n;
        """;

    private readonly TempFolder _folder = new();

    private string Path => _folder.File("store.db");

    [Fact]
    public void Ensure_OldFile_TakesOnlyTheStepsThatItLacks()
    {
        using var connection = Connect(Path);
        new Schema([First]).Ensure(connection, Path).Should().Be(0);

        new Schema([First, "CREATE TABLE second (a)", "ALTER TABLE second ADD COLUMN b"]).Ensure(connection, Path).Should().Be(1);

        Version(connection).Should().Be(3);
        Rows(connection, "SELECT name FROM pragma_table_info('second')").Should().Equal("a", "b");
        new Schema([First, "CREATE TABLE second (a)", "ALTER TABLE second ADD COLUMN b"]).Ensure(connection, Path).Should().Be(3, "nothing is left to do");
    }

    [Fact]
    public void Ensure_StepThatFails_UndoesTheStepsBeforeIt()
    {
        using var connection = Connect(Path);
        new Schema([First]).Ensure(connection, Path);
        var before = Dump(connection);

        var broken = () => new Schema([First, ManyRows, "CREATE TABLE meta (a)"]).Ensure(connection, Path);

        broken.Should().Throw<StoreOpenException>().WithMessage("*store.db could not be brought from schema version 1 to 3: *meta already exists*Nothing of it is half done*start again*");
        Dump(connection).Should().Equal(before);
        new Schema([First, ManyRows]).Ensure(connection, Path).Should().Be(1, "the next good step works");
    }

    [Fact]
    public void Ensure_FullDisk_LeavesTheOldVersionAndNamesTheCure()
    {
        using var connection = Connect(Path);
        new Schema([First]).Ensure(connection, Path);
        var before = Dump(connection);
        Rows(connection, "PRAGMA max_page_count = 200");

        var full = () => new Schema([First, ManyRows]).Ensure(connection, Path);

        full.Should().Throw<StoreOpenException>().WithMessage("*could not be brought from schema version 1 to 2: *full*free as much as the file is large and start again*");
        Dump(connection).Should().Equal(before);
        Rows(connection, "PRAGMA max_page_count = 100000");
        new Schema([First, ManyRows]).Ensure(connection, Path).Should().Be(1);
    }

    /// <summary>The step is so large that SQLite writes half of it to the disk before the commit: that half must not count.</summary>
    [Fact]
    public void Ensure_PowerCutInTheMiddle_LeavesTheOldVersionWhole()
    {
        using var connection = Connect(Path);
        new Schema([First]).Ensure(connection, Path);
        var before = Dump(connection);
        Rows(connection, "PRAGMA cache_size = 10");
        string? copy = null;
        connection.CreateFunction("cut_power", () => { copy = _folder.CopyOfStore(Path, "copy.db"); return 0; });

        new Schema([First, ManyRows, "SELECT cut_power()", "CREATE TABLE last (a)"]).Ensure(connection, Path);

        Version(connection).Should().Be(4);
        new FileInfo(copy + "-wal").Length.Should().BeGreaterThan(1_000_000, "half of the migration was on the disk");
        using var after = Connect(copy!);
        Dump(after).Should().Equal(before);
        Rows(after, "PRAGMA integrity_check").Should().Equal("ok");
        new Schema([First, ManyRows]).Ensure(after, copy!).Should().Be(1, "the next start completes it");
    }

    /// <summary>A step that rewrote or removed something could change what a person has decided upon.</summary>
    [Fact]
    public void Steps_AfterTheFirst_OnlyAdd()
    {
        foreach (var file in Directory.GetFiles(Migrations).Order(StringComparer.Ordinal).Skip(1))
        {
            var sql = Comment().Replace(File.ReadAllText(file), "");
            Rewriting().IsMatch(sql).Should().BeFalse($"{file} must add and nothing else: no rows updated, replaced or deleted, nothing dropped or renamed");
        }
    }

    [Theory]
    [InlineData("UPDATE packs SET lane = 'x';")]
    [InlineData("INSERT INTO x VALUES (1); DELETE FROM packs;")]
    [InlineData("DROP TRIGGER packs_keep;")]
    [InlineData("REPLACE INTO meta VALUES ('a', 'b');")]
    [InlineData("INSERT OR REPLACE INTO meta VALUES ('a', 'b');")]
    [InlineData("ALTER TABLE packs RENAME TO old;")]
    [InlineData("ALTER TABLE packs DROP COLUMN lane;")]
    [InlineData("COMMIT; BEGIN;")]
    public void Rewriting_OfAnyForm_IsFound(string sql) => Rewriting().IsMatch(sql).Should().BeTrue();

    [Theory]
    [InlineData("CREATE TABLE a (b INTEGER REFERENCES c (d)); CREATE INDEX e ON a (b);")]
    [InlineData("ALTER TABLE packs ADD COLUMN note TEXT;")]
    [InlineData("CREATE TRIGGER a_keep BEFORE UPDATE ON a BEGIN SELECT RAISE(ABORT, 'never rewritten'); END;")]
    [InlineData("CREATE TRIGGER a_stay BEFORE DELETE ON a BEGIN SELECT RAISE(ABORT, 'never deleted'); END;")]
    public void Rewriting_InAStepThatAdds_IsNotFound(string sql) => Rewriting().IsMatch(sql).Should().BeFalse();

    public void Dispose() => _folder.Dispose();

    private static string Migrations => System.IO.Path.Combine(Repository.Root, "server", "Store", "Migrations");

    private static string First => File.ReadAllText(System.IO.Path.Combine(Migrations, "0001-first-tables.sql"));

    // The words at the beginning of a statement, and in ALTER TABLE; a trigger's "BEFORE UPDATE ON" is neither.
    [GeneratedRegex(@"(^|;)\s*(UPDATE|DELETE|REPLACE|INSERT\s+OR\s+REPLACE|DROP|COMMIT|END\s+TRANSACTION|ROLLBACK|PRAGMA|VACUUM)\b|\bALTER\s+TABLE\s+\w+\s+(RENAME|DROP)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Rewriting();

    [GeneratedRegex("--[^\n]*")]
    private static partial Regex Comment();

    private static SqliteConnection Connect(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=false");
        connection.Open();
        Rows(connection, "PRAGMA journal_mode = WAL");
        return connection;
    }

    private static long Version(SqliteConnection connection) => long.Parse(Rows(connection, "PRAGMA user_version").Single(), CultureInfo.InvariantCulture);

    /// <summary>Everything of the schema, with the version; and what the one table of the first step that has a row says.</summary>
    private static List<string> Dump(SqliteConnection connection) =>
    [
        .. Rows(connection, "PRAGMA user_version"),
        .. Rows(connection, "SELECT type || name || coalesce(sql, '') FROM sqlite_schema ORDER BY 1"),
        .. Rows(connection, "SELECT name || value FROM meta"),
    ];

    private static List<string> Rows(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture)!); // No column here is null.
        }

        return rows;
    }
}
