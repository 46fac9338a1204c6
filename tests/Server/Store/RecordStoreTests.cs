using ColdChain.Core.Readings;
using ColdChain.Server.Store;
using Microsoft.Data.Sqlite;

namespace ColdChain.Server.Tests.Store;

public sealed class RecordStoreTests
{
    [Fact]
    public async Task Open_Again_KeepsIdAndRows()
    {
        using var folder = new TempFolder();
        var first = RecordStore.Open(folder.File("store.db"), TimeProvider.System);
        var id = first.Id;
        await first.WriteAsync(WritePriority.Decision, transaction => CursorStore.Set(transaction, "alerts", 7), CancellationToken.None);
        await first.DisposeAsync();

        await using var again = RecordStore.Open(folder.File("store.db"), TimeProvider.System);
        again.Id.Should().Be(id).And.MatchRegex("^[0-9a-f]{32}$");
        again.Read(session => CursorStore.Get(session, "alerts")).Should().Be(7);
        again.SqliteVersion.Should().StartWith("3.");
    }

    [Fact]
    public async Task Open_SecondTime_IsRefusedWithTheCure()
    {
        await using var open = new OpenStore();

        var second = () => RecordStore.Open(open.Path, TimeProvider.System);

        second.Should().Throw<StoreOpenException>().WithMessage("*cannot be locked*Stop the other server*");
    }

    [Fact]
    public async Task Open_NewerSchema_IsRefusedWithTheCure()
    {
        using var folder = new TempFolder();
        await RecordStore.Open(folder.File("store.db"), TimeProvider.System).DisposeAsync();
        Run(folder.File("store.db"), "PRAGMA user_version = 99");

        var newer = () => RecordStore.Open(folder.File("store.db"), TimeProvider.System);

        newer.Should().Throw<StoreOpenException>().WithMessage("*store.db has schema version 99*knows versions up to *Start the program version that wrote it*");
    }

    [Fact]
    public void Open_OtherProgramsDatabase_IsRefusedAndUntouched()
    {
        using var folder = new TempFolder();
        Run(folder.File("store.db"), "CREATE TABLE songs (title TEXT)");

        var other = () => RecordStore.Open(folder.File("store.db"), TimeProvider.System);

        other.Should().Throw<StoreOpenException>().WithMessage("*another program's database*");
    }

    [Fact]
    public void Open_NotADatabase_IsRefused()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("store.db"), new string('x', 10_000));

        var garbage = () => RecordStore.Open(folder.File("store.db"), TimeProvider.System);

        garbage.Should().Throw<StoreOpenException>().WithMessage("*cannot be used as record store*");
    }

    [Fact]
    public async Task Write_Completed_IsThereAfterPowerCut()
    {
        await using var open = new OpenStore();
        for (var i = 1; i <= 20; i++)
        {
            var at = i;
            await open.Write(transaction => MarkStore.Append(transaction, new StorageUnitId("fridge-1"), new Instant(at), new Instant(at)));
        }

        await using var copy = open.OpenAfterPowerCut();
        copy.Id.Should().Be(open.Store.Id);
        copy.Read(MarkStore.LastGeneration).Should().Be(20);
        copy.Marks.Last.Should().Be(20);
    }

    [Fact]
    public async Task Read_WhileOthersWrite_SeesOneCommit()
    {
        await using var open = new OpenStore();
        await open.Write(transaction => CursorStore.Set(transaction, "a", 1));

        var (before, after) = open.Store.Read(session =>
        {
            var first = CursorStore.Get(session, "a");
            open.Write(transaction => CursorStore.Set(transaction, "a", 2)).GetAwaiter().GetResult();
            return (first, CursorStore.Get(session, "a"));
        });

        (before, after).Should().Be((1, 1));
        open.Store.Read(session => CursorStore.Get(session, "a")).Should().Be(2);
    }

    [Fact]
    public async Task Read_ThatWrites_IsRefused()
    {
        await using var open = new OpenStore();

        var write = () => open.Store.Read(session => session.Run("DELETE FROM marks"));

        write.Should().Throw<SqliteException>().WithMessage("*readonly*");
    }

    [Fact]
    public async Task Events_WaitForNew_CompletesAtTheCommit()
    {
        await using var open = new OpenStore();
        var waiting = open.Store.Events.WaitForNewAsync(0, CancellationToken.None);
        waiting.IsCompleted.Should().BeFalse();

        var id = await open.Write(transaction => EventLog.Append(transaction, new Instant(5), EventKinds.FleetLoaded, null, "fleet", new { units = 3 }));

        await waiting.WaitAsync(TimeSpan.FromSeconds(60));
        await open.Store.Events.WaitForNewAsync(id - 1, CancellationToken.None);
        open.Store.Read(session => EventLog.Read(session, 0, 10)).Should()
            .Equal(new EventRow(id, new Instant(5), EventKinds.FleetLoaded, null, "fleet", """{"units":3}""")
            {
                Who = Actor.Software.Name, Zone = TimeZoneInfo.Local.Id,
            });
    }

    [Fact]
    public async Task Events_UndoneJob_WakesNobody()
    {
        await using var open = new OpenStore();
        var undone = open.Write(transaction =>
        {
            EventLog.Append(transaction, new Instant(5), EventKinds.FleetLoaded, null, "fleet", new { });
            throw new InvalidOperationException();
        });

        await undone.Invoking(task => task).Should().ThrowAsync<InvalidOperationException>();
        open.Store.Events.Last.Should().Be(0);
    }

    private static void Run(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
