using ColdChain.Core.Readings;

namespace ColdChain.Core.Rules;

/// <summary>What a rule proposes. Software never does more than propose and hold: release and discard are signed by a person.</summary>
public enum RuleAction
{
    /// <summary>The product may be used, or go back to stock.</summary>
    Use,

    /// <summary>A person assesses it.</summary>
    Assess,

    /// <summary>It is held until a person has assessed it.</summary>
    Quarantine,

    /// <summary>Discarding it is proposed to a person.</summary>
    ProposeDiscard,
}

/// <summary>A name in the two languages of the first users.</summary>
/// <param name="En">English.</param>
/// <param name="Fr">French.</param>
public sealed record LocalName(string En, string Fr);

/// <summary>How long a product may be kept, under a condition.</summary>
/// <param name="Condition">When this duration applies, in words.</param>
/// <param name="Duration">The duration, inclusive, counted as the condition says.</param>
public sealed record ShelfLife(string Condition, TimeSpan Duration);

/// <summary>How long agitation may stop.</summary>
/// <param name="Required">True when the product must be agitated, false when it must not be.</param>
/// <param name="MaxSingleStop">The longest single stop, inclusive; null when not limited or not applicable.</param>
/// <param name="MaxCumulativeStop">The longest total of stops in the product's life, inclusive; null when not limited or not applicable.</param>
/// <param name="OnExceeding">What is proposed when a maximum is exceeded: its own action, or that of its rule.</param>
public sealed record AgitationRule(bool Required, TimeSpan? MaxSingleStop, TimeSpan? MaxCumulativeStop, RuleAction OnExceeding);

/// <summary>Limits for the air only. At least one of the two is stated.</summary>
/// <param name="Low">The coldest air that does not alert, inclusive; null for no lower limit.</param>
/// <param name="High">The warmest air that does not alert, inclusive; null for no upper limit.</param>
public sealed record AirLimits(Celsius? Low, Celsius? High);

/// <summary>
/// The rule of one product in one context. Limits are inclusive: a temperature equal to one is in range. They are compared with the
/// calibrated value.
/// </summary>
public sealed record StorageRule
{
    /// <summary>The product's code within the pack, for example <c>RBC</c>.</summary>
    public required string Product { get; init; }

    /// <summary>Of a rule for several products, whose limits decide, such as <c>low RBC, high REAGENT</c>; null for the rule of one product.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>The product's name.</summary>
    public required LocalName Name { get; init; }

    /// <summary>The circumstances that the rule is for.</summary>
    public required StorageContext Context { get; init; }

    /// <summary>The lowest temperature in range, inclusive; null when there is no lower limit.</summary>
    public Celsius? Low { get; init; }

    /// <summary>The highest temperature in range, inclusive; null when there is no upper limit.</summary>
    public Celsius? High { get; init; }

    /// <summary>The limits at which an air probe alerts, inclusive, where they are not those of the product; null for those of the product.</summary>
    public AirLimits? AirLimits { get; init; }

    /// <summary>From here downward (inclusive) the state is at least a warning; null for none.</summary>
    public Celsius? WarnLow { get; init; }

    /// <summary>From here upward (inclusive) the state is at least a warning; null for none.</summary>
    public Celsius? WarnHigh { get; init; }

    /// <summary>Colder than this (exclusive), discard is proposed whatever the duration; null for none.</summary>
    public Celsius? RedLow { get; init; }

    /// <summary>Warmer than this (exclusive), discard is proposed whatever the duration; null for none.</summary>
    public Celsius? RedHigh { get; init; }

    /// <summary>
    /// How long one stay outside the limits is tolerated, inclusive; zero when there is no tolerance, and then each stay is a breach and no more.
    /// </summary>
    public required TimeSpan SingleTolerance { get; init; }

    /// <summary>Stays outside at most this far apart, inclusive, are one occasion; zero when each is one of its own.</summary>
    public required TimeSpan MergeGap { get; init; }

    /// <summary>Allowances that are counted over several stays; empty when there are none.</summary>
    public required IReadOnlyList<ExposureBand> Bands { get; init; }

    /// <summary>The rule about agitation; null when the product is indifferent to it.</summary>
    public AgitationRule? Agitation { get; init; }

    /// <summary>The longest time between two samples that still join, inclusive; beyond it the time between is unknown.</summary>
    public required TimeSpan MaxGap { get; init; }

    /// <summary>How long an air probe may be outside before it alerts.</summary>
    public required TimeSpan AirDelay { get; init; }

    /// <summary>How long a load probe may be outside before the excursion is alarmed.</summary>
    public required TimeSpan LoadDelay { get; init; }

    /// <summary>How long the temperature may be unknown before the contents are held.</summary>
    public required TimeSpan UnknownLimit { get; init; }

    /// <summary>Durations for which the product may be kept; empty when the pack states none.</summary>
    public required IReadOnlyList<ShelfLife> ShelfLives { get; init; }

    /// <summary>What is proposed when a limit is left.</summary>
    public required RuleAction OnBreach { get; init; }

    /// <summary>What is proposed when a tolerance above zero, a band or the agitation rule is exceeded that states no action of its own.</summary>
    public required RuleAction OnExceeding { get; init; }

    /// <summary>False when the rule is off until an overlay switches it on: no storage unit may be judged by it.</summary>
    public required bool IsEnabled { get; init; }

    /// <summary>What the people who assess should know; empty when nothing.</summary>
    public required string Notes { get; init; }

    /// <summary>Every number of this rule with its source, those that it takes from the pack's defaults included.</summary>
    public required IReadOnlyList<Figure> Figures { get; init; }

    /// <summary>True when temperatures can be judged by it. A rule for the bench may limit the time only.</summary>
    public bool HasLimits => Low is not null || High is not null;

    /// <summary>
    /// True when a number of this rule is remembered and not yet read in its text: whoever shows a decision made with it must say so.
    /// </summary>
    public bool HasUnverified => Figures.Any(figure => figure.Status == FigureStatus.FromMemory);
}
