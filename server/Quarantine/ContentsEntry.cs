using ColdChain.Core.Isbt;
using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Quarantine;

/// <summary>A stay as a person enters it.</summary>
/// <param name="Unit">The storage unit.</param>
/// <param name="BloodUnit">The blood unit.</param>
/// <param name="In">From when it was inside, included.</param>
/// <param name="Out">Until when, not included; null while it is inside.</param>
internal sealed record NewStay(StorageUnitId Unit, BloodUnit BloodUnit, Instant In, Instant? Out)
{
    /// <summary>What was scanned of its label; it goes into the event log, and nothing is decided by it.</summary>
    public LabelScan Label { get; init; } = LabelScan.Empty;

    /// <summary>True for what is inside whatever anybody thinks of it: another system says so. It is entered into a storage unit on hold, too.</summary>
    public bool IsFact { get; init; }
}

/// <summary>A stay as stored, and the holds that stand on its blood unit now.</summary>
internal sealed record EnteredStay(ContentsRow Stay, IReadOnlyList<HoldRow> Holds);

/// <summary>
/// Enters what people say about the contents of storage units. The holds follow in the same transaction: what was inside during an
/// excursion is held at once, however late it is entered.
/// </summary>
internal static class ContentsEntry
{
    /// <exception cref="RefusalException">Unit or product is not known, the unit is on hold, or the stay contradicts time or another stay.</exception>
    public static EnteredStay Enter(StoreTransaction transaction, FleetHistory fleet, IReadOnlyList<RulePack> packs, NewStay stay, Instant now)
    {
        var unit = Required(fleet, stay.Unit);
        RequireProduct(packs, stay.BloodUnit.Product);
        RequireTimes(stay.In, stay.Out, now);
        StorageOnHold.RequireFree(transaction, fleet, packs, stay, now);
        RequireNoOtherStay(transaction, stay);

        var (donation, product) = stay.BloodUnit;
        var row = ContentsStore.TryEnter(
            transaction, new ContentsRow(0, stay.Unit, donation, product, stay.In, stay.Out, now, stay.Out is null ? null : now))
            ?? throw new InvalidOperationException($"A stay of {stay.BloodUnit} from {stay.In} was there after all; it was not a moment ago.");
        EventLog.Append(transaction, now, EventKinds.ContentsEntered, stay.Unit, donation, new { product, @in = stay.In.ToString(), @out = stay.Out?.ToString(), by = "api", label = Label(stay.Label) });
        ContentsMatch.Tell(transaction, unit, packs, row, now);
        return Synced(transaction, row, stay.In, stay.Out ?? Instant.End, now);
    }

    /// <exception cref="RefusalException">The unit is not known, the blood unit is not inside, or the end is not after the start or in the future.</exception>
    public static EnteredStay Leave(StoreTransaction transaction, FleetHistory fleet, StorageUnitId unit, BloodUnit bloodUnit, Instant outAt, Instant now)
    {
        Required(fleet, unit);
        var (donation, product) = bloodUnit;
        var open = ContentsStore.OfBloodUnit(transaction, donation, product).Find(stay => stay.Unit == unit && stay.OutAt is null)
            ?? throw new RefusalException(
                RefusalKind.Conflict, "donation", $"{bloodUnit} is not inside storage unit {unit}", "enter when it was put in, or name the storage unit that it is in");
        RequireTimes(open.InAt, outAt, now);

        var row = ContentsStore.TryLeave(transaction, unit, donation, product, outAt, now)
            ?? throw new InvalidOperationException($"Stay {open.Id} has ended after all; it had not a moment ago.");
        EventLog.Append(transaction, now, EventKinds.ContentsLeft, unit, donation, new { product, @out = outAt.ToString(), by = "api" });
        return Synced(transaction, row, outAt, Instant.End, now);
    }

