using System.Globalization;

namespace ColdChain.Fuzz.Tests.Engine;

/// <summary>How much is tried. The numbers are counts and the seed is fixed, so that a run is the same every time.</summary>
internal static class FuzzBudget
{
    /// <summary>How many times as many inputs as usual; for a longer run by hand.</summary>
    public const string FactorVariable = "COLDCHAIN_FUZZ_FACTOR";

    /// <summary>Another seed, for other inputs.</summary>
    public const string SeedVariable = "COLDCHAIN_FUZZ_SEED";

    public static int Factor { get; } = Read(FactorVariable, usual: 1);

    public static int Seed { get; } = Read(SeedVariable, usual: 1);

    private static int Read(string variable, int usual) => Environment.GetEnvironmentVariable(variable) switch
    {
        null or "" => usual,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 => number,
        var text => throw new InvalidOperationException($"{variable} is '{text}'. Set it to a whole number above 0, or leave it out."),
    };
}
