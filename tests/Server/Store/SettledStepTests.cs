using System.Text;
using ColdChain.Core.Readings;
using ColdChain.Server.Store;
using ColdChain.Tests.Shared;
using Microsoft.Data.Sqlite;

namespace ColdChain.Server.Tests.Store;

public sealed class SettledStepTests
{
    [Fact]
    public async Task File_OfVersion1_HasEveryUnitJudgedOnceMore_FromWhatItHadPostponed()
    {
        using var folder = new TempFolder();
        var path = folder.File("record.db");
        using (var connection = new SqliteConnection($"Data Source={path};Pooling=false"))
        {
            connection.Open();
            var first = Path.Combine(Repository.Root, "server", "Store", "Migrations", "0001-first-tables.sql");
            new Schema([await File.ReadAllTextAsync(first)]).Ensure(connection, path);
            Insert(connection, "delivering", """{"Head":null,"HeadAt":90,"ReviewFrom":70,"DeliveringSince":80}""");
            Insert(connection, "quiet", """{"Head":null,"HeadAt":90,"ReviewFrom":null}""");
            Insert(connection, "strange", "no JSON");
        }

        await using var store = RecordStore.Open(path, TimeProvider.System);

        store.Read(MarkStore.Pending).Select(marks => (marks.Unit.Value, marks.From, marks.To)).Should().BeEquivalentTo(
            [("delivering", new Instant(70), Instant.End), ("quiet", Instant.End, Instant.End), ("strange", Instant.End, Instant.End)]);
        store.Read(UnitStateStore.All).Should().OnlyContain(row => row.Settled.Count == 0 && row.ReviewFrom == null);
    }

    private static void Insert(SqliteConnection connection, string unit, string state)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO unit_states (unit, version, state, status, since) VALUES ($unit, 1, $state, 'in-range', 1)";
        command.Parameters.AddWithValue("$unit", unit);
        command.Parameters.AddWithValue("$state", Encoding.UTF8.GetBytes(state));
        command.ExecuteNonQuery();
    }
}
