using ColdChain.Core.Readings;

namespace ColdChain.Core.Excursions;

/// <summary>
/// The straight line between two samples: temperatures, or distances beyond a limit, in thousandths of a degree. Whatever divides it, such as other
/// figures that come into force on the way, what lies on it is reckoned from its ends: from a point that was rounded to a thousandth, a flat line
/// would reach a limit seconds too early or too late, or not at all.
/// </summary>
/// <param name="From">When the earlier sample was measured.</param>
/// <param name="First">What it says.</param>
/// <param name="To">When the later one was.</param>
/// <param name="Last">What that says.</param>
public readonly record struct Line(Instant From, int First, Instant To, int Last)
{
    /// <summary>True when the later end is the higher one.</summary>
    public bool IsRising => Last > First;

    /// <summary>The line at an instant between its ends, rounded to a thousandth of a degree; at the ends it is what the samples say.</summary>
    /// <param name="at">The instant.</param>
    /// <param name="up">Whether up or down. A distance that is rounded up is positive exactly when it is beyond the limit.</param>
    public int At(Instant at, bool up)
    {
        if (at == To || at == From)
        {
            return at == To ? Last : First;
        }

        var (whole, rest) = Math.DivRem(((long)Last - First) * (at.Milliseconds - From.Milliseconds), To.Milliseconds - From.Milliseconds);
        return First + (int)whole + (up && rest > 0 ? 1 : !up && rest < 0 ? -1 : 0);
    }

    /// <summary>When the line is at a value between its ends, which differ, rounded to a millisecond.</summary>
    /// <param name="value">The value.</param>
    /// <param name="later">Whether to the later or to the earlier one.</param>
    public Instant Reaches(int value, bool later)
    {
        var (whole, rest) = Math.DivRem(((long)value - First) * (To.Milliseconds - From.Milliseconds), (long)Last - First);
        return new Instant(From.Milliseconds + whole + (later && rest != 0 ? 1 : 0));
    }
}
