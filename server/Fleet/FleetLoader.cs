using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Server.Store;

namespace ColdChain.Server.Fleet;

/// <summary>Brings a fleet file into force: checks it, keeps its text, enters its contents, and has every unit judged again.</summary>
internal sealed class FleetLoader(RecordStore store, FleetView view, IReadOnlyList<RulePack> packs, TimeProvider clock)
{
    /// <summary>Loads the file. One that is in force already changes nothing stored.</summary>
    /// <exception cref="ConfigurationException">The file is missing or has errors: all of them are named, and the fleet in force stays.</exception>
    public async Task LoadAsync(string path, CancellationToken cancellation)
    {
        if (!File.Exists(path))
        {
            throw new ConfigurationException([$"The fleet file {path} does not exist. Write one (docs/operations.md shows how), or name another with --fleet."]);
        }

        var text = await File.ReadAllTextAsync(path, cancellation);
        if (!FleetReader.TryRead(text, RulePackFolder.Keys(packs), out var fleet, out var errors))
        {
            throw new ConfigurationException([.. errors.Select(error => $"{Path.GetFileName(path)}, {error}")]);
        }

        if (store.Read(FleetVersionStore.Latest)?.Text != text)
        {
            await store.WriteAsync(WritePriority.Decision, transaction => Enter(transaction, text, fleet), cancellation);
        }

        view.Current = fleet;
    }

    private void Enter(StoreTransaction transaction, string text, Fleet fleet)
    {
        var now = Instant.Now(clock);
        var version = FleetVersionStore.Append(transaction, text, now);
        EventLog.Append(transaction, now, EventKinds.FleetLoaded, null, version.Sha256, new { units = fleet.Units.Count, devices = fleet.Devices.Count });
        foreach (var stay in fleet.Contents)
        {
            EnterStay(transaction, stay, now);
        }

        foreach (var unit in fleet.Units)
        {
            MarkStore.Append(transaction, unit.Id, Instant.Beginning);
            HoldSync.ApplyAll(transaction, unit.Id, now);
        }
    }

    private static void EnterStay(StoreTransaction transaction, Stay stay, Instant now)
    {
        var left = stay.Out == Instant.End ? (Instant?)null : stay.Out;
        var row = new ContentsRow(0, stay.Unit, stay.Donation, stay.Product, stay.In, left, now, left is null ? null : now);
        if (ContentsStore.TryEnter(transaction, row) is not null)
        {
            EventLog.Append(transaction, now, EventKinds.ContentsEntered, stay.Unit, stay.Donation, new { stay.Product, @in = stay.In.ToString(), by = "fleet file" });
        }
    }
}
