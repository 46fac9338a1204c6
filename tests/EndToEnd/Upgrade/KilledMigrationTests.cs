using ColdChain.Core.Readings;
using ColdChain.Edge;
using ColdChain.Edge.Outbox;
using ColdChain.Hosting.Clocks;
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

    public static TheoryData<int> RecordStores => [.. EarlierFile.VersionsOf("record").Where(version => version < Schema.Current.Version)];

    public static TheoryData<int> Outboxes => [.. EarlierFile.VersionsOf("outbox").Where(version => version < OutboxSchema.Current.Version)];

    [Theory]
    [MemberData(nameof(RecordStores))]
    public Task Server_KilledAtAnyWriteOfTheMigration_LeavesTheOldStoreOrTheNewOne(int version)
    {
        Directory.CreateDirectory(_folder.File("data"));
        var path = _folder.File("data/record.db");
        string[] serve = ["serve", "--data", _folder.File("data"), "--fleet", EarlierFile.Fleet, "--port", "0", "--mqtt-port", "0"];
        return new KilledMigration("record", version, path, Open, ["ColdChain.Server.dll", .. serve]).CheckAsync(_folder);

        static void Open(string path) => RecordStore.Open(path, TimeProvider.System).DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    [Theory]
    [MemberData(nameof(Outboxes))]
    public Task Edge_KilledAtAnyWriteOfTheMigration_LeavesTheOldOutboxOrTheNewOne(int version)
    {
        File.WriteAllText(_folder.File("secret"), "secret");
        File.WriteAllText(_folder.File("edge.yaml"), $$"""
            device: pi-1
            broker: {host: 127.0.0.1, port: 1, tls: false, user: pi-1, passwordFile: {{_folder.File("secret")}}}
            outbox: {path: {{_folder.File("outbox.db")}}}
            clock:
              trust: always
            probes:
              - {id: load, kind: simulated, model: blood-fridge, unit: fridge, role: load, intervalSeconds: 1}
            """);
        string[] edge = ["ColdChain.Edge.dll", "--config", _folder.File("edge.yaml")];
        return new KilledMigration("outbox", version, _folder.File("outbox.db"), Open, edge).CheckAsync(_folder);

        static void Open(string path) =>
            SqliteOutbox.Open(path, new DeviceId("pi-1"), DeviceClock.ThisDevice(TimeProvider.System, new AssumedClock()), NullLogger.Instance).Dispose();
    }

    public void Dispose() => _folder.Dispose();
}
