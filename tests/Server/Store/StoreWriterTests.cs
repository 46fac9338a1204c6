using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Tests.Store;

public sealed class StoreWriterTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Jobs_OneFails_OnlyThatOneIsUndone()
    {
        await using var open = new OpenStore();
        using var gate = new ManualResetEventSlim();
        var first = open.Write(_ => gate.Wait(Patience));
        var good = open.Write(transaction => Append(transaction, "good"));
        var bad = open.Write<long>(transaction =>
        {
            Append(transaction, "bad");
            throw new InvalidOperationException("this job only");
        });
        var after = open.Write(transaction => Append(transaction, "after"));
        gate.Set();

        await bad.Invoking(task => task).Should().ThrowAsync<InvalidOperationException>().WithMessage("this job only");
        await Task.WhenAll(first, good, after);
        Kinds(open.Store).Should().Equal("good", "after");
        open.Store.Health.IsGood.Should().BeTrue();
    }

    [Fact]
    public async Task Jobs_WaitingTogether_ShareOneCommit()
    {
        await using var open = new OpenStore();
        using var gate = new ManualResetEventSlim();
        var first = open.Write(_ => gate.Wait(Patience));
        var jobs = Enumerable.Range(0, 100).Select(i => open.Write(transaction => Append(transaction, $"{i}"))).ToList();
        gate.Set();

        await Task.WhenAll([first, .. jobs]);
        Kinds(open.Store).Should().Equal(Enumerable.Range(0, 100).Select(i => $"{i}"));
        open.Store.Health.Commits.Should().Be(2, "the job that held the writer, and all that queued behind it");
    }

    [Fact]
    public async Task Jobs_OfBothPriorities_DecisionsRunFirst()
    {
        await using var open = new OpenStore();
        using var gate = new ManualResetEventSlim();
        var first = open.Write(_ => gate.Wait(Patience));
        var reading = open.Store.WriteAsync(WritePriority.Reading, transaction => Append(transaction, "reading"), CancellationToken.None);
        var decision = open.Store.WriteAsync(WritePriority.Decision, transaction => Append(transaction, "decision"), CancellationToken.None);
        gate.Set();

        await Task.WhenAll(first, reading, decision);
        Kinds(open.Store).Should().Equal("decision", "reading");
    }

    [Fact]
    public async Task Commit_Fails_AllJobsOfTheBatchFailAndTheWriterGoesOn()
    {
        await using var open = new OpenStore();
        using var gate = new ManualResetEventSlim();
        var first = open.Write(_ => gate.Wait(Patience));
        var innocent = open.Write(transaction => Append(transaction, "innocent"));
        var guilty = open.Write(BreakCommit);
        gate.Set();
        await first;

        await innocent.Invoking(task => task).Should().ThrowAsync<StoreWriteException>();
        await guilty.Invoking(task => task).Should().ThrowAsync<StoreWriteException>();
        open.Store.Health.FailuresInRow.Should().Be(1);
        open.Store.Health.LastError.Should().Contain("FOREIGN KEY");

        await open.Write(transaction => Append(transaction, "again"));
        Kinds(open.Store).Should().Equal("again");
        open.Store.Health.IsGood.Should().BeTrue();
    }

    [Fact]
    public async Task Disk_Full_FailsTheJobAndTheStoreStaysUsable()
    {
        await using var open = new OpenStore();
        var full = open.Write(transaction =>
        {
            transaction.Query("PRAGMA max_page_count = 1", row => row.GetInt64(0));
            for (var i = 0; i < 1000; i++)
            {
                Append(transaction, new string('x', 1000));
            }
        });

        (await full.Invoking(task => task).Should().ThrowAsync<Exception>()).And.Message.Should().Contain("full");
        await open.Write(transaction => transaction.Query("PRAGMA max_page_count = 1000000", row => row.GetInt64(0)));
        await open.Write(transaction => Append(transaction, "after"));
        Kinds(open.Store).Should().Equal("after");
    }

    [Fact]
    public async Task Job_CancelledWhileItWaits_NeverRuns()
    {
        await using var open = new OpenStore();
        using var gate = new ManualResetEventSlim();
        using var cancelled = new CancellationTokenSource();
        var first = open.Write(_ => gate.Wait(Patience));
        var job = open.Store.WriteAsync(WritePriority.Reading, transaction => Append(transaction, "never"), cancelled.Token);
        await cancelled.CancelAsync();
        gate.Set();

        await first;
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
