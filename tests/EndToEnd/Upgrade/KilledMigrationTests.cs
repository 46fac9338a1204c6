using System.Globalization;
using ColdChain.Core.Readings;
using ColdChain.Edge;
using ColdChain.Edge.Outbox;
using ColdChain.Server.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace ColdChain.EndToEnd.Tests.Upgrade;

/// <summary>
/// The real programs, started on a file of an earlier version and killed at each write that the migration makes: the file is then of the
/// old version or of the new one, whole, with every row; and the next start completes it.
/// </summary>
[Trait("Needs", "strace")]
public sealed class KilledMigrationTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public static TheoryData<int, string> RecordStores => Cases("record", Schema.Current.Version);

    public static TheoryData<int, string> Outboxes => Cases("outbox", OutboxSchema.Current.Version);

    [Theory]
    [MemberData(nameof(RecordStores))]
    public Task Server_KilledAtAnyWriteOfTheMigration_LeavesTheOldStoreOrTheNewOne(int version, string call)
    {
        Directory.CreateDirectory(_folder.File("data"));
        string[] serve = ["serve", "--data", _folder.File("data"), "--fleet", EarlierFile.Fleet, "--port", "0", "--mqtt-port", "0"];
        return CheckAsync(new EarlierCase("record", version, IsKept), call, _folder.File("data/record.db"), Open, ["ColdChain.Server.dll", .. serve]);

        static bool IsKept(string row) =>
            row.Split(' ')[0] is "packs" or "conflicts" or "refused" or "foreign_identities" or "events" or "finding_versions" or "contents" or "fleet_versions" or "rule_packs";
        static void Open(string path) => RecordStore.Open(path, TimeProvider.System).DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    [Theory]
    [MemberData(nameof(Outboxes))]
    public Task Edge_KilledAtAnyWriteOfTheMigration_LeavesTheOldOutboxOrTheNewOne(int version, string call)
    {
        File.WriteAllText(_folder.File("secret"), "secret");
        File.WriteAllText(_folder.File("edge.yaml"), $$"""
            device: pi-1
            broker: {host: 127.0.0.1, port: 1, tls: false, user: pi-1, passwordFile: {{_folder.File("secret")}}}
            outbox: {path: {{_folder.File("outbox.db")}}}
            probes:
              - {id: load, kind: simulated, model: blood-fridge, unit: fridge, role: load, intervalSeconds: 1}
            """);
        return CheckAsync(new EarlierCase("outbox", version, IsUnacknowledged), call, _folder.File("outbox.db"), Open, ["ColdChain.Edge.dll", "--config", _folder.File("edge.yaml")]);

        static bool IsUnacknowledged(string row) => row.Split(' ', ',') is ["reading", var seq, ..] && int.Parse(seq, CultureInfo.InvariantCulture) > 31;
        static void Open(string path) =>
            SqliteOutbox.Open(path, new DeviceId("pi-1"), DeviceClock.ThisDevice(TimeProvider.System), NullLogger.Instance).Dispose();
    }

    public void Dispose() => _folder.Dispose();

    private async Task CheckAsync(EarlierCase earlier, string call, string path, Action<string> open, string[] program)
    {
        program[0] = Path.Combine(AppContext.BaseDirectory, program[0]);
        var (old, fresh) = (_folder.File("old.db"), _folder.File("new.db"));
        open(fresh);
        EarlierFile.Make(earlier.What, earlier.Version, old);
        var queries = EarlierFile.QueriesOf(old);
        var rows = EarlierFile.Content(old, queries);

        var (found, number) = (earlier.Version, 0);
        while (found == earlier.Version)
        {
            number++;
            Remove(path);
            EarlierFile.Make(earlier.What, earlier.Version, path);
            await KilledStart.RunAsync(path, call, number, program);

            found = EarlierFile.VersionOf(path);
            EarlierFile.DamageOf(path).Should().BeEmpty();
            EarlierFile.SchemaOf(path).Should().Equal(EarlierFile.SchemaOf(found == earlier.Version ? old : fresh), $"killed at {call} {number}");
            Check(EarlierFile.Content(path, queries));
            open(path);
            EarlierFile.SchemaOf(path).Should().Equal(EarlierFile.SchemaOf(fresh), "the next start completes it");
            Check(EarlierFile.Content(path, queries));
            number.Should().BeLessThan(500, "a migration of these files is not longer than that");
        }

        found.Should().Be(EarlierFile.VersionOf(fresh));
        number.Should().BeGreaterThan(1, "the first kill comes before anything is written");

        // The kill that comes after the last write of the migration comes in the program's work, which has begun to add and to judge.
        void Check(List<string> content)
        {
            if (found == earlier.Version)
            {
                content.Should().Equal(rows);
            }
            else
            {
                rows.Where(earlier.Lasts).Except(content).Should().BeEmpty("what is stored is kept for ever");
            }
        }
    }

    private static void Remove(string path)
    {
        foreach (var suffix in new[] { "", "-wal", "-shm" })
        {
            File.Delete(path + suffix);
        }
    }

    private static TheoryData<int, string> Cases(string what, int current)
    {
        var cases = new TheoryData<int, string>();
        foreach (var version in EarlierFile.VersionsOf(what).Where(version => version < current))
        {
            foreach (var call in KilledStart.Calls)
            {
                cases.Add(version, call);
            }
        }

        return cases;
    }

    /// <summary>A file to start from, and which of its rows no program ever changes or removes.</summary>
    private sealed record EarlierCase(string What, int Version, Func<string, bool> Lasts);
}
