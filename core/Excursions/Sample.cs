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

/// <summary>What one instant tells of a signal; as bits, so that claims are joined by joining them.</summary>
[Flags]
public enum StateClaim : byte
{
    /// <summary>Nothing: a temperature, or a fault.</summary>
    None = 0,

    /// <summary>Off: the door shut, no mains power, the agitator still.</summary>
    Off = 1,

    /// <summary>On: the door open, mains power present, the agitator running.</summary>
    On = 2,

    /// <summary>Several contents claim the instant: what the state was is unknown.</summary>
    Contested = Off | On,
}

/// <summary>
/// The temperature of a probe, or the state of a signal, at an instant. What it says of the one is a fault to whoever asks for the
/// other. <see cref="Lowest"/> and <see cref="Highest"/> may differ only for a conflict; for a
/// fault both are zero and mean nothing.
/// </summary>
/// <param name="At">When it was measured.</param>
/// <param name="Kind">Whether there is a temperature.</param>
/// <param name="Lowest">The lowest claimed temperature, in thousandths of a degree Celsius.</param>
/// <param name="Highest">The highest claimed temperature, in thousandths of a degree Celsius.</param>
/// <param name="State">The claimed state of a signal.</param>
public readonly record struct Sample(Instant At, SampleKind Kind, int Lowest, int Highest, StateClaim State = StateClaim.None)
{
    /// <summary>One temperature.</summary>
    public static Sample Good(Instant at, Celsius value) => new(at, SampleKind.Good, value.Milli, value.Milli);

    /// <summary>No temperature.</summary>
    public static Sample Fault(Instant at) => new(at, SampleKind.Fault, 0, 0);

    /// <summary>One state of a signal, and so no temperature.</summary>
    public static Sample OfState(Instant at, bool isOn) => Fault(at) with { State = isOn ? StateClaim.On : StateClaim.Off };

    /// <summary>A state of which it is known that something else claims its place.</summary>
    public static Sample ContestedState(Instant at) => Fault(at) with { State = StateClaim.Contested };

    /// <summary>One temperature of which it is known that something else claims its place: a conflict by itself.</summary>
    public static Sample Contested(Instant at, Celsius value) => new(at, SampleKind.Conflict, value.Milli, value.Milli);

    /// <summary>The same claim, of which it is known that it may be wrong: a temperature becomes a conflict by itself, and a state a contested one.</summary>
    public Sample AsContested() => this with
    {
        Kind = Kind == SampleKind.Good ? SampleKind.Conflict : Kind,
        State = State == StateClaim.None ? StateClaim.None : StateClaim.Contested,
    };

    /// <summary>
    /// Two claims about the same instant made one: equal temperatures stay one, a fault yields to a temperature, different temperatures
    /// are a conflict, and a conflict stays one; states likewise. The order of the claims does not matter.
    /// </summary>
    public Sample And(Sample other)
    {
        var state = State | other.State;
        if (other.Kind == SampleKind.Fault)
        {
            return this with { State = state };
        }

        if (Kind == SampleKind.Fault)
        {
            return other with { State = state };
        }

        var (lowest, highest) = (Math.Min(Lowest, other.Lowest), Math.Max(Highest, other.Highest));
        var agree = lowest == highest && Kind == SampleKind.Good && other.Kind == SampleKind.Good;
        return new Sample(At, agree ? SampleKind.Good : SampleKind.Conflict, lowest, highest, state);
    }
}
