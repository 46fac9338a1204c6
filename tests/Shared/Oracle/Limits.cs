namespace ColdChain.Tests.Shared.Oracle;

/// <summary>
/// The figures of the rule pack that the oracle knows, written down a second time: if a pack and the oracle come apart, somebody has to look.
/// </summary>
/// <param name="Low">The coldest temperature in range, in thousandths of a degree; null for none.</param>
/// <param name="High">The warmest; null for none.</param>
internal sealed record Limits(long? Low, long? High)
{
    /// <summary>Two samples at most this far apart are joined, in milliseconds.</summary>
    public const long MaxGap = 15 * 60_000;

    /// <summary>Unknown time longer than this is a ground to hold, in milliseconds.</summary>
    public const long UnknownLimit = 4 * 3_600_000;

    public static Limits Of(string product) => product switch
    {
        "RBC" or "WB" => new Limits(2000, 6000),
        "PLT" => new Limits(20_000, 24_000),
        "FFP_A" => new Limits(null, -25_000),
        "FFP_B" => new Limits(null, -18_000),
        _ => throw new ArgumentOutOfRangeException(nameof(product), product, "The oracle knows no figures of it: write them down here."),
    };

    /// <summary>Beyond these a product is spoilt; null where the pack says nothing of that.</summary>
    public static Limits? RedLineOf(string product) => product switch
    {
        "RBC" or "WB" => new Limits(1000, 10_000),
        "PLT" => new Limits(18_000, 26_000),
        "FFP_A" => new Limits(null, -10_000),
        "FFP_B" => null,
        _ => throw new ArgumentOutOfRangeException(nameof(product), product, "The oracle knows no figures of it: write them down here."),
    };
}
