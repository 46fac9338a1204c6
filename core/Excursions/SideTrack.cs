using System.Text.Json.Serialization;
using ColdChain.Core.Readings;

namespace ColdChain.Core.Excursions;

/// <summary>
/// The running stretch on one side of one probe, fed with straight segments. Distances are thousandths of a degree beyond the limit:
/// positive is out of range, zero and negative are in range. The default value is "not out".
/// </summary>
/// <param name="IsOut">A stretch is running.</param>
/// <param name="Start">Its first instant.</param>
/// <param name="Peak">The largest distance so far.</param>
/// <param name="TwiceArea">Twice the area so far.</param>
public readonly record struct SideTrack(bool IsOut, Instant Start, int Peak, long TwiceArea)
{
    /// <summary>
    /// Since when it has been out, where a change of rule or calibration has ended what ran before <see cref="Start"/>; otherwise null. The alarm
    /// delay counts from there.
    /// </summary>
    public Instant? OutSince { get; init; }

    /// <summary>When the rule by which it is judged came into force, if that was after its start; otherwise null.</summary>
    public Instant? RuleSince { get; init; }

    /// <summary>The instant from which the alarm delay counts.</summary>
    [JsonIgnore]
    public Instant DelayFrom => OutSince ?? Start;

    /// <summary>The track after a sample that has no known neighbour before it.</summary>
    public static SideTrack Begin(Instant at, int distance) => distance > 0 ? new SideTrack(true, at, distance, 0) : default;

    /// <summary>The track after a part of the line between two samples.</summary>
    /// <param name="beyond">How far the line is beyond the limit.</param>
    /// <param name="from">Where the part begins.</param>
    /// <param name="to">Where it ends: at the later sample, or where other figures come into force.</param>
    /// <param name="closedAt">When it ends the stretch: the crossing.</param>
    /// <param name="closed">When it ends the stretch: the whole of it.</param>
    public SideTrack Segment(in Line beyond, Instant from, Instant to, out Instant closedAt, out SideTrack closed)
    {
        (closedAt, closed) = (default, default);
        var (a, b) = (beyond.At(from, up: true), beyond.At(to, up: true));
        if (!IsOut)
        {
            return b > 0 ? Leave(beyond, from, a, to, b) : this;
        }

        if (b > 0)
        {
            return this with { Peak = Math.Max(Peak, b), TwiceArea = TwiceArea + ((long)a + b) * (to.Milliseconds - from.Milliseconds) };
        }

        closedAt = beyond.Reaches(0, later: true);
        closed = this with { TwiceArea = TwiceArea + (long)a * (closedAt.Milliseconds - from.Milliseconds) };
        return default;
    }

    /// <summary>
    /// The whole of it under the rule that begins at an instant: within its delay it is no excursion yet, and the rule that is in force when the
    /// delay has passed decides.
    /// </summary>
    /// <param name="at">When the rule comes into force.</param>
    /// <param name="begun">What the rule itself says of that instant.</param>
    /// <param name="further">How much further out the limit lies than the one before; negative when nearer.</param>
    public SideTrack Under(Instant at, in SideTrack begun, int further) => this with { RuleSince = at, Peak = Math.Max(begun.Peak, Peak - further) };

    private static SideTrack Leave(in Line beyond, Instant from, int a, Instant to, int b)
    {
        // Already beyond the limit can only mean that the limit moved: then there is no crossing, and out is out from there on.
        var crossing = a > 0 ? from : beyond.Reaches(0, later: false);
        return new SideTrack(true, crossing, b, b * (to.Milliseconds - crossing.Milliseconds));
    }
}
