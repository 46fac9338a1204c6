using Microsoft.Data.Sqlite;

namespace ColdChain.EndToEnd.Tests.BadInput;

/// <summary>What the table of bad inputs rests on: a hash that no change of an earlier row survives.</summary>
public sealed class StoredRowsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public StoredRowsTests() => Run("CREATE TABLE packs (id INTEGER PRIMARY KEY, bytes BLOB); CREATE TABLE streams (held TEXT); INSERT INTO packs (bytes) VALUES (x'01'), (x'02')");

    [Theory]
    [InlineData("INSERT INTO packs (bytes) VALUES (x'03')", true)]
    [InlineData("INSERT INTO streams VALUES ('1-2')", true)]
    [InlineData("UPDATE packs SET bytes = x'03' WHERE id = 1", false)]
    [InlineData("UPDATE packs SET bytes = '1' WHERE id = 1", false)]
    [InlineData("DELETE FROM packs WHERE id = 2", false)]
    [InlineData("UPDATE packs SET id = 7 WHERE id = 2", false)]
    [InlineData("ALTER TABLE packs RENAME TO bundles", false)]
    public void Hash_IsTheSame_OnlyWhileEveryEarlierRowIs(string change, bool isSame)
    {
        var before = StoredRows.Of(_folder.File("rows.db"));

        Run(change);

        (before.HashNow() == before.Hash).Should().Be(isSame);
    }

    public void Dispose() => _folder.Dispose();

    private void Run(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.File("rows.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
