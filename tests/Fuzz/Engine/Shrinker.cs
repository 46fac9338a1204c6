namespace ColdChain.Fuzz.Tests.Engine;

/// <summary>Takes out of a failing input what it fails without, so that a person sees what matters and the corpus stays small.</summary>
internal static class Shrinker
{
    private const int TriesMax = 500;

    /// <summary>The smallest input found that still fails.</summary>
    public static async Task<byte[]> ShrinkAsync(byte[] input, Func<byte[], Task<bool>> fails)
    {
        var tries = 0;
        for (var piece = Math.Max(1, input.Length / 2); piece >= 1; piece /= 2)
        {
            for (var at = 0; at < input.Length && tries < TriesMax; tries++)
            {
                byte[] smaller = [.. input[..at], .. input[Math.Min(input.Length, at + piece)..]];
                if (await fails(smaller))
                {
                    input = smaller;
                }
                else
                {
                    at += piece;
                }
            }
        }

        return input;
    }
}
