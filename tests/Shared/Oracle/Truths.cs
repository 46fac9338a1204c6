namespace ColdChain.Tests.Shared.Oracle;

/// <summary>A time in which a probe was out of range or unknown, by the oracle's reckoning. All in milliseconds since 1970.</summary>
/// <param name="Unit">The storage unit.</param>
/// <param name="Probe">The probe; empty for unknown time, which is the storage unit's.</param>
/// <param name="Side"><c>high</c>, <c>low</c> or <c>unknown</c>.</param>
/// <param name="Start">The beginning.</param>
/// <param name="End">The end, or the last that is known of it.</param>
/// <param name="ExposedTo">Until when what was inside may have been exposed; null while nobody can tell.</param>
/// <param name="IsRequired">False when the server may know of it, and need not: part of it went down with a memory card.</param>
/// <param name="IsOpen">Whether it goes on as far as anybody knows.</param>
internal sealed record Exposure(string Unit, string Probe, string Side, decimal Start, decimal End, decimal? ExposedTo, bool IsRequired, bool IsOpen)
{
    public override string ToString() => $"{Unit} {Probe} {Side} [{At(Start)}, {(IsOpen ? "open" : At(End))}) exposed to {(ExposedTo is { } to ? At(to) : "now")}";

    private static string At(decimal milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds).ToString("yyyy-MM-dd HH:mm:ss.fff", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>What a probe said at one instant.</summary>
/// <param name="At">In milliseconds since 1970.</param>
/// <param name="Milli">The temperatures that were claimed, as measured, each once; none for a fault.</param>
internal sealed record Claim(long At, IReadOnlyList<long> Milli)
{
    /// <summary>True when one claim contradicts another, or is contested otherwise.</summary>
    public bool IsConflict { get; init; }
}

/// <summary>A time in which a probe stood in a storage unit under one set of figures, half-open.</summary>
internal sealed record Tenure(long From, long To, string Product, long CalibrationMilli)
{
    public Limits Limits { get; } = Limits.Of(Product);
}