    /// <summary>Out of one storage unit and into another at one instant: never in both, and never in none.</summary>
    /// <exception cref="RefusalException">It cannot leave the one, or enter the other: then it has done neither.</exception>
    public static EnteredStay Move(StoreTransaction transaction, FleetHistory fleet, IReadOnlyList<RulePack> packs, StorageUnitId from, NewStay to, Instant now)
    {
        if (from == to.Unit)
        {
            throw new RefusalException(RefusalKind.Invalid, "to", $"{to.BloodUnit} is in storage unit {from} already", "name the one that it goes to");
        }

        Leave(transaction, fleet, from, to.BloodUnit, to.In, now);
        return Enter(transaction, fleet, packs, to, now);
    }

    /// <summary>The storage unit that a blood unit is in.</summary>
    /// <exception cref="RefusalException">It is in none.</exception>
    public static StorageUnitId Present(StoreSession session, BloodUnit bloodUnit) =>
        ContentsStore.OfBloodUnit(session, bloodUnit.Donation, bloodUnit.Product).Find(stay => stay.OutAt is null)?.Unit
        ?? throw new RefusalException(RefusalKind.Conflict, "donation", $"{bloodUnit} is in no storage unit", "enter first where it was put in");

    /// <exception cref="RefusalException">The fleet does not know the storage unit.</exception>
    public static StorageUnit Required(FleetHistory fleet, StorageUnitId unit) => fleet.FindUnit(unit)
        ?? throw new RefusalException(
            RefusalKind.Unknown, "unit", $"storage unit '{unit}' is not in the fleet file", "name one that GET /api/v1/units lists, or add it to the fleet file");

    private static object? Label(LabelScan label) => label == LabelScan.Empty
        ? null
        : new { productCode = label.Product?.Value, bloodGroup = label.Group?.Value, expiry = label.Expiry?.ToString(), collected = label.Collected?.ToString() };

    private static EnteredStay Synced(StoreTransaction transaction, ContentsRow row, Instant changedFrom, Instant changedTo, Instant now)
    {
        HoldSync.ApplyTouching(transaction, row.Unit, changedFrom, changedTo, now);
        return new EnteredStay(row, HoldStore.OfBloodUnit(transaction, row.Donation, row.Product));
    }

    /// <summary>Refuses a code that no pack knows: a slip of the pen. One that a storage unit is not judged for is told as a mismatch instead.</summary>
    /// <exception cref="RefusalException">No pack knows it.</exception>
    public static void RequireProduct(IReadOnlyList<RulePack> packs, string? product)
    {
        var known = packs.SelectMany(pack => pack.Rules).Select(rule => rule.Product).Distinct().ToList();
        if (product is not null && !known.Contains(product))
        {
            throw new RefusalException(
                RefusalKind.Invalid, "product", $"product '{product}' is not known to {string.Join(", ", packs.Select(pack => pack.Id))}", $"use one of: {string.Join(", ", known)}");
        }
    }

    private static void RequireTimes(Instant from, Instant? to, Instant now)
    {
        if (from > now || to > now)
        {
            throw new RefusalException(
                RefusalKind.Invalid, from > now ? "in" : "out", $"{(from > now ? from : to)} is in the future (it is {now})", "enter what has happened, and check the clock that wrote it");
        }

        if (to <= from)
        {
            throw new RefusalException(RefusalKind.Invalid, "out", $"{to} is not after the start of the stay, {from}", "correct one of the two");
        }
    }

    private static void RequireNoOtherStay(StoreSession session, NewStay stay)
    {
        var other = ContentsStore.OfBloodUnit(session, stay.BloodUnit.Donation, stay.BloodUnit.Product)
            .Find(other => stay.In < (other.OutAt ?? Instant.End) && other.InAt < (stay.Out ?? Instant.End));
        if (other is not null)
        {
            var until = other.OutAt is { } left ? $"until {left}" : "and has not left";
            throw new RefusalException(
                RefusalKind.Conflict,
                "in",
                $"{stay.BloodUnit} was in storage unit {other.Unit} from {other.InAt} {until}",
                other.OutAt is null ? "enter first when it left there" : "enter a stay that does not overlap that one");
        }
    }
}
