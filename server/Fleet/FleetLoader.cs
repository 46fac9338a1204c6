using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Server.Store;

namespace ColdChain.Server.Fleet;

/// <summary>Brings a fleet file into force: checks it, keeps its text, enters its contents, and has judged again what it changes.</summary>
internal sealed class FleetLoader(RecordStore store, FleetView view, IReadOnlyList<RulePack> packs, TimeProvider clock)
{
    /// <summary>
    /// Loads the file. One that is in force already changes nothing stored. One that was in force before a second person approved another is out of date:
    /// the approved one stays.
    /// </summary>
    /// <returns>False when the file is out of date.</returns>
    /// <exception cref="ConfigurationException">The file is missing or has errors: all of them are named, and the fleet in force stays.</exception>
    public async Task<bool> LoadAsync(string path, CancellationToken cancellation)
    {
        if (!FleetFileReader.TryRead(path, RulePackFolder.ByKey(packs), out var text, out var fleet, out var errors))
        {
            throw new ConfigurationException(errors);
        }

        var stored = store.Read(FleetVersionStore.Latest);
        if (stored?.Text == text)
        {
            view.Current = fleet;
            return true;
        }

        if (stored is not null && store.Read(session => FleetProposalStore.WasApproved(session, stored.Sha256) && FleetVersionStore.Has(session, FleetVersionStore.HashOf(text))))
        {
            view.Current = FleetReader.TryRead(stored.Text, RulePackFolder.ByKey(packs), out var approved, out var faults)
                ? approved
                : throw new ConfigurationException([.. faults.Select(fault => $"The approved fleet of {stored.LoadedAt}, {fault}")]);
            return false;
        }

        await EnterAsync(path, text, Stored(stored?.Text), fleet, _ => { }, Actor.Software, cancellation);
        return true;
    }

    /// <summary>Brings another fleet into force while the server runs.</summary>
    /// <param name="text">Its file.</param>
    /// <param name="fleet">What the file says.</param>
    /// <param name="decide">What is done in the same transaction, before; what it throws keeps the fleet from coming into force.</param>
    /// <param name="by">Who does it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="ConfigurationException">Its contents contradict what is stored: all of that is named.</exception>
    public Task ApplyAsync(string text, FleetHistory fleet, Action<StoreTransaction> decide, Actor by, CancellationToken cancellation) =>
        EnterAsync("the proposed fleet", text, view.Current, fleet, decide, by, cancellation);

    // A file that can no longer be read, because a rule pack went away, counts as none: then everything is judged again.
    private FleetHistory Stored(string? text) =>
        text is not null && FleetReader.TryRead(text, RulePackFolder.ByKey(packs), out var fleet, out _) ? fleet : FleetHistory.Empty;

    private async Task EnterAsync(
        string path, string text, FleetHistory before, FleetHistory fleet, Action<StoreTransaction> first, Actor by, CancellationToken cancellation)
    {
        var shown = view.Current;
        try
        {
            await store.WriteAsync(
                WritePriority.Decision,
                transaction =>
                {
                    first(transaction);
                    Enter(transaction, path, text, before, fleet);
                },
                cancellation,
                by);
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
