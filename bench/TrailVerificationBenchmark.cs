using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using ColdChain.Core.Readings;
using ColdChain.Server.Audit;
using ColdChain.Server.Store;

namespace ColdChain.Bench;

/// <summary>How long it takes to verify an audit trail of a million entries, from the file to the last hash.</summary>
[SimpleJob(RunStrategy.Monitoring, warmupCount: 1, iterationCount: 5)]
public class TrailVerificationBenchmark
{
    private const int Entries = 1_000_000;
    private const int EntriesInATransaction = 10_000;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("coldchain-bench-");

    private string StorePath => Path.Combine(_folder.FullName, "record.db");

    [GlobalSetup]
    public async Task PrepareAsync()
    {
        await using var store = RecordStore.Open(StorePath, TimeProvider.System);
        for (var written = 0; written < Entries; written += EntriesInATransaction)
        {
            await store.WriteAsync(WritePriority.Decision, Write, CancellationToken.None, new Actor("person:amina", "192.0.2.7"));
        }
    }

    /// <summary>The time of all entries together.</summary>
    [Benchmark]
    public long Verify()
    {
        var result = StoreFile.Read(StorePath, session => TrailVerification.Verify(session, null));
        return result is { Problem: null, Entries: Entries } ? result.LastId : throw new InvalidOperationException(result.Problem);
    }

    [GlobalCleanup]
    public void Remove() => _folder.Delete(recursive: true);

    private static void Write(StoreTransaction transaction)
    {
        for (var number = 0; number < EntriesInATransaction; number++)
        {
            EventLog.Append(
                transaction, Instant.Now(TimeProvider.System), EventKinds.HoldPlaced, new StorageUnitId("fridge-1"), "W000026123456",
                new { hold = number, kind = "blood-unit", donation = "W000026123456", product = "E0336V00", finding = number, since = "2026-11-22T06:00:00.000Z", state = "held" });
        }
    }
}
