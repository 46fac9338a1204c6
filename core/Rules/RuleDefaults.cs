namespace ColdChain.Core.Rules;

/// <summary>Durations that hold for every rule of a pack which does not state its own.</summary>
internal sealed record RuleDefaults(
    TimeSpan SampleEvery, TimeSpan SingleTolerance, TimeSpan MaxGap, TimeSpan AirDelay, TimeSpan LoadDelay, TimeSpan UnknownLimit, TimeSpan MergeGap,
    IReadOnlyList<Figure> Figures)
{
    internal static RuleDefaults Read(RuleNode pack)
    {
        var reader = new FigureReader();
        if (!pack.Required("defaults", out var node))
        {
            return new RuleDefaults(default, default, default, default, default, default, default, []);
        }

        var defaults = new RuleDefaults(
            Required(reader, node, "sampleSeconds"),
            Required(reader, node, "singleToleranceSeconds"),
            Required(reader, node, "maxGapSeconds"),
            Required(reader, node, "airDelaySeconds"),
            Required(reader, node, "loadDelaySeconds"),
            Required(reader, node, "unknownLimitSeconds"),
            reader.Duration(node, "mergeSeconds") ?? default,
            reader.Figures);
        node.Close();
        return defaults;
    }

    private static TimeSpan Required(FigureReader reader, RuleNode node, string key)
    {
        if (!node.Has(key))
        {
            node.Fail(key, "is missing", "add it with value, source and status");
        }

        return reader.Duration(node, key) ?? default;
    }
}
