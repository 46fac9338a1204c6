using ColdChain.Core.Readings;
using ColdChain.Server.Store;
using Microsoft.Data.Sqlite;

namespace ColdChain.Server.Tests.Store;

/// <summary>
/// What a record store promises wherever it is kept: in a file, and in the memory of the simulator, which stands for one. What only a file with
/// many threads can do, reading beside a write, is not among it.
/// </summary>
public abstract class StoreContract : IAsyncLifetime
{
    private static readonly StorageUnitId Unit = new("fridge-1");

    private RecordStore? _store;

    private RecordStore Store => _store!; // Opened before each test.

    public Task InitializeAsync()
    {
        _store = Open();
        return Task.CompletedTask;
    }

    public virtual async Task DisposeAsync() => await Store.DisposeAsync();

    [Fact]
    public async Task Open_Again_KeepsIdAndRows()
    {
        var id = Store.Id;
        await Write(transaction => CursorStore.Set(transaction, "alerts", 7));
        await Store.DisposeAsync();

        _store = Open();

        Store.Id.Should().Be(id).And.MatchRegex("^[0-9a-f]{32}$");
        Store.Read(session => CursorStore.Get(session, "alerts")).Should().Be(7);
    }

    [Fact]
    public async Task Write_Completed_IsThereAfterADeath()
    {
        for (var i = 1; i <= 20; i++)
        {
            var at = new Instant(i);
            await Write(transaction => MarkStore.Append(transaction, Unit, at, at));
        }

        await using var left = OpenAfterDeath(Store);

        left.Id.Should().Be(Store.Id);
        left.Read(MarkStore.LastGeneration).Should().Be(20);
        left.Marks.Last.Should().Be(20);
    }

    [Fact]
    public async Task Write_ThatThrows_UndoesItselfAlone()
    {
        var good = Write(transaction => CursorStore.Set(transaction, "good", 1));
        var bad = Write(transaction =>
        {
            CursorStore.Set(transaction, "bad", 1);
            throw new InvalidOperationException("changed its mind");
        });

        await bad.Invoking(task => task).Should().ThrowAsync<InvalidOperationException>().WithMessage("changed its mind");
        await good;
        Store.Read(session => (CursorStore.Get(session, "good"), CursorStore.Get(session, "bad"))).Should().Be((1, 0));
    }

    [Fact]
    public async Task Write_OnAFullDisk_StoresNothingAndWorksAgainWithRoom()
    {
        var full = () => Write(transaction =>
        {
            FullDisk.Simulate(transaction);
            for (var i = 0; i < 1000; i++)
            {
                EventLog.Append(transaction, new Instant(i), EventKinds.FleetLoaded, null, new string('x', 1000), new { });
            }
        });

        await full.Should().ThrowAsync<StoreWriteException>().WithMessage("*full*");
        Store.Health.IsGood.Should().BeFalse();
        Store.Read(EventLog.LastId).Should().Be(0);
        await Write(transaction => EventLog.Append(transaction, new Instant(1), EventKinds.FleetLoaded, null, "fleet", new { }));
        Store.Health.IsGood.Should().BeTrue();
        Store.Read(session => EventLog.Read(session, 0, 10)).Should().HaveCount(1);
    }

    [Fact]
    public void Read_ThatWrites_IsRefused()
    {
        var write = () => Store.Read(session => session.Run("DELETE FROM marks"));

        write.Should().Throw<SqliteException>().WithMessage("*readonly*");
    }

    [Fact]
    public async Task Row_Stored_IsNeverRewritten()
    {
        await Write(transaction => EventLog.Append(transaction, new Instant(1), EventKinds.FleetLoaded, null, "fleet", new { }));

        var rewrite = () => Write(transaction => transaction.Execute("UPDATE events SET payload = '{}'"));

        (await rewrite.Should().ThrowAsync<SqliteException>()).WithMessage("*never*");
    }

    [Fact]
    public async Task Events_WaitForNew_CompletesAtTheCommit()
    {
        var waiting = Store.Events.WaitForNewAsync(0, CancellationToken.None);
        waiting.IsCompleted.Should().BeFalse();

        await Write(transaction => EventLog.Append(transaction, new Instant(5), EventKinds.FleetLoaded, null, "fleet", new { }));

        await waiting.WaitAsync(TimeSpan.FromSeconds(60));
    }

    /// <summary>Opens the store; the same one each time.</summary>
    private protected abstract RecordStore Open();

    /// <summary>Opens what is left of a store whose process dies at this moment.</summary>
    private protected abstract RecordStore OpenAfterDeath(RecordStore running);

    private Task Write(Action<StoreTransaction> work) => Store.WriteAsync(WritePriority.Decision, work, CancellationToken.None);
}
