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
        if (!FleetFileReader.TryRead(path, RulePackFolder.ByKey(packs), out var text, out var fleet, out var errors))
        {
            throw new ConfigurationException(errors);
        }

        var stored = store.Read(FleetVersionStore.Latest)?.Text;
        if (stored == text)
        {
            view.Current = fleet;
            return;
        }

        await EnterAsync(path, text, Stored(stored), fleet, cancellation);
    }

    // A file that can no longer be read, because a rule pack went away, counts as none: then everything is judged again.
    private FleetHistory Stored(string? text) =>
        text is not null && FleetReader.TryRead(text, RulePackFolder.ByKey(packs), out var fleet, out _) ? fleet : FleetHistory.Empty;

    private async Task EnterAsync(string path, string text, FleetHistory before, FleetHistory fleet, CancellationToken cancellation)
    {
        var shown = view.Current;
        try
        {
            await store.WriteAsync(WritePriority.Decision, transaction => Enter(transaction, path, text, before, fleet), cancellation);
        }
        catch
        {
            view.Current = shown;
            throw;
        }
    }

    private void Enter(StoreTransaction transaction, string path, string text, FleetHistory before, FleetHistory fleet)
    {
        var now = Instant.Now(clock);
        var last = FleetVersionStore.Latest(transaction);
        var version = FleetVersionStore.Append(transaction, text, now);
        EventLog.Append(
            transaction, now, EventKinds.FleetLoaded, null, version.Sha256, new { units = fleet.Units.Count, devices = fleet.Devices.Count, before = last?.Sha256 });
        if (new FleetContents(transaction, before, fleet, packs, now).Enter(fleet.Contents) is { Count: > 0 } errors)
        {
            throw Faulty(path, errors); // Undoes all of it.
        }

        foreach (var (unit, from) in FleetChange.Between(before, fleet).Where(change => fleet.FindUnit(change.Unit) is not null))
        {
            MarkStore.Append(transaction, unit, from, Instant.End, $"The fleet file of {now} says otherwise from {from} on.");
        }

        // Here, on the writer: a reading stored after these marks must find its unit in the new fleet, or that unit would miss it.
        view.Current = fleet;
    }

    private static ConfigurationException Faulty(string path, IReadOnlyList<FleetError> errors) =>
        new([.. errors.Select(error => $"{Path.GetFileName(path)}, {error}")]);
}
