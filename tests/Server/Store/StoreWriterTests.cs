using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Tests.Store;

public sealed class StoreWriterTests
{
    [Fact]
    public async Task Jobs_OneFails_OnlyThatOneIsUndone()
    {
        await using var open = new OpenStore();
        await using var busy = await BusyWriter.StartAsync(open.Store);
        var good = open.Write(transaction => Append(transaction, "good"));
        var bad = open.Write<long>(transaction =>
        {
            Append(transaction, "bad");
            throw new InvalidOperationException("this job only");
        });
        var after = open.Write(transaction => Append(transaction, "after"));
        await busy.DisposeAsync();

        await bad.Invoking(task => task).Should().ThrowAsync<InvalidOperationException>().WithMessage("this job only");
        await Task.WhenAll(good, after);
        Kinds(open.Store).Should().Equal("good", "after");
        open.Store.Health.IsGood.Should().BeTrue();
    }

    [Fact]
    public async Task Jobs_WaitingTogether_ShareOneCommit()
    {
        await using var open = new OpenStore();
        await using var busy = await BusyWriter.StartAsync(open.Store);
        var jobs = Enumerable.Range(0, 100).Select(i => open.Write(transaction => Append(transaction, $"{i}"))).ToList();
        await busy.DisposeAsync();

        await Task.WhenAll(jobs);
        Kinds(open.Store).Should().Equal(Enumerable.Range(0, 100).Select(i => $"{i}"));
        open.Store.Health.Commits.Should().Be(2, "the job that held the writer, and all that queued behind it");
    }

    [Fact]
    public async Task Jobs_OfBothPriorities_DecisionsRunFirst()
    {
        await using var open = new OpenStore();
        await using var busy = await BusyWriter.StartAsync(open.Store);
        var reading = open.Store.WriteAsync(WritePriority.Reading, transaction => Append(transaction, "reading"), CancellationToken.None);
        var decision = open.Store.WriteAsync(WritePriority.Decision, transaction => Append(transaction, "decision"), CancellationToken.None);
        await busy.DisposeAsync();

        await Task.WhenAll(reading, decision);
        Kinds(open.Store).Should().Equal("decision", "reading");
    }

    [Fact]
    public async Task Commit_Fails_AllJobsOfTheBatchFailAndTheWriterGoesOn()
    {
        await using var open = new OpenStore();
        await using var busy = await BusyWriter.StartAsync(open.Store);
        var innocent = open.Write(transaction => Append(transaction, "innocent"));
        var guilty = open.Write(BreakCommit);
        await busy.DisposeAsync();

        await innocent.Invoking(task => task).Should().ThrowAsync<StoreWriteException>();
        await guilty.Invoking(task => task).Should().ThrowAsync<StoreWriteException>();
        open.Store.Health.FailuresInRow.Should().Be(1);
        open.Store.Health.LastError.Should().Contain("FOREIGN KEY");

        await open.Write(transaction => Append(transaction, "again"));
        Kinds(open.Store).Should().Equal("again");
        open.Store.Health.IsGood.Should().BeTrue();
    }

    [Fact]
    public async Task Disk_Full_LosesTheBatchAndTheWriterGoesOn()
    {
        await using var open = new OpenStore();
        await open.Write(FullDisk.Simulate);
        await using var busy = await BusyWriter.StartAsync(open.Store);
        var innocent = open.Write(transaction => Append(transaction, "innocent"));
        var large = open.Write(transaction => Append(transaction, new string('x', 100_000)));
        await busy.DisposeAsync();

        await large.Invoking(task => task).Should().ThrowAsync<StoreWriteException>().WithMessage("*full*");
        await innocent.Invoking(task => task).Should().ThrowAsync<StoreWriteException>();
        open.Store.Health.LastError.Should().Contain("full");
        await open.Write(transaction => Append(transaction, "after"));
        Kinds(open.Store).Should().Equal("after");
    }

    [Fact]
    public async Task Job_CancelledWhileItWaits_NeverRuns()
    {
        await using var open = new OpenStore();
        await using var busy = await BusyWriter.StartAsync(open.Store);
        using var cancelled = new CancellationTokenSource();
        var job = open.Store.WriteAsync(WritePriority.Reading, transaction => Append(transaction, "never"), cancelled.Token);
        await cancelled.CancelAsync();
        await busy.DisposeAsync();

        await job.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
        Kinds(open.Store).Should().BeEmpty();
    }

    [Fact]
    public async Task Dispose_JobsWaiting_WritesThemFirst()
    {
        using var folder = new TempFolder();
        var store = RecordStore.Open(folder.File("store.db"), TimeProvider.System);
        var jobs = Enumerable.Range(0, 50)
            .Select(i => store.WriteAsync(WritePriority.Reading, transaction => Append(transaction, $"{i}"), CancellationToken.None))
            .ToList();
        await store.DisposeAsync();

        await Task.WhenAll(jobs);
        await using var again = RecordStore.Open(folder.File("store.db"), TimeProvider.System);
        Kinds(again).Should().HaveCount(50);
    }

    private static long Append(StoreTransaction transaction, string kind) =>
        EventLog.Append(transaction, new Instant(1), kind, null, "", new { });

    private static List<string> Kinds(RecordStore store) => store.Read(session => EventLog.Read(session, 0, 1000)).ConvertAll(row => row.Kind);

    // A deferred foreign key is checked at COMMIT only: the real thing fails, at the real place.
    private static void BreakCommit(StoreTransaction transaction)
    {
        transaction.Execute("CREATE TABLE child (parent INTEGER REFERENCES findings (id) DEFERRABLE INITIALLY DEFERRED)");
        transaction.Execute("INSERT INTO child VALUES (42)");
    }
}
