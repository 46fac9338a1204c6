using ColdChain.Core.Readings;
using ColdChain.Core.Rules;

namespace ColdChain.Core.Exposure;

/// <summary>A duration of which a part is known and the rest possible.</summary>
/// <param name="Known">What is known.</param>
/// <param name="Possible">What is known and what is unknown together; never less.</param>
public readonly record struct TimeBounds(TimeSpan Known, TimeSpan Possible);

/// <summary>A number of occasions of which a part is known.</summary>
/// <param name="Known">The fewest that there can have been.</param>
/// <param name="Possible">
/// Those seen, none of them joined over unknown time, and one for each time the pack's limit for unknown time was passed: shorter silence the
/// pack accepts.
/// </param>
public readonly record struct CountBounds(int Known, int Possible);

/// <summary>A time that counts, and where it was.</summary>
/// <param name="Time">The time.</param>
/// <param name="Unit">The storage unit; null between two stays.</param>
/// <param name="IsKnown">False when nobody can tell whether it counts.</param>
public readonly record struct ExposedTime(TimeRange Time, StorageUnitId? Unit, bool IsKnown);

/// <summary>What one blood unit has used of one allowance.</summary>
public sealed record AllowanceExposure
{
    /// <summary>What is allowed.</summary>
    public required Allowance Allowance { get; init; }

    /// <summary>What tells it from others of this blood unit, for machines; of a transport, with its beginning.</summary>
    public required string Key { get; init; }

    /// <summary>The longest single time.</summary>
    public required TimeBounds Longest { get; init; }

    /// <summary>The total in the window.</summary>
    public required TimeBounds Total { get; init; }

    /// <summary>The occasions in the window.</summary>
    public required CountBounds Occasions { get; init; }

    /// <summary>The times behind it, in order.</summary>
    public required IReadOnlyList<ExposedTime> Times { get; init; }

    /// <summary>The coldest temperature of the known times, at most; null when there is none.</summary>
    public Celsius? Lowest { get; init; }

    /// <summary>The warmest one, at most.</summary>
    public Celsius? Highest { get; init; }

    /// <summary>What follows.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>True when the verdict rests on unknown time: what is known alone would be less.</summary>
    public required bool IsOnlyPossible { get; init; }

    /// <summary>When the passing of time alone may change the verdict; null when it does not.</summary>
    public Instant? NextDeadline { get; init; }

    /// <summary>True when a figure that it rests on is remembered and not yet read in its text.</summary>
    public bool IsUnverified => Allowance.Figures.Any(figure => figure.Status == FigureStatus.FromMemory);
}

/// <summary>Everything that one blood unit went through, as far as its storage tells.</summary>
/// <param name="Allowances">What it used of each allowance that ever held for it, worst first.</param>
/// <param name="Doubts">What keeps anybody from saying more, as sentences.</param>
/// <param name="Lowest">The coldest temperature it was in, at most; null when none is known.</param>
/// <param name="Highest">The warmest one, at most.</param>
public sealed record BloodUnitExposure(IReadOnlyList<AllowanceExposure> Allowances, IReadOnlyList<string> Doubts, Celsius? Lowest, Celsius? Highest)
{
    /// <summary>The worst verdict.</summary>
    public Verdict Verdict => Allowances.Select(allowance => allowance.Verdict).DefaultIfEmpty(Verdict.Fine).Max();

    /// <summary>When the passing of time alone may change a verdict; null when it does not.</summary>
    public Instant? NextDeadline { get; init; }
}
