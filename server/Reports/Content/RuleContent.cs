using ColdChain.Core.Readings;
using ColdChain.Core.Rules;

namespace ColdChain.Server.Reports.Content;

/// <summary>A rule that judged, and from when to when within what the report looks at.</summary>
public sealed record RuleContent
{
    public required string Pack { get; init; }

    public required string Version { get; init; }

    /// <summary>SHA-256 of the pack.</summary>
    public required string Hash { get; init; }

    /// <summary>What the pack says of its own status, in words, such as <c>draft</c>.</summary>
    public required string PackStatus { get; init; }

    /// <summary>The products that are kept there, such as <c>RBC</c> or <c>RBC+REAGENT</c>.</summary>
    public required string Product { get; init; }

    public required StorageContext Context { get; init; }

    public required SpanContent InForce { get; init; }

    /// <summary>The lower limit, included; null for none.</summary>
    public Celsius? Low { get; init; }

    /// <summary>The upper limit, included; null for none.</summary>
    public Celsius? High { get; init; }

    /// <summary>The lower limit for air, included, where air has limits of its own; null for none. With both null, air has those of the product.</summary>
    public Celsius? AirLow { get; init; }

    /// <summary>The upper limit for air, likewise.</summary>
    public Celsius? AirHigh { get; init; }

    /// <summary>How often the pack recommends to sample at least; zero when it says nothing.</summary>
    public TimeSpan SampleEvery { get; init; }

    /// <summary>How long a load probe may be out of range before it alarms.</summary>
    public required TimeSpan Delay { get; init; }

    /// <summary>The longest time between two samples that are joined.</summary>
    public required TimeSpan MaxGap { get; init; }

    /// <summary>How long nothing may be known.</summary>
    public required TimeSpan UnknownLimit { get; init; }

    /// <summary>Every figure of the rule with its source and status.</summary>
    public required IReadOnlyList<FigureContent> Figures { get; init; }
}

/// <summary>A figure of a rule.</summary>
/// <param name="Name">Which one, by its keys in the pack.</param>
/// <param name="Value">The number as written.</param>
/// <param name="Source">The text it was taken from, in words.</param>
/// <param name="Status">How far it can be relied on.</param>
public sealed record FigureContent(string Name, decimal Value, string Source, FigureStatus Status);
