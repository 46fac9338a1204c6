using ColdChain.Core.People;
using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Quarantine;

/// <summary>What a list of another system changed.</summary>
/// <param name="Entered">The stays that began.</param>
/// <param name="Left">The stays that ended.</param>
/// <param name="Unchanged">How many blood units were where the list says.</param>
/// <param name="IntoHeld">Those that the list puts into a storage unit on hold: somebody should ask why.</param>
internal sealed record StockTaken(IReadOnlyList<ContentsRow> Entered, IReadOnlyList<ContentsRow> Left, int Unchanged, IReadOnlyList<ContentsRow> IntoHeld);

/// <summary>
/// Takes over what another system says is inside: a list says all that is in the storage units that it names, at one instant. The differences become
/// entries of contents in one transaction, with all holds that follow; when a single line is wrong, nothing is entered.
/// </summary>
internal sealed class StockImport(RecordStore store, FleetView fleet, IReadOnlyList<RulePack> packs, TimeProvider clock)
{
    /// <summary>The largest list, in bytes.</summary>
    public const int BytesMax = 1024 * 1024;

    /// <param name="caller">Who brings it; it needs the right to enter contents in each storage unit that is named, or left.</param>
    /// <param name="text">The list as CSV.</param>
    /// <param name="at">The instant that it is of; the present when null.</param>
    /// <param name="cancellation">Takes it back while it waits.</param>
    /// <exception cref="RefusalException">Lines are wrong, all of which it names; or the caller may not enter that.</exception>
    public Task<StockTaken> TakeAsync(Caller caller, string text, Instant? at, CancellationToken cancellation)
    {
        var faults = new StockFaults();
        var rows = StockCsv.Read(text, faults);
        return store.WriteAsync(WritePriority.Decision, transaction => Take(transaction, caller, rows, at, faults), cancellation, caller.Actor);
    }

    private StockTaken Take(StoreTransaction transaction, Caller caller, List<StockRow> rows, Instant? stated, StockFaults faults)
    {
        var now = Instant.Now(clock);
        var (at, current) = (stated ?? now, fleet.Current);
        Check(caller, rows, faults);
        faults.ThrowIfAny();

        var (entered, left, unchanged) = (new List<ContentsRow>(), new List<ContentsRow>(), 0);
        foreach (var ofUnit in rows.GroupBy(row => row.Unit))
        {
            var listed = ofUnit.Select(row => row.BloodUnit).OfType<BloodUnit>().ToHashSet();
            foreach (var stay in ContentsStore.At(transaction, ofUnit.Key, at).Where(stay => !listed.Contains(new BloodUnit(stay.Donation, stay.Product))))
            {
                faults.Try(ofUnit.First().Line, () => left.Add(ContentsEntry.Leave(transaction, current, stay.Unit, new BloodUnit(stay.Donation, stay.Product), at, now).Stay));
            }
        }

        foreach (var row in rows.Where(row => row.BloodUnit is not null))
        {
            var bloodUnit = row.BloodUnit!.Value; // Those only.
            var stays = ContentsStore.OfBloodUnit(transaction, bloodUnit.Donation, bloodUnit.Product);
            if (stays.Exists(stay => stay.Unit == row.Unit && stay.InAt <= at && !(stay.OutAt <= at)))
            {
                unchanged++;
                continue;
            }

            faults.Try(row.Line, () =>
            {
                if (stays.Find(stay => stay.OutAt is null) is { } elsewhere)
                {
                    caller.Require(Permission.EnterContents, current, elsewhere.Unit);
                    left.Add(ContentsEntry.Leave(transaction, current, elsewhere.Unit, bloodUnit, at, now).Stay);
                }

                entered.Add(ContentsEntry.Enter(transaction, current, packs, new NewStay(row.Unit, bloodUnit, at, null) { IsFact = true }, now).Stay);
            });
        }

        faults.ThrowIfAny(); // Undoes all of it.
        return Told(transaction, rows, at, now, new StockTaken(entered, left, unchanged, entered.FindAll(stay => HoldStore.StandingOnUnit(transaction, stay.Unit).Count > 0)));
    }

    private void Check(Caller caller, List<StockRow> rows, StockFaults faults)
    {
        var seen = new Dictionary<BloodUnit, int>();
        foreach (var row in rows)
        {
            faults.Try(row.Line, () => ContentsEntry.Required(fleet.Current, row.Unit));
            faults.Try(row.Line, () => ContentsEntry.RequireProduct(packs, row.BloodUnit?.Product));
            if (row.BloodUnit is { } bloodUnit && !seen.TryAdd(bloodUnit, row.Line))
            {
                faults.Add(row.Line, $"{bloodUnit} stands on line {seen[bloodUnit]} already", "list each blood unit once");
            }
        }

        foreach (var unit in rows.Select(row => row.Unit).Distinct())
        {
            caller.Require(Permission.EnterContents, fleet.Current, unit);
        }
    }

    private static StockTaken Told(StoreTransaction transaction, List<StockRow> rows, Instant at, Instant now, StockTaken taken)
    {
        EventLog.Append(transaction, now, EventKinds.StockTaken, null, "stock", new
        {
            at = at.ToString(), units = rows.Select(row => row.Unit.Value).Distinct(), entered = taken.Entered.Count, left = taken.Left.Count, taken.Unchanged,
            intoHeld = taken.IntoHeld.Select(stay => stay.Donation),
        });
        return taken;
    }
}
