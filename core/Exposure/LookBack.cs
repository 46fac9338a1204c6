using ColdChain.Core.Readings;

namespace ColdChain.Core.Exposure;

/// <summary>A stay of a blood unit, with the storage unit.</summary>
/// <param name="Unit">Where.</param>
/// <param name="In">From when, included.</param>
/// <param name="Out">Until when, not included; null while it is inside.</param>
public readonly record struct PlacedStay(StorageUnitId Unit, Instant In, Instant? Out);

/// <summary>A blood unit that left before it was known what it had been exposed to.</summary>
/// <param name="LeftAt">When it left.</param>
/// <param name="WentTo">The storage unit that it was entered into next; null when that is not known.</param>
public readonly record struct Departure(Instant LeftAt, StorageUnitId? WentTo);

/// <summary>Who must be looked for, when something becomes known of a time that is over.</summary>
public static class LookBack
{
    /// <summary>How a blood unit left a storage unit, by all its stays; null when it is inside at <paramref name="now"/>, or never was.</summary>
    public static Departure? Of(StorageUnitId unit, IEnumerable<PlacedStay> stays, Instant now)
    {
        var inOrder = stays.OrderBy(stay => stay.In).ThenBy(stay => stay.Unit.Value, StringComparer.Ordinal).ToList();
        var here = inOrder.Where(stay => stay.Unit == unit && stay.In <= now).ToList();
        if (here.Count == 0 || here.Exists(stay => stay.Out is null || stay.Out > now))
        {
            return null;
        }

        var left = here.Max(stay => stay.Out!.Value); // None is without one.
        var next = inOrder.FindIndex(stay => stay.Unit != unit && stay.In >= left && stay.In <= now);
        return new Departure(left, next < 0 ? null : inOrder[next].Unit);
    }
}
