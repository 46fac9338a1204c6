using System.Security.Cryptography;
using System.Text;

namespace ColdChain.Server.Api;

/// <summary>
/// What a form carries so that no other site can have a browser send it: a hash of the secret in its cookie, which another site can neither read nor
/// reckon. It lasts as long as the cookie's secret does, and needs no memory.
/// </summary>
internal static class FormTokens
{
    /// <summary>The field of the form.</summary>
    public const string Field = "form-token";

    /// <summary>The token for the forms of a session or visit.</summary>
    public static string Of(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"coldchain-form {secret}")));

    /// <summary>Whether a form carries the token of this secret; never when there is no secret.</summary>
    public static bool Matches(string? secret, string given) =>
        secret is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Of(secret)), Encoding.UTF8.GetBytes(given));
}
