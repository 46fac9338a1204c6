using System.Text.Json;
using System.Text.Json.Serialization;
using ColdChain.Core.Readings;

namespace ColdChain.Core.Excursions;

/// <summary>In which way a probe was not in range. The three are judged independently of each other.</summary>
public enum Side
{
    /// <summary>Warmer than the upper limit.</summary>
    High,

    /// <summary>Colder than the lower limit.</summary>
    Low,

    /// <summary>Nobody can tell: no samples near enough, or contradicting ones.</summary>
    Unknown,
}

/// <summary>Why a stretch ended.</summary>
public enum EndReason
{
    /// <summary>It has not ended as far as the samples go.</summary>
    Open,

    /// <summary>A sample in range was seen; for unknown time, a sample at all.</summary>
    InRange,

    /// <summary>Nothing is known after <see cref="Stretch.LastKnown"/>; the end was not seen.</summary>
    Unknown,

    /// <summary>Other figures came into force; what follows is judged by those.</summary>
    RuleChange,
}

/// <summary>
/// A stretch of time, half-open, in which one probe was out of range on one side, or unknown. The value is all that the samples tell; it
/// does not depend on the order in which they arrived.
/// </summary>
public sealed record Stretch
{
    /// <summary>The first instant: where the line between two samples crosses the limit (rounded down to a millisecond), or a first sample.</summary>
    public required Instant Start { get; init; }

    /// <summary>High, low or unknown.</summary>
    public required Side Side { get; init; }

    /// <summary>
    /// The instant after the last (crossings are rounded up to a millisecond), or that from which other figures apply; null when the end was
    /// not seen.
    /// </summary>
    public Instant? End { get; init; }

    /// <summary>Why it ended.</summary>
    public required EndReason EndReason { get; init; }

    /// <summary>The last instant that is known to belong to the stretch; equal to <see cref="End"/> when a sample showed that.</summary>
    public required Instant LastKnown { get; init; }

    /// <summary>
    /// Since when it had been out, where a change of rule or calibration had ended what ran before <see cref="Start"/>; otherwise null.
    /// </summary>
    public Instant? OutSince { get; init; }

    /// <summary>When <see cref="Rule"/> came into force, if it was out within the delay of another rule before; otherwise null.</summary>
    public Instant? RuleSince { get; init; }

    /// <summary>The instant of the sample that settled the end: after it, no stretch of this fold changes. Null while open.</summary>
    public Instant? SettledAt { get; init; }

    /// <summary>The temperature furthest out, in thousandths of a degree; 0 for unknown.</summary>
    public int PeakMilli { get; init; }

    /// <summary>Twice the area between the line of the samples and the limit, in thousandths of a degree times milliseconds. Exact.</summary>
    public long TwiceArea { get; init; }

    /// <summary>True when the temperature is one of several that contradict each other: it alarms without delay.</summary>
    public bool IsConflict { get; init; }

    /// <summary>True for unknown time in which the device declared rows lost: nothing will explain it, so it alarms without waiting.</summary>
    public bool IsDeclaredLost { get; init; }

    /// <summary>The rule that judged it.</summary>
    public required ProbeRule Rule { get; init; }

    /// <summary>Written as JSON for the store: everything but what follows from the rest.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ExcursionsJson.Default.Stretch);

    /// <summary>Read back from the store.</summary>
    /// <exception cref="JsonException">The text is not what <see cref="ToJson"/> wrote.</exception>
    public static Stretch FromJson(string json) =>
        JsonSerializer.Deserialize(json, ExcursionsJson.Default.Stretch) ?? throw new JsonException("A stretch is an object.");

    /// <summary>The known duration.</summary>
    [JsonIgnore]
    public TimeSpan Duration => LastKnown - Start;

    /// <summary>The area over (or under) the limit in degree-minutes, by straight lines between samples.</summary>
    [JsonIgnore]
    public double DegreeMinutes => TwiceArea / 2.0 / 1000 / 60_000;

    /// <summary>When what was inside can no longer have been exposed: the end, or the first sample after an unseen end, or never yet.</summary>
    [JsonIgnore]
    public Instant ExposureEnd => End ?? SettledAt ?? Instant.End;

    /// <summary>
    /// True when a finding of this stretch holds what was inside. That is so unless the rule tolerates it: as long as it can have lasted, its end
    /// unseen or not, over a change of rule or calibration, and as far as it went.
    /// </summary>
    [JsonIgnore]
    public bool IsGroundToHold =>
        Side == Side.Unknown
        || IsConflict
        || (End ?? SettledAt ?? LastKnown) - OutFrom > Rule.Tolerance
        || Rule.Tolerance == TimeSpan.Zero
        || PeakMilli > Rule.ToleratedHigh?.Milli
        || PeakMilli < Rule.ToleratedLow?.Milli;

    /// <summary>
    /// The instant at which the stretch became a finding, or null when it has not lasted long enough: out of range for at least the rule's
    /// delay, unknown for longer than its limit; a conflict and declared loss at once. The delay goes on over a change of rule or calibration.
    /// </summary>
    /// <param name="until">Up to when an open stretch is taken to have lasted: the clock for an alarm, <see cref="LastKnown"/> for the record.</param>
    public Instant? AlarmedAt(Instant until)
    {
        var lasted = TakenToLast(until) - OutFrom;
        return Side switch
        {
            _ when IsConflict || IsDeclaredLost => Start,
            Side.Unknown => lasted > Rule.UnknownLimit ? Start + Rule.UnknownLimit : null,
            _ => lasted >= Rule.Delay ? Instant.Max(RuleSince ?? Start, OutFrom + Rule.Delay) : null,
        };
    }

    private Instant OutFrom => OutSince ?? Start;

    /// <summary>Silence does not take back an alarm: until a sample settles it, a stretch lasts on for as long as samples would have joined.</summary>
    private Instant TakenToLast(Instant until) => EndReason switch
    {
        EndReason.Open => Instant.Max(until, LastKnown),
        EndReason.Unknown when SettledAt is null && Side != Side.Unknown => Instant.Max(LastKnown, Instant.Min(until, LastKnown + Rule.MaxGap)),
        _ => LastKnown,
    };
}
