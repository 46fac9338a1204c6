using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Fleet;

/// <summary>Brings a fleet file that was read without errors into force.</summary>
internal sealed class FleetLoader(RecordStore store, FleetView view, TimeProvider clock)
{
    /// <summary>
    /// Stores a changed file with everything that follows from it in one transaction (version, contents, marks, event), and shows the fleet.
    /// True when the file differs from the one in force before.
    /// </summary>
    public async Task<bool> ApplyAsync(string text, FleetHistory fleet, IReadOnlySet<RuleKey> rules, CancellationToken cancellation)
    {
        var stored = store.Read(FleetVersionStore.Latest);
        if (stored?.Text == text)
        {
            view.Current = fleet;
            return false;
        }

        var shown = view.Current;
        var before = stored is not null && FleetReader.TryRead(stored.Text, rules, out var old, out _) ? old : FleetHistory.Empty;
        try
        {
            await store.WriteAsync(WritePriority.Decision, transaction => Apply(transaction, text, before, fleet), cancellation);
            return true;
        }
        catch
        {
            view.Current = shown;
            throw;
        }
    }

    private void Apply(StoreTransaction transaction, string text, FleetHistory before, FleetHistory fleet)
    {
        var now = Instant.Now(clock);
        var version = FleetVersionStore.Append(transaction, text, now);
        foreach (var (unit, from) in FleetChange.Between(before, fleet))
        {
            MarkStore.Append(transaction, unit, from);
        }

        foreach (var stay in fleet.Contents)
        {
            Enter(transaction, stay, now);
        }

        var payload = new { version.Sha256, Sites = fleet.Sites.Count, Devices = fleet.Devices.Count, Units = fleet.Units.Count };
        EventLog.Append(transaction, now, EventKinds.FleetLoaded, null, "fleet", payload);

        // Here, on the writer: readings stored after these marks must be marked by the new fleet, or a unit could miss them.
        view.Current = fleet;
    }

    private static void Enter(StoreTransaction transaction, Stay stay, Instant now)
    {
        var ended = stay.Out != Instant.End;
        var row = new ContentsRow(0, stay.Unit, stay.Donation, stay.Product, stay.In, ended ? stay.Out : null, now, ended ? now : null);
        if (ContentsStore.TryEnter(transaction, row) is not null)
        {
            Tell(transaction, EventKinds.ContentsEntered, stay, stay.In, now);
        }
        else if (ended && ContentsStore.TryLeave(transaction, stay.Unit, stay.Donation, stay.Product, stay.Out, now) is not null)
        {
            Tell(transaction, EventKinds.ContentsLeft, stay, stay.Out, now);
        }
    }

    // The mark makes the evaluator look whether the blood unit was inside during an excursion.
    private static void Tell(StoreTransaction transaction, string kind, Stay stay, Instant at, Instant now)
    {
        MarkStore.Append(transaction, stay.Unit, at);
        EventLog.Append(transaction, now, kind, stay.Unit, stay.Donation, new { stay.Donation, stay.Product, At = at.ToString() });
    }
}
