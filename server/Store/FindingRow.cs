using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;

namespace ColdChain.Server.Store;

/// <summary>The words in the columns of a finding.</summary>
internal static class FindingWords
{
    public const string Current = "current";
    public const string Superseded = "superseded";
    public const string Retracted = "retracted";

    /// <summary>The word of a side: <c>high</c>, <c>low</c> or <c>unknown</c>.</summary>
    public static string Of(Side side) => side switch
    {
        Side.High => "high",
        Side.Low => "low",
        Side.Unknown => "unknown",
        _ => throw new ArgumentOutOfRangeException(nameof(side)),
    };
}

/// <summary>An excursion or an unknown interval of one probe, in its newest version.</summary>
internal sealed record FindingRow
{
    /// <summary>What became a finding, or changed one, longer ago than this by the samples' time was brought to light by late data.</summary>
    public static readonly TimeSpan LateAfter = TimeSpan.FromMinutes(15);

    public required StorageUnitId Unit { get; init; }

    /// <summary>What the engine found; its id is 0 before the store gave one.</summary>
    public required Finding Finding { get; init; }

    /// <summary><see cref="FindingWords.Current"/>, <see cref="FindingWords.Superseded"/> or <see cref="FindingWords.Retracted"/>.</summary>
    public string Status { get; init; } = FindingWords.Current;

    public long? SupersededBy { get; init; }

    /// <summary>Why this version came about, where more readings are not the reason; why it was superseded or retracted. Otherwise null.</summary>
    public string? Reason { get; init; }

    public required Instant DiscoveredAt { get; init; }

    public required Instant UpdatedAt { get; init; }

    /// <summary>True when data that came late brought it to light.</summary>
    public bool FoundLate { get; init; }

    /// <summary>
    /// How long after the readings that show it this version was stored: after it became a finding where that is new, otherwise after it was
    /// settled. Null in what an earlier program wrote.
    /// </summary>
    public TimeSpan? FoundAfter { get; init; }

    /// <summary>
    /// When what was inside was exposed no more; <see cref="Instant.End"/> while that goes on. One that was taken back before its end was seen lasted, as
    /// far as anybody knew, until then: nothing is found out about it any more.
    /// </summary>
    public Instant ExposureEnd => Status == FindingWords.Current || Finding.Stretch.ExposureEnd != Instant.End
        ? Finding.Stretch.ExposureEnd
        : Instant.Max(Finding.Stretch.LastKnown, UpdatedAt);
}
