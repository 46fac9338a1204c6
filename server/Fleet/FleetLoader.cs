using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Server.Store;

namespace ColdChain.Server.Fleet;

/// <summary>Brings a fleet file into force: checks it, keeps its text, enters its contents, and has judged again what it changes.</summary>
internal sealed class FleetLoader(RecordStore store, FleetView view, IReadOnlyList<RulePack> packs, TimeProvider clock)
{
    /// <summary>Loads the file. One that is in force already changes nothing stored.</summary>
    /// <exception cref="ConfigurationException">The file is missing or has errors: all of them are named, and the fleet in force stays.</exception>
    public async Task LoadAsync(string path, CancellationToken cancellation)
    {
        if (!FleetFileReader.TryRead(path, RulePackFolder.Keys(packs), out var text, out var fleet, out var errors))
        {
            throw new ConfigurationException(errors);
        }

        var stored = store.Read(FleetVersionStore.Latest)?.Text;
        if (stored == text)
        {
            view.Current = fleet;
            return;
        }

        await EnterAsync(text, Stored(stored), fleet, cancellation);
    }

    // A file that can no longer be read, because a rule pack went away, counts as none: then everything is judged again.
    private FleetHistory Stored(string? text) =>
        text is not null && FleetReader.TryRead(text, RulePackFolder.Keys(packs), out var fleet, out _) ? fleet : FleetHistory.Empty;

    private async Task EnterAsync(string text, FleetHistory before, FleetHistory fleet, CancellationToken cancellation)
    {
        var shown = view.Current;
        try
        {
            await store.WriteAsync(WritePriority.Decision, transaction => Enter(transaction, text, before, fleet), cancellation);
        }
        catch
        {
            view.Current = shown;
            throw;
        }
    }

    private void Enter(StoreTransaction transaction, string text, FleetHistory before, FleetHistory fleet)
    {
        var now = Instant.Now(clock);
        var version = FleetVersionStore.Append(transaction, text, now);
        EventLog.Append(transaction, now, EventKinds.FleetLoaded, null, version.Sha256, new { units = fleet.Units.Count, devices = fleet.Devices.Count });
        foreach (var stay in fleet.Contents)
        {
            EnterStay(transaction, stay, now);
        }

        foreach (var (unit, from) in FleetChange.Between(before, fleet).Where(change => fleet.FindUnit(change.Unit) is not null))
        {
            MarkStore.Append(transaction, unit, from, Instant.End);
        }

        foreach (var unit in fleet.Units)
        {
            HoldSync.ApplyAll(transaction, unit.Id, now);
        }

        // Here, on the writer: a reading stored after these marks must find its unit in the new fleet, or that unit would miss it.
        view.Current = fleet;
    }

    private static void EnterStay(StoreTransaction transaction, Stay stay, Instant now)
    {
        var donation = stay.Donation.Value;
        var left = stay.Out == Instant.End ? (Instant?)null : stay.Out;
        var row = new ContentsRow(0, stay.Unit, donation, stay.Product, stay.In, left, now, left is null ? null : now);
        if (ContentsStore.TryEnter(transaction, row) is not null)
        {
            EventLog.Append(transaction, now, EventKinds.ContentsEntered, stay.Unit, donation, new { stay.Product, @in = stay.In.ToString(), by = "fleet file" });
        }
        else if (left is { } at && ContentsStore.TryLeave(transaction, stay.Unit, donation, stay.Product, at, now) is not null)
        {
            EventLog.Append(transaction, now, EventKinds.ContentsLeft, stay.Unit, donation, new { stay.Product, @out = at.ToString(), by = "fleet file" });
        }
    }
}
