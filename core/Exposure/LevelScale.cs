using ColdChain.Core.Readings;
using ColdChain.Core.Rules;

namespace ColdChain.Core.Exposure;

/// <summary>
/// The axis of temperatures, cut at every figure by which a pack tells one temperature from another: limits, red lines, bounds of bands. A
/// cut lies between two thousandths of a degree, so that "up to and including" and "warmer than" are exact. Two scales with the same cuts
/// are equal.
/// </summary>
public sealed class LevelScale : IEquatable<LevelScale>
{
    private readonly int[] _cuts;

    /// <summary>A scale.</summary>
    /// <param name="cuts">
    /// Temperatures in thousandths of a degree Celsius; each is the warmest of the level below its cut. Order and repetitions do not matter.
    /// </param>
    public LevelScale(IEnumerable<int> cuts) => _cuts = [.. cuts.Distinct().Order()];

    /// <summary>The scale of a pack: the figures of all its products, in every context.</summary>
    public static LevelScale Of(RulePack pack) => new(pack.Rules.SelectMany(CutsOf));

    /// <summary>The level of a temperature, its bounds both included; the ends of the range of an int stand for "no bound".</summary>
    public (int From, int To) LevelOf(int milli)
    {
        var at = Array.BinarySearch(_cuts, milli);
        var above = at < 0 ? ~at : at; // The cut at a temperature is the upper bound of its level.
        return (above == 0 ? int.MinValue : _cuts[above - 1] + 1, above == _cuts.Length ? int.MaxValue : _cuts[above]);
    }

    /// <inheritdoc/>
    public bool Equals(LevelScale? other) => other is not null && _cuts.AsSpan().SequenceEqual(other._cuts);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LevelScale);

    /// <inheritdoc/>
    public override int GetHashCode() => _cuts.Length == 0 ? 0 : HashCode.Combine(_cuts.Length, _cuts[0], _cuts[^1]);

    private static IEnumerable<int> CutsOf(StorageRule rule)
    {
        Celsius?[] lows = [rule.Low, rule.RedLow, .. rule.Bands.SelectMany(band => band.Ranges).Select(range => range.From)];
        Celsius?[] highs = [rule.High, rule.RedHigh, .. rule.Bands.SelectMany(band => band.Ranges).Select(range => range.To)];
        return lows.OfType<Celsius>().Select(low => low.Milli - 1).Concat(highs.OfType<Celsius>().Select(high => high.Milli));
    }
}

/// <summary>A period during which a probe stood in a storage unit under one scale.</summary>
/// <param name="From">The first instant.</param>
/// <param name="To">The instant after the last; <see cref="Instant.End"/> when it goes on.</param>
/// <param name="Scale">The levels to tell apart.</param>
/// <param name="MaxGap">Two samples at most this far apart are joined by a straight line.</param>
/// <param name="CalibrationMilli">Added to every measured value, in thousandths of a degree.</param>
public sealed record LevelSpan(Instant From, Instant To, LevelScale Scale, TimeSpan MaxGap, int CalibrationMilli = 0)
{
    /// <summary>True when the instant lies in the period.</summary>
    public bool Contains(Instant at) => From <= at && at < To;
}
