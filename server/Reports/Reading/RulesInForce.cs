using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Server.Fleet;
using ColdChain.Server.Reports.Content;

namespace ColdChain.Server.Reports.Reading;

/// <summary>By which rules a storage unit was judged within [from, to).</summary>
internal sealed class RulesInForce
{
    private readonly List<InForce> _all;
    private readonly Instant _from;
    private readonly Instant _to;

    /// <param name="unit">The storage unit.</param>
    /// <param name="packs">All packs that were ever in force, the oldest first.</param>
    /// <param name="from">The first instant.</param>
    /// <param name="to">The instant after the last.</param>
    public RulesInForce(StorageUnit unit, IReadOnlyList<DatedPack> packs, Instant from, Instant to)
    {
        (_from, _to) = (from, to);
        _all = PackSpans.Joined(
            unit.History.SelectMany(period => PackSpans.Of(period, packs).Select(span => new InForce(span.From, span.To, span.Pack, period.Product, period.Context, span.Rule))),
            rule => (rule.From, rule.To),
            (rule, start, end) => rule with { From = start, To = end });
    }

    /// <summary>The largest gap of all rules of the time: so far around it a sample can matter.</summary>
    public TimeSpan LargestGap => Within(_from, _to).Select(rule => rule.Rule.MaxGap).DefaultIfEmpty().Max();

    /// <summary>The rules that judged a mounting.</summary>
    public IReadOnlyList<RulePiece> PiecesOf(MountedProbe mounting) =>
        [.. Within(mounting.From, mounting.To).Select(rule => new RulePiece(rule.From, rule.To, ProbeRules.Of(rule.Pack, rule.Rule, mounting.Probe.Role), rule.Pack.SampleEvery))];

    /// <summary>As a report tells of them.</summary>
    public IReadOnlyList<RuleContent> Content() => [.. Within(_from, _to).Select(ContentOf)];

    private IEnumerable<InForce> Within(Instant from, Instant to) => _all
        .Select(rule => rule with { From = Instant.Max(rule.From, from), To = Instant.Min(rule.To, to) })
        .Where(rule => rule.From < rule.To);

    private static RuleContent ContentOf(InForce rule) => new()
    {
        Pack = rule.Pack.Id,
        Version = rule.Pack.Version,
        Hash = rule.Pack.Hash,
        PackStatus = rule.Pack.Status,
        Product = rule.Product,
        Context = rule.Context,
        InForce = new SpanContent(rule.From, rule.To),
        Low = rule.Rule.Low,
        High = rule.Rule.High,
        AirLow = rule.Rule.AirLimits?.Low,
        AirHigh = rule.Rule.AirLimits?.High,
        SampleEvery = rule.Pack.SampleEvery,
        Delay = rule.Rule.LoadDelay,
        MaxGap = rule.Rule.MaxGap,
        UnknownLimit = rule.Rule.UnknownLimit,
        Figures = [.. rule.Rule.Figures.Select(figure => new FigureContent(figure.Name, figure.Value, figure.Source, figure.Status))],
    };

    // The rule follows from the rest; that of several products is a new one each time, and must not split what is told.
    private sealed record InForce(Instant From, Instant To, RulePack Pack, string Product, StorageContext Context, StorageRule Rule)
    {
        public bool Equals(InForce? other) => other is not null
            && (From, To, Product, Context) == (other.From, other.To, other.Product, other.Context) && ReferenceEquals(Pack, other.Pack);

        public override int GetHashCode() => HashCode.Combine(From, To, Product, Context);
    }
}
