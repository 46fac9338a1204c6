namespace ColdChain.Core.Readings;

/// <summary>
/// What the anchors of one boot say together. They are a set: neither their order nor a repetition changes anything. Where a time server has
/// spoken, a clock that only a battery keeps counts no more. When the others agree, the one that knows the time best dates the boot; when two
/// contradict each other, nobody can say which is right, and every place that any of them names is contested.
/// </summary>
public sealed class BootClock
{
    private readonly List<ClockAnchor> _anchors;

    private BootClock(List<ClockAnchor> anchors, bool isContradicted) => (_anchors, IsContradicted) = (anchors, isContradicted);

    /// <summary>True when two anchors contradict each other.</summary>
    public bool IsContradicted { get; }

    /// <summary>The clocks that the boot may have run by: one when its anchors agree.</summary>
    public IReadOnlyList<ClockAnchor> Candidates => IsContradicted ? _anchors : [_anchors[0]];

    /// <summary>
    /// The time, ends included, between what the clock showed before a contradicting anchor and what it showed from there on: after a step
    /// forwards nothing is dated there, after one backwards it is dated twice. Either way it is not known. Empty when nothing contradicts.
    /// </summary>
    public IReadOnlyList<(Instant From, Instant To)> Doubtful { get; private init; } = [];

    /// <summary>The clock of one boot.</summary>
    /// <param name="anchors">Its anchors, one at least.</param>
    public static BootClock Of(IEnumerable<ClockAnchor> anchors)
    {
        ArgumentNullException.ThrowIfNull(anchors);
        var inTime = anchors.Distinct().OrderBy(anchor => anchor.Mono).ThenBy(anchor => anchor.Utc).ThenBy(anchor => anchor.ErrorMs).ToList();
        if (inTime.Exists(anchor => anchor.ErrorMs < ClockAnchor.UndisciplinedMs))
        {
            inTime.RemoveAll(anchor => anchor.ErrorMs >= ClockAnchor.UndisciplinedMs);
        }

        var best = inTime.OrderBy(anchor => anchor.ErrorMs).ToList(); // Stable: of equals, the first.
        return new BootClock(best, best.Any(one => best.Any(other => !one.AgreesWith(other)))) { Doubtful = [.. Steps(inTime)] };
    }

    /// <summary>When a moment of this boot was: one instant, several when that is contested, none when the calendar has none.</summary>
    public IEnumerable<Instant> PlacesOf(long mono) => Candidates.Select(anchor => anchor.At(mono)).OfType<Instant>().Distinct();

    private static IEnumerable<(Instant, Instant)> Steps(List<ClockAnchor> inTime) =>
        from pair in inTime.Zip(inTime.Skip(1))
        where !pair.First.AgreesWith(pair.Second)
        let before = pair.First.At(pair.Second.Mono)
        where before is not null
        select (Instant.Min(before.Value, pair.Second.Utc), Instant.Max(before.Value, pair.Second.Utc));
}
