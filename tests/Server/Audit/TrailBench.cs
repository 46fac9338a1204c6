using System.Security.Cryptography;
using ColdChain.Core.Readings;
using ColdChain.Server.Audit;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Store;
using ColdChain.Tests.Shared;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace ColdChain.Server.Tests.Audit;

/// <summary>
/// A store with an audit trail that its server anchored four times and then closed: entries 1 to 24, of which the anchors cover 5, 11, 17 and 23.
/// What whoever has the files can do to them is done with plain SQL.
/// </summary>
internal sealed class TrailBench : IAsyncDisposable
{
    private const int Rounds = 4;
    private const int EventsOfARound = 5;

    private readonly TempFolder _folder = new();
    private readonly ManualTimeProvider _time = new(Ingest.Some.Start.ToDateTimeOffset());

    public string StorePath => _folder.File("record.db");

    public string AnchorPath => _folder.File("anchors.jsonl");

    public string KeyPath => _folder.File(AnchorKey.PublicFileName);

    public string Folder => _folder.File("");

    public static async Task<TrailBench> WriteAsync()
    {
        var bench = new TrailBench();
        await using (var store = RecordStore.Open(bench.StorePath, bench._time))
        {
            for (var round = 0; round < Rounds; round++)
            {
                await bench.WriteRoundAsync(store, round);
            }
        }

        return bench;
    }

    /// <summary>What the server does while it runs: some events, and an anchor.</summary>
    public async Task WriteRoundAsync(RecordStore store, int round)
    {
        using var place = new AnchorPlace(AnchorPath, AnchorKey.LoadOrCreate(_folder.File("")));
        for (var number = 0; number < EventsOfARound; number++)
        {
            var name = $"W0000260000{round}{number}";
            await store.WriteAsync(
                WritePriority.Decision,
                transaction => EventLog.Append(transaction, Instant.Now(_time), EventKinds.ContentsEntered, new StorageUnitId("fridge-1"), name, new { product = "E0336V00" }),
                CancellationToken.None,
                new Actor("person:amina", "192.0.2.7"));
        }

        _time.Advance(TimeSpan.FromHours(1));
        using var keeper = new AnchorKeeper(store, place, _time, NullLogger<AnchorKeeper>.Instance);
        await keeper.AnchorAsync();
    }

    /// <summary>Changes the database as one does who has the file: without the triggers that stand in the way.</summary>
    public void Sql(params ReadOnlySpan<string> statements)
    {
        using var connection = Connect();
        foreach (var statement in (ReadOnlySpan<string>)["DROP TRIGGER IF EXISTS events_keep", "DROP TRIGGER IF EXISTS events_stay", "DROP TRIGGER IF EXISTS events_chained", .. statements])
        {
            using var command = connection.CreateCommand();
            command.CommandText = statement;
            command.ExecuteNonQuery();
        }
    }

    /// <summary>Computes all hashes from an entry on anew, as somebody does who knows how the chain is made.</summary>
    public void ComputeAnewFrom(long id)
    {
        var (updates, head) = (new List<string>(), Array.Empty<byte>());
        StoreFile.Read(StorePath, session =>
        {
            head = EventChain.Beginning(EventChain.StoreIdOf(session));
            foreach (var entry in EventLog.Chained(session))
            {
                head = EventChain.Next(head, entry);
                if (entry.Id >= id)
                {
                    updates.Add($"UPDATE events SET hash = x'{Convert.ToHexString(head)}' WHERE id = {entry.Id}");
                }
            }

            return true;
        });
        Sql([.. updates]);
    }

    public List<string> AnchorLines() => [.. File.ReadAllLines(AnchorPath)];

    public void WriteAnchors(IEnumerable<string> lines) => File.WriteAllText(AnchorPath, string.Concat(lines.Select(line => line + "\n")));

    /// <summary>Signs all anchors with another key, each naming the line before it.</summary>
    public void SignAnewWithAnotherKey()
    {
        using var key = new AnchorKey(ECDsa.Create(ECCurve.NamedCurves.nistP256));
        var (lines, previous) = (new List<string>(), "");
        foreach (var anchor in AnchorLines().Select(line => TrailAnchor.Of(line)!))
        {
            lines.Add(key.Sign(anchor with { Previous = previous }).ToLine());
            previous = AnchorFile.HashOf(lines[^1]);
        }

        WriteAnchors(lines);
    }

    /// <summary>A copy of the database as it is now.</summary>
    public string Backup()
    {
        File.Copy(StorePath, _folder.File("backup.db"), overwrite: true);
        return _folder.File("backup.db");
    }

    public (AnchorReading Anchors, TrailResult Trail) Verify() => StoreFile.Read(StorePath, session =>
    {
        var anchors = AnchorReader.Read(File.ReadLines(AnchorPath), File.ReadAllText(KeyPath), EventChain.StoreIdOf(session));
        return (anchors, TrailVerification.Verify(session, anchors.Anchors));
    });

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={StorePath};Pooling=False");
        connection.Open();
        return connection;
    }
}
