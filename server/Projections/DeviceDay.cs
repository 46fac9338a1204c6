using ColdChain.Core.Readings;

namespace ColdChain.Server.Projections;

/// <summary>A device on one day.</summary>
/// <param name="Device">The device.</param>
/// <param name="Day">The start of the UTC day.</param>
internal readonly record struct DeviceDay(DeviceId Device, Instant Day)
{
    private const long DayMilliseconds = 24 * 60 * 60 * 1000;

    /// <summary>The start of the UTC day of an instant from 1970 on.</summary>
    public static Instant StartOf(Instant at) => new(at.Milliseconds - (at.Milliseconds % DayMilliseconds));
}

/// <summary>The record store and the projection do not hold the same number of temperatures.</summary>
/// <param name="Of">The device and the day.</param>
/// <param name="Stored">How many the record store holds, of what has been projected.</param>
/// <param name="Projected">How many InfluxDB holds.</param>
internal sealed record CountDifference(DeviceDay Of, long Stored, long Projected);
