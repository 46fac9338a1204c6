using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ColdChain.Server.People;

/// <summary>Hashes passwords as ASP.NET Core does (PBKDF2 with HMAC-SHA512), and makes one-time ones. It never sees where they are stored.</summary>
internal static class Passwords
{
    // As OWASP advises for this hash; a hash of fewer rounds is still read.
    private const int Rounds = 210_000;

    // Read aloud and typed without mistakes: no 0, O, 1, l or I.
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";
    private const int Groups = 4;
    private const int GroupLength = 5;

    private static readonly PasswordHasher<string> Hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Rounds }));

    // What is random and long need not be made slow to guess: a few rounds are enough.
    private static readonly PasswordHasher<string> OneTimeHasher = new(Options.Create(new PasswordHasherOptions { IterationCount = 1_000 }));

    // Whoever names an account that does not exist waits as long as for a wrong password.
    private static readonly Lazy<string> OfNobody = new(() => Hash(NewOneTime()));

    /// <summary>A hash of a password, with a salt of its own. It takes a tenth of a second of a processor on purpose.</summary>
    public static string Hash(string password) => Hasher.HashPassword("", password);

    /// <summary>A hash of what <see cref="NewOneTime"/> made.</summary>
    public static string HashOneTime(string password) => OneTimeHasher.HashPassword("", password);

    /// <summary>Whether a password is that of the hash.</summary>
    /// <param name="hash">The hash; null or empty for an account that does not exist or has none, which no password is right for.</param>
    /// <param name="password">What was typed.</param>
    public static bool Matches(string? hash, string password)
    {
        var isRight = Hasher.VerifyHashedPassword("", string.IsNullOrEmpty(hash) ? OfNobody.Value : hash, password) != PasswordVerificationResult.Failed;
        return isRight && !string.IsNullOrEmpty(hash);
    }

    /// <summary>A random one-time password of 99 bits, such as <c>k7m2p-9xq4t-…</c>.</summary>
    public static string NewOneTime() => string.Join('-', Enumerable.Range(0, Groups).Select(_ => RandomNumberGenerator.GetString(Letters, GroupLength)));
}
