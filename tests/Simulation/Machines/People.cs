using ColdChain.Core.Readings;
using ColdChain.Server.Quarantine;
using ColdChain.Server.Store;
using ColdChain.Simulation.Tests.Truth;

namespace ColdChain.Simulation.Tests.Machines;

/// <summary>Who enters what went in and came out: sooner or later, and again until it is entered.</summary>
internal sealed class People(Site site)
{
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(30);

    private readonly HashSet<StayTruth> _entered = [];
    private int _waiting;

    /// <summary>Entries that are due and have not been made yet.</summary>
    public int Waiting => _waiting;

    /// <summary>True when the server has said that a stay is entered. What is entered of a blood unit waits for what was to be entered before.</summary>
    public bool HasEntered(StayTruth stay) => _entered.Contains(stay);

    /// <summary>Plans every entry for its time.</summary>
    public void Start()
    {
        if (site.Truth.Change is { } change)
        {
            site.Pump.After(change.EnteredAt - site.Pump.Now, null, () => site.Enter(change));
        }

        foreach (var stays in site.Truth.Stays.GroupBy(stay => (stay.Donation, stay.Product)))
        {
            Next([.. stays.SelectMany(Entries)], 0);
        }
    }

    private IEnumerable<(Instant At, StayTruth Stay, Func<StoreTransaction, RunningServer, Instant, bool> Enter)> Entries(StayTruth stay)
    {
        var unit = new StorageUnitId(stay.Unit);
        var bloodUnit = new BloodUnit(stay.Donation, stay.Product);
        yield return (stay.InEntered, stay, (transaction, server, now) =>
        {
            if (Known(transaction, stay) is null)
            {
                ContentsEntry.Enter(transaction, server.Fleet.Current, server.Packs, new NewStay(unit, bloodUnit, stay.In, null) { IsFact = true }, now); // On hold or not, it is inside.
            }

            return true;
        });
        if (stay.Out is { } left)
        {
            yield return (left + TimeSpan.FromMinutes(site.Random.Next(0, 30)), stay, (transaction, server, now) =>
            {
                if (Known(transaction, stay)?.OutAt is null)
                {
                    ContentsEntry.Leave(transaction, server.Fleet.Current, unit, bloodUnit, left, now);
                }

                return true;
            });
        }
    }

    private static ContentsRow? Known(StoreSession session, StayTruth stay) =>
        ContentsStore.OfBloodUnit(session, stay.Donation, stay.Product).Find(row => row.Unit.Value == stay.Unit && row.InAt == stay.In);

    // One after the other for each blood unit: nobody takes out what is not in.
    private void Next(List<(Instant At, StayTruth Stay, Func<StoreTransaction, RunningServer, Instant, bool> Enter)> entries, int place)
    {
        if (place == entries.Count)
        {
            return;
        }

        site.Pump.After(entries[place].At - site.Pump.Now, null, () =>
        {
            _waiting++;
            Try(entries, place);
        });
    }

    private void Try(List<(Instant At, StayTruth Stay, Func<StoreTransaction, RunningServer, Instant, bool> Enter)> entries, int place)
    {
        var (done, process) = (false, site.Server.Process);
        if (site.Server.Running is { } running && process is { IsAlive: true })
        {
            process.Start(
                () => running.Store.WriteAsync(WritePriority.Decision, transaction => entries[place].Enter(transaction, running, Instant.Now(process.Clock)), CancellationToken.None),
                error =>
                {
                    if (error is null)
                    {
                        done = true;
                        _entered.Add(entries[place].Stay);
                        _waiting--;
                        Next(entries, place + 1);
                    }
                    else
                    {
                        process.Tell($"an entry was refused: {error.Message}");
                    }
                });
        }

        // Whoever gets no answer looks what is entered, and enters it again if it is not.
        site.Pump.After(TryAgainAfter, null, () =>
        {
            if (!done)
            {
                Try(entries, place);
            }
        });
    }
}
