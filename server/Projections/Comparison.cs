using ColdChain.Core.Readings;

namespace ColdChain.Server.Projections;

/// <summary>What is known of the differences between record store and projection.</summary>
/// <param name="At">When it was counted last.</param>
/// <param name="From">The first day that was counted.</param>
/// <param name="To">The end of the last day that was counted.</param>
/// <param name="Differences">By day and device.</param>
internal sealed record Comparison(Instant At, Instant From, Instant To, IReadOnlyList<CountDifference> Differences)
{
    /// <summary>True when the two were counted and found equal for a device on a UTC day.</summary>
    public bool IsEqual(DeviceDay day) => From <= day.Day && day.Day < To && !Differences.Any(difference => difference.Of == day);

    /// <summary>This with what a newer one says of its days. Days between them that nobody counted are forgotten, not taken for equal.</summary>
    public Comparison With(Comparison newer)
    {
        var joins = newer.From <= To && newer.To >= From;
        return joins
            ? newer with
            {
                From = Instant.Min(From, newer.From),
                To = Instant.Max(To, newer.To),
                Differences = [.. Differences.Where(old => old.Of.Day < newer.From || old.Of.Day >= newer.To).Concat(newer.Differences).OrderBy(one => one.Of.Day.Milliseconds).ThenBy(one => one.Of.Device.Value, StringComparer.Ordinal)],
            }
            : newer;
    }
}
