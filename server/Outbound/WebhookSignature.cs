using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ColdChain.Core.Readings;

namespace ColdChain.Server.Outbound;

/// <summary>
/// The headers by which a receiver knows that a message is ours, whole and new, in the form of the Standard Webhooks specification: HMAC-SHA256 over
/// <c>id.seconds.body</c>. The same id comes again with each attempt, so that a receiver can leave out what it has taken already.
/// </summary>
internal static class WebhookSignature
{
    /// <summary>The shortest key that is taken, in bytes.</summary>
    public const int KeyBytesMin = 24;

    private const string KeyPrefix = "whsec_";

    /// <summary>Headers for one attempt.</summary>
    /// <param name="key">The key that the receiver has as well.</param>
    /// <param name="id">The message's identity: without a dot, the same for each attempt.</param>
    /// <param name="at">The time of this attempt.</param>
    /// <param name="body">The message.</param>
    public static IReadOnlyDictionary<string, string> Headers(ReadOnlySpan<byte> key, string id, Instant at, ReadOnlySpan<byte> body)
    {
        var seconds = (at.Milliseconds / 1000).ToString(CultureInfo.InvariantCulture);
        var signed = (byte[])[.. Encoding.UTF8.GetBytes($"{id}.{seconds}."), .. body];
        return new Dictionary<string, string>
        {
            ["webhook-id"] = id,
            ["webhook-timestamp"] = seconds,
            ["webhook-signature"] = $"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, signed))}",
        };
    }

    /// <summary>The same where a key is not asked for: none without one.</summary>
    public static IReadOnlyDictionary<string, string> HeadersIf(byte[]? key, string id, Instant at, ReadOnlySpan<byte> body) =>
        key is null ? new Dictionary<string, string>() : Headers(key, id, at, body);

    /// <summary>Reads a key as the specification writes it: <c>whsec_</c> and base 64, on one line.</summary>
    /// <param name="text">The text of its file.</param>
    /// <returns>The key; null when the text is none, or one too short.</returns>
    public static byte[]? ParseKey(string text)
    {
        var line = text.Trim();
        if (!line.StartsWith(KeyPrefix, StringComparison.Ordinal))
        {
            return null;
        }

        var key = new byte[line.Length];
        return Convert.TryFromBase64String(line[KeyPrefix.Length..], key, out var length) && length >= KeyBytesMin ? key[..length] : null;
    }
}
