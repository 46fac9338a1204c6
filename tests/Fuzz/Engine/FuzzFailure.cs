namespace ColdChain.Fuzz.Tests.Engine;

/// <summary>An input after which something did not hold, with all that is needed to have it again.</summary>
internal sealed class FuzzFailure(string target, string origin, byte[] input, string what, Exception? cause = null) : Exception(
    $"""
    {target}, {origin}: {what}
    The input, {input.Length} bytes in base64: {Shown(input)}
    Keep it: base64 -d <<< '…' > {CorpusFolder.Of(target)}/what-it-is
    """,
    cause)
{
    // A longer one is in the file beside the results.
    private const int ShownMax = 16 * 1024;

    private static string Shown(byte[] input) => input.Length <= ShownMax
        ? Convert.ToBase64String(input)
        : $"{Convert.ToBase64String(input.AsSpan(0, ShownMax))}… (cut)";
}
