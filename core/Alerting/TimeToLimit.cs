using ColdChain.Core.Readings;

namespace ColdChain.Core.Alerting;

/// <summary>How urgent a storage unit is among those of one cause.</summary>
/// <param name="IsOut">True when it is out of its limits already.</param>
/// <param name="IsKnown">False when nobody knows its temperature: nobody knows either how long it has left.</param>
/// <param name="ReachesAt">When it reaches its limit if it goes on so; null when it moves to none.</param>
public readonly record struct TimeToLimit(bool IsOut, bool IsKnown, Instant? ReachesAt) : IComparable<TimeToLimit>
{
    private int Rank => IsOut ? 0 : !IsKnown ? 1 : ReachesAt is not null ? 2 : 3;

    /// <summary>The most urgent first: out, unknown, by the time that is left, and last what moves to no limit.</summary>
    /// <param name="other">Another one.</param>
    public int CompareTo(TimeToLimit other) =>
        Rank != other.Rank ? Rank.CompareTo(other.Rank) : (ReachesAt ?? Instant.End).CompareTo(other.ReachesAt ?? Instant.End);

    /// <summary>More urgent.</summary>
    public static bool operator <(TimeToLimit a, TimeToLimit b) => a.CompareTo(b) < 0;

    /// <summary>Less urgent.</summary>
    public static bool operator >(TimeToLimit a, TimeToLimit b) => a.CompareTo(b) > 0;

    /// <summary>More urgent or as urgent.</summary>
    public static bool operator <=(TimeToLimit a, TimeToLimit b) => a.CompareTo(b) <= 0;

    /// <summary>Less urgent or as urgent.</summary>
    public static bool operator >=(TimeToLimit a, TimeToLimit b) => a.CompareTo(b) >= 0;
}
