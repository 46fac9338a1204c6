using System.Security.Cryptography;
using System.Text;

namespace ColdChain.Server.Audit;

/// <summary>The anchors of a file as far as they can be believed.</summary>
/// <param name="Anchors">Those before the first line that is wrong, the oldest first.</param>
/// <param name="Problem">What is wrong with that line; null when all are right.</param>
internal sealed record AnchorReading(IReadOnlyList<TrailAnchor> Anchors, string? Problem);

/// <summary>Reads a file of anchors, and checks that it was written by the store's server and is whole up to its end.</summary>
internal static class AnchorReader
{
    /// <param name="lines">The lines of the file.</param>
    /// <param name="publicKey">The public half of the server's key, PEM.</param>
    /// <param name="store">The id of the store that they are to be about.</param>
    /// <exception cref="ArgumentException">The key is none.</exception>
    public static AnchorReading Read(IEnumerable<string> lines, string publicKey, string store)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(publicKey);
        var (anchors, previous) = (new List<TrailAnchor>(), "");
        foreach (var line in lines)
        {
            var anchor = TrailAnchor.Of(line);
            if (ProblemOf(anchor, anchors.LastOrDefault(), previous, store, key) is { } problem)
            {
                return new AnchorReading(anchors, $"line {anchors.Count + 1} of the anchors {problem}");
            }

            anchors.Add(anchor!); // Otherwise there was a problem.
            previous = AnchorFile.HashOf(line);
        }

        return new AnchorReading(anchors, null);
    }

    private static string? ProblemOf(TrailAnchor? anchor, TrailAnchor? before, string previous, string store, ECDsa key) => anchor switch
    {
        null => "is not an anchor: it was changed, or cut",
        _ when !IsSigned(anchor, key) => "is not signed by this key: it was changed, or written by somebody else",
        _ when anchor.Store != store => $"is about another record store, {anchor.Store}",
        _ when anchor.Previous != previous => "does not follow the line before it: a line was taken out, put in or moved",
        _ when anchor.Entry < before?.Entry => $"goes back to entry {anchor.Entry}: an older database was put in the place of this one",
        _ => null,
    };

    private static bool IsSigned(TrailAnchor anchor, ECDsa key)
    {
        Span<byte> signature = stackalloc byte[128];
        return Convert.TryFromBase64String(anchor.Signature, signature, out var length)
            && key.VerifyData(Encoding.UTF8.GetBytes(anchor.Signed), signature[..length], HashAlgorithmName.SHA256);
    }
}
