using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Server.Store;

namespace ColdChain.Server.Fleet;

/// <summary>
/// Enters what a new fleet file says of contents. Stays that are stored are never rewritten, since holds were decided by them: what the file says
/// otherwise is an error that tells how to say it, and not one line of such a file is entered.
/// </summary>
internal sealed class FleetContents(StoreTransaction transaction, FleetHistory before, FleetHistory fleet, IReadOnlyList<RulePack> packs, Instant now)
{
    private readonly HashSet<(StorageUnitId, string, string, Instant)> _endedBefore =
        [.. before.Contents.Where(stay => stay.Out < Instant.End).Select(stay => (stay.Unit, stay.Donation.Value, stay.Product, stay.In))];

    /// <summary>Enters the stays, with the holds that follow.</summary>
    /// <returns>What contradicts a stored stay, in the order of lines. The caller must undo everything when there is any.</returns>
    public IReadOnlyList<FleetError> Enter(IReadOnlyList<Stay> stays)
    {
        // What ends comes first: a stay in the next storage unit overlaps none that has ended.
        var errors = new List<FleetError>();
        var unknown = new List<Stay>();
        foreach (var stay in stays)
        {
            if (Stored(stay).Find(row => row.Unit == stay.Unit && row.InAt == stay.In) is not { } row)
            {
                unknown.Add(stay);
            }
            else if (row.OutAt is null && stay.Out < Instant.End)
            {
                End(stay);
            }
            else if (Contradiction(stay, row) is { } error)
            {
                errors.Add(error);
            }
        }

        foreach (var stay in unknown)
        {
            if (Stored(stay).Find(row => stay.In < (row.OutAt ?? Instant.End) && row.InAt < stay.Out) is { } other)
            {
                errors.Add(Overlap(stay, other));
            }
            else
            {
                Begin(stay);
            }
        }

        return [.. errors.OrderBy(error => error.Line)];
    }

    private List<ContentsRow> Stored(Stay stay) => ContentsStore.OfBloodUnit(transaction, stay.Donation.Value, stay.Product);

    private void Begin(Stay stay)
    {
        var left = stay.Out == Instant.End ? (Instant?)null : stay.Out;
        var row = new ContentsRow(0, stay.Unit, stay.Donation.Value, stay.Product, stay.In, left, now, left is null ? null : now);
        ContentsStore.TryEnter(transaction, row);
        Tell(EventKinds.ContentsEntered, stay, new { stay.Product, @in = stay.In.ToString(), @out = left?.ToString(), by = "fleet file" });
        ContentsMatch.Tell(transaction, fleet.FindUnit(stay.Unit)!, packs, row, now); // The file was checked: it knows the unit.
        HoldSync.ApplyTouching(transaction, stay.Unit, stay.In, stay.Out, now);
    }

    private void End(Stay stay)
    {
        ContentsStore.TryLeave(transaction, stay.Unit, stay.Donation.Value, stay.Product, stay.Out, now);
        Tell(EventKinds.ContentsLeft, stay, new { stay.Product, @out = stay.Out.ToString(), by = "fleet file" });
        HoldSync.ApplyTouching(transaction, stay.Unit, stay.Out, Instant.End, now);
    }

    private void Tell(string kind, Stay stay, object payload) =>
        EventLog.Append(transaction, now, kind, stay.Unit, stay.Donation.Value, payload);

    // A stay that the file never ended may have been ended by somebody else: then the file says nothing of its end.
    private FleetError? Contradiction(Stay stay, ContentsRow row)
    {
        if (row.OutAt is not { } stored || stay.Out == stored)
        {
            return null;
        }

        if (stay.Out == Instant.End)
        {
            return !_endedBefore.Contains((stay.Unit, row.Donation, row.Product, stay.In)) ? null : Error(
                stay, $"no longer leaves '{stay.Unit}', but {stored} is stored and is never rewritten", $"Write {stored} again, and what came after as a stay of its own");
        }

        return Error(
            stay,
            $"leaves '{stay.Unit}' at {stay.Out}, but {stored} is stored and is never rewritten",
            stay.Out > stored
                ? $"Write {stored}, and the time from then to {stay.Out} as a stay of its own"
                : $"Write {stored}: what it is held for since is for a person to decide");
    }

    private static FleetError Overlap(Stay stay, ContentsRow other) => Error(
        stay,
        $"is in '{stay.Unit}' {Span(stay.In, stay.Out)}, but in '{other.Unit}' {Span(other.InAt, other.OutAt ?? Instant.End)} is stored and is never rewritten",
        "Write the stored stay as it is, and the time that it lacks as a stay of its own");

    private static FleetError Error(Stay stay, string reason, string cure) =>
        new(stay.Line, $"blood unit '{stay.Donation}' ({stay.Product})", reason, cure);

    private static string Span(Instant from, Instant to) => to == Instant.End ? $"from {from} on" : $"from {from} to {to}";
}
