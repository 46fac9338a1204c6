namespace ColdChain.Core.Rules;

/// <summary>How far a figure can be relied on.</summary>
public enum FigureStatus
{
    /// <summary>Read in the text that its source names.</summary>
    Verified,

    /// <summary>Remembered, not found in a text yet: it must be shown as unverified wherever a decision uses it.</summary>
    FromMemory,

    /// <summary>Chosen by engineers; no authority stands behind it.</summary>
    EngineeringDefault,
}

/// <summary>One number of a rule with where it comes from, for reports and for the people who ratify the pack.</summary>
/// <param name="Name">Which number, by its keys in the pack, for example <c>limits.high</c>.</param>
/// <param name="Value">The number as written: degrees Celsius, seconds or a count, as the name says; a yes is 1, a no is 0.</param>
/// <param name="Source">The text it was taken from, in words.</param>
/// <param name="Status">How far it can be relied on.</param>
public sealed record Figure(string Name, decimal Value, string Source, FigureStatus Status);
