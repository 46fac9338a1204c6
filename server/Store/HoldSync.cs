using ColdChain.Core.Exposure;
using ColdChain.Core.Readings;

namespace ColdChain.Server.Store;

/// <summary>
/// Brings the holds of a finding in line with what it touches, in the transaction of whatever changed: the finding, or the contents of its
/// storage unit. It places and renews holds; where the ground is gone it says so on the hold, and leaves the lifting to a person.
/// </summary>
internal static class HoldSync
{
    public static void Apply(StoreTransaction transaction, FindingRow finding, Instant now)
    {
        var isGround = finding.Status == FindingWords.Current && finding.Finding.Stretch.IsGroundToHold;
        var touched = isGround ? Touched(transaction, finding) : [];
        var required = isGround ? Required(finding, touched, now) : [];
        var existing = HoldStore.OfFinding(transaction, finding.Finding.Id);
        foreach (var hold in required.Where(hold => !existing.Exists(other => IsSame(hold, other))))
        {
            var placed = HoldStore.TryPlace(transaction, hold)
                ?? throw new InvalidOperationException($"Hold {hold} was there after all; it was not a moment ago.");
            Tell(transaction, EventKinds.HoldPlaced, placed, now);
        }

        foreach (var hold in existing)
        {
            Renew(transaction, hold, required.Find(other => IsSame(hold, other)), now);
        }

        LookbackStore.Name(transaction, finding, touched.Where(stay => !existing.Exists(hold => IsLeftUnder(hold, stay))).ToList(), now);
    }

    /// <summary>True when a blood unit left while it was held: whoever took it away could know, and nobody needs to be told of it later.</summary>
    private static bool IsLeftUnder(HoldRow hold, Stay stay) =>
        hold.Stands && hold.Donation == stay.Donation && hold.Product == stay.Product && hold.PlacedAt < stay.Out;

    /// <summary>The same for the current findings that may touch a time in which the contents of a storage unit changed, its ends included.</summary>
    public static void ApplyTouching(StoreTransaction transaction, StorageUnitId unit, Instant from, Instant to, Instant now) =>
        FindingStore.Touching(transaction, unit, from, to).ForEach(finding => Apply(transaction, finding, now));

    private static List<Stay> Touched(StoreTransaction transaction, FindingRow row)
    {
        var stretch = row.Finding.Stretch;
        var stays = ContentsStore.Inside(transaction, row.Unit, stretch.Start, stretch.ExposureEnd + TimeSpan.FromMilliseconds(1))
            .Select(stay => new Stay(stay.Donation, stay.Product, stay.InAt, stay.OutAt));
        return [.. HoldPlanner.Touched(stretch, stays).DistinctBy(stay => (stay.Donation, stay.Product))];
    }

    private static List<HoldRow> Required(FindingRow row, List<Stay> touched, Instant now)
    {
        var unit = new HoldRow
        {
            Kind = HoldWords.StorageUnit,
            Unit = row.Unit,
            FindingId = row.Finding.Id,
            Since = row.Finding.Stretch.Start,
            PlacedAt = now,
            StateAt = now,
        };
        return [unit, .. touched.Select(stay => unit with { Kind = HoldWords.BloodUnit, Donation = stay.Donation, Product = stay.Product })];
    }

    private static void Renew(StoreTransaction transaction, HoldRow hold, HoldRow? required, Instant now)
    {
        // Late data may have moved the beginning of the ground. The finding's event tells of it.
        if (required is not null && required.Since != hold.Since)
        {
            hold = HoldStore.Date(transaction, hold, required.Since);
        }

        var next = (hold.State, required is not null) switch
        {
            (HoldWords.Held, false) => HoldWords.GroundRemoved,
            (HoldWords.GroundRemoved, true) => HoldWords.Held,
            _ => hold.State,
        };
        if (next != hold.State)
        {
            var moved = HoldStore.Move(transaction, hold, next, now);
            Tell(transaction, next == HoldWords.Held ? EventKinds.HoldPlaced : EventKinds.HoldGroundRemoved, moved, now);
        }
    }

    private static void Tell(StoreTransaction transaction, string kind, HoldRow hold, Instant now) => EventLog.Append(
        transaction,
        now,
        kind,
        hold.Unit,
        hold.Kind == HoldWords.BloodUnit ? hold.Donation : hold.Unit.Value,
        new { hold = hold.Id, hold.Kind, hold.Donation, hold.Product, finding = hold.FindingId, since = hold.Since.ToString(), hold.State });

    private static bool IsSame(HoldRow a, HoldRow b) => a.Kind == b.Kind && a.Donation == b.Donation && a.Product == b.Product;
}
