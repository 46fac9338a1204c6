using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;

namespace ColdChain.Core.Exposure;

/// <summary>The stay of one blood unit in a storage unit, half-open.</summary>
/// <param name="Donation">The donation identification number, 13 characters.</param>
/// <param name="Product">The product code.</param>
/// <param name="In">When it was put in.</param>
/// <param name="Out">When it was taken out; null while it is inside.</param>
public readonly record struct Stay(string Donation, string Product, Instant In, Instant? Out);

/// <summary>Which blood units a stretch touched.</summary>
public static class HoldPlanner
{
    /// <summary>
    /// The stays that overlap the time in which the contents may have been exposed: from the start of the stretch to
    /// <see cref="Stretch.ExposureEnd"/>. A unit put in at the very instant the stretch ended was not exposed; one taken out at the very
    /// instant it began was not either. A stretch without duration touches what was inside at its instant.
    /// </summary>
    public static IEnumerable<Stay> Touched(Stretch stretch, IEnumerable<Stay> stays)
    {
        var (start, end) = (stretch.Start, stretch.ExposureEnd);
        return stays.Where(stay =>
            start < (stay.Out ?? Instant.End)
            && (start == end ? stay.In <= start : stay.In < end));
    }
}
