using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;

namespace ColdChain.Core.Signals;

/// <summary>What a signal of a storage unit tells.</summary>
public enum SignalKind
{
    /// <summary>A door; on means open.</summary>
    Door,

    /// <summary>Mains power; on means present.</summary>
    Mains,

    /// <summary>An agitator; on means running.</summary>
    Agitation,
}

/// <summary>The figures by which one signal is judged.</summary>
public sealed record SignalRule
{
    /// <summary>A door may be open for so long. Engineering default; nobody has taken it from a standard.</summary>
    public static readonly TimeSpan DoorDelay = TimeSpan.FromMinutes(3);

    /// <summary>Mains power may be away for so long. Engineering default; nobody has taken it from a standard.</summary>
    public static readonly TimeSpan MainsDelay = TimeSpan.FromMinutes(1);

    /// <summary>What is told while the signal is on; null for nothing.</summary>
    public ConditionKind? WhenOn { get; init; }

    /// <summary>What is told while it is off; null for nothing.</summary>
    public ConditionKind? WhenOff { get; init; }

    /// <summary>What is told while its state is unknown; null for nothing.</summary>
    public ConditionKind? WhenUnknown { get; init; }

    /// <summary>How long a state that is told must last before it is, inclusive. It never shortens what is recorded.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>How long unknown time that has ended must have lasted before it is told; zero when all of it counts.</summary>
    public TimeSpan UnknownDelay { get; init; }

    /// <summary>A state holds until the next reading when that comes within this time, inclusive; otherwise the time between is unknown.</summary>
    public required TimeSpan MaxGap { get; init; }

    /// <summary>The rule of a kind of signal.</summary>
    /// <param name="kind">What the signal tells.</param>
    /// <param name="isAgitated">Whether the product inside must be agitated (true) or must not be (false); null when it is indifferent.</param>
    /// <param name="maxGap">The longest time between two samples that still join, of the product inside.</param>
    public static SignalRule Of(SignalKind kind, bool? isAgitated, TimeSpan maxGap) => (kind, isAgitated) switch
    {
        (SignalKind.Door, _) => new SignalRule { WhenOn = ConditionKind.DoorOpen, WhenUnknown = ConditionKind.SignalUnknown, Delay = DoorDelay, UnknownDelay = maxGap, MaxGap = maxGap },
        (SignalKind.Mains, _) => new SignalRule { WhenOff = ConditionKind.MainsLost, WhenUnknown = ConditionKind.SignalUnknown, Delay = MainsDelay, UnknownDelay = maxGap, MaxGap = maxGap },
        (SignalKind.Agitation, null) => new SignalRule { MaxGap = maxGap },
        (SignalKind.Agitation, true) =>
            new SignalRule { WhenOff = ConditionKind.AgitationStopped, WhenUnknown = ConditionKind.AgitationUnknown, MaxGap = maxGap },
        (SignalKind.Agitation, _) =>
            new SignalRule { WhenOn = ConditionKind.AgitationRunning, WhenUnknown = ConditionKind.AgitationUnknown, MaxGap = maxGap },
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>What is told of a state; null for nothing.</summary>
    internal ConditionKind? Told(SignalState state) => state switch
    {
        SignalState.On => WhenOn,
        SignalState.Off => WhenOff,
        _ => WhenUnknown,
    };
}

/// <summary>
/// A period during which a signal belonged to a storage unit under one rule: <paramref name="From"/> inclusive, <paramref name="To"/> exclusive.
/// </summary>
/// <param name="From">The first instant.</param>
/// <param name="To">The instant after the last; <see cref="Instant.End"/> when it goes on.</param>
/// <param name="Rule">The figures.</param>
public sealed record SignalSpan(Instant From, Instant To, SignalRule Rule);
