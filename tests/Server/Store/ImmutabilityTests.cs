using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Ingest;
using Microsoft.Data.Sqlite;

namespace ColdChain.Server.Tests.Store;

public sealed class ImmutabilityTests
{
    [Theory]
    [InlineData("UPDATE packs SET bytes = x'00'")]
    [InlineData("DELETE FROM packs")]
    [InlineData("UPDATE conflicts SET other = x'00'")]
    [InlineData("DELETE FROM conflicts")]
    [InlineData("UPDATE refused SET reason = 'none'")]
    [InlineData("DELETE FROM refused")]
    [InlineData("UPDATE events SET payload = '{}'")]
    [InlineData("DELETE FROM events")]
    [InlineData("UPDATE fleet_versions SET text = ''")]
    [InlineData("DELETE FROM fleet_versions")]
    [InlineData("DELETE FROM contents")]
    [InlineData("UPDATE windows SET to_at = to_at + 1")]
    [InlineData("DELETE FROM windows")]
    [InlineData("UPDATE window_ends SET ended_at = 0")]
    [InlineData("DELETE FROM window_ends")]
    [InlineData("DELETE FROM conditions")]
    [InlineData("DELETE FROM accounts")]
    [InlineData("UPDATE accounts SET name = 'somebody-else'")]
    [InlineData("DELETE FROM api_tokens")]
    [InlineData("UPDATE api_tokens SET scopes = 'read'")]
    public async Task Row_Stored_IsNeverRewrittenOrDeleted(string sql)
    {
        await using var open = new OpenStore();
        await open.Write(StoreOneOfEach);

        var rewrite = () => open.Write(transaction => transaction.Execute(sql));

        (await rewrite.Should().ThrowAsync<SqliteException>()).WithMessage("*never*");
    }

    private static void StoreOneOfEach(StoreTransaction transaction)
    {
        var (bytes, now) = (PackCodec.Encode(Some.Pack(1, 1)), Some.Start);
        PackStore.Insert(transaction, Some.PackRow(Some.Pack(1, 1)));
        ConflictStore.TryInsert(transaction, new ConflictRow(0, Some.Reading(1).Key, Some.Probe, now, bytes, bytes, now, now));
        RefusedStore.TryInsert(transaction, new Refusal(Some.Device, Some.Epoch, 1, "why", bytes, now));
        EventLog.Append(transaction, now, EventKinds.FleetLoaded, null, "", new { });
        FleetVersionStore.Append(transaction, "text", now);
        ConditionStore.Save(transaction, new ConditionRow { Unit = new StorageUnitId("fridge-1"), Condition = new(default, Some.Probe, now, null, null), DiscoveredAt = now, UpdatedAt = now });
        ContentsStore.TryEnter(transaction, new ContentsRow(0, new StorageUnitId("fridge-1"), "G123498654321", "RBC", now, null, now, null));
        AccountStore.Insert(transaction, new AccountRow(0, "amina", "Amina", "fr", "", MustChange: true, now, null));
        ApiTokenStore.Insert(transaction, new ApiTokenRow("lims", [1], ["wall"], "nation", now, null));
        var window = WindowStore.Insert(transaction, new WindowRow(0, new StorageUnitId("fridge-1"), WindowKinds.Maintenance, null, now, now + TimeSpan.FromHours(1), "why", "who", now, null, null));
        WindowStore.End(transaction, window, now + TimeSpan.FromMinutes(1), "who");
    }
}
