using ColdChain.Core.Readings;
using ColdChain.Core.Rules;

namespace ColdChain.Core.Exposure;

/// <summary>A piece of the life of a blood unit: in one storage unit under one rule, or between two stays.</summary>
/// <param name="Time">The time.</param>
/// <param name="Placement">Where it was; null between two stays.</param>
/// <param name="Allowances">What held in that time, agitation included where it is watched.</param>
/// <param name="Excluded">
/// True for a time between two stays so short that the bench's own allowance accepts it: it counts there and nowhere else.
/// </param>
internal sealed record LedgerSegment(TimeRange Time, Placement? Placement, IReadOnlyList<Allowance> Allowances, bool Excluded = false)
{
    internal bool IsTransport => Placement?.Context == StorageContext.Transport;
}

/// <summary>Cuts the life of a blood unit into segments.</summary>
internal static class LedgerSegments
{
    internal static List<LedgerSegment> Of(string product, IEnumerable<Placement> placements, Instant now)
    {
        var segments = new List<LedgerSegment>();
        Placement? before = null;
        foreach (var placement in placements.Where(placement => placement.In < now).OrderBy(placement => placement.In).ThenBy(placement => placement.Out ?? Instant.End))
        {
            if (before?.Out is { } left && left < placement.In)
            {
                segments.Add(Between(product, before, placement, new TimeRange(left, placement.In)));
            }

            var time = new TimeRange(placement.In, Instant.Min(placement.Out ?? now, now));
            segments.Add(new LedgerSegment(time, placement, RuleOf(product, placement) is null ? CarriedOver(segments) : Of(product, placement)));
            before = placement;
        }

        return segments;
    }

    /// <summary>The rule of the product where it was; null when the pack has none, or nobody supervised it.</summary>
    internal static StorageRule? RuleOf(string product, Placement placement) => placement.Pack?.Find(product, placement.Context);

    private static List<Allowance> Of(string product, Placement placement) => RuleOf(product, placement) is not { } rule ? []
        : placement.Agitation is not null && Allowances.OfAgitation(placement.Pack!, rule) is { } agitation ? [.. Allowances.Of(placement.Pack!, rule), agitation] // A rule has its pack.
        : [.. Allowances.Of(placement.Pack!, rule)];

    /// <summary>
    /// Where no rule says anything of the product, or nobody supervised it, what is counted over its life by temperature goes on to be: the place
    /// must not make it forgotten.
    /// </summary>
    private static List<Allowance> CarriedOver(List<LedgerSegment> segments) =>
    [
        .. (segments.FindLast(segment => segment.Placement is not null)?.Allowances ?? [])
            .Where(allowance => allowance is { AnyTemperature: false, Window: not ExposureWindow.Leg, Kind: not AllowanceKind.Agitation }),
    ];

    /// <summary>
    /// Between two stays nobody knows the temperature. The bench rule of the pack that was left says how long that may be; without one, what
    /// samples may lie apart. Beyond that it is unknown time for whatever is counted over a life, and over a transport that it interrupts.
    /// </summary>
    private static LedgerSegment Between(string product, Placement left, Placement entered, TimeRange time)
    {
        var (pack, rule) = (left.Pack, RuleOf(product, left));
        var bench = pack?.Find(product, StorageContext.Bench);
        var own = bench is not null ? Allowances.Of(pack!, bench).Where(allowance => allowance.AnyTemperature) // A rule has its pack.
            : rule is not null ? [Allowances.Between(pack!, rule)]
            : [];
        var accepted = own.Where(allowance => allowance.MaxSingle is not null).Min(allowance => allowance.MaxSingle) ?? TimeSpan.Zero;
        var isAccepted = time.Length <= (bench is null ? rule?.MaxGap ?? TimeSpan.Zero : accepted);
        var others = Of(product, left).Concat(Of(product, entered))
            .Where(allowance => allowance.Window != ExposureWindow.Leg || (left.Context == StorageContext.Transport && entered.Context == StorageContext.Transport))
            .DistinctBy(allowance => allowance.Key);
        return new LedgerSegment(time, null, [.. own, .. others], isAccepted);
    }
}
