using ColdChain.Core.Readings;

namespace ColdChain.Core.Excursions;

/// <summary>What one instant of one probe tells.</summary>
public enum SampleKind
{
    /// <summary>A temperature.</summary>
    Good,

    /// <summary>The probe was asked and gave no temperature. Its neighbours join over it when they are near enough.</summary>
    Fault,

    /// <summary>
    /// Several contents claim the same instant, and at least one is a temperature: what the temperature was is unknown. Its neighbours do not
    /// join over it.
    /// </summary>
    Conflict,
}

/// <summary>
/// The calibrated temperature of a probe at an instant. <see cref="Lowest"/> and <see cref="Highest"/> may differ only for a conflict; for a
/// fault both are zero and mean nothing.
/// </summary>
/// <param name="At">When it was measured.</param>
/// <param name="Kind">Whether there is a temperature.</param>
/// <param name="Lowest">The lowest claimed temperature, in thousandths of a degree Celsius.</param>
/// <param name="Highest">The highest claimed temperature, in thousandths of a degree Celsius.</param>
public readonly record struct Sample(Instant At, SampleKind Kind, int Lowest, int Highest)
{
    /// <summary>One temperature.</summary>
    public static Sample Good(Instant at, Celsius value) => new(at, SampleKind.Good, value.Milli, value.Milli);

    /// <summary>No temperature.</summary>
    public static Sample Fault(Instant at) => new(at, SampleKind.Fault, 0, 0);

    /// <summary>One temperature of which it is known that something else claims its place: a conflict by itself.</summary>
    public static Sample Contested(Instant at, Celsius value) => new(at, SampleKind.Conflict, value.Milli, value.Milli);

    /// <summary>The same claim, of which it is known that it may be wrong: a temperature becomes a conflict by itself.</summary>
    public Sample AsContested() => Kind == SampleKind.Good ? this with { Kind = SampleKind.Conflict } : this;

    /// <summary>
    /// Two claims about the same instant made one: equal temperatures stay one, a fault yields to a temperature, different temperatures
    /// are a conflict, and a conflict stays one. The order of the claims does not matter.
    /// </summary>
    public Sample And(Sample other)
    {
        if (other.Kind == SampleKind.Fault)
        {
            return this;
        }

        if (Kind == SampleKind.Fault)
        {
            return other;
        }

        var (lowest, highest) = (Math.Min(Lowest, other.Lowest), Math.Max(Highest, other.Highest));
        var agree = lowest == highest && Kind == SampleKind.Good && other.Kind == SampleKind.Good;
        return new Sample(At, agree ? SampleKind.Good : SampleKind.Conflict, lowest, highest);
    }
}
