using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ColdChain.Core.Readings;

namespace ColdChain.Core.People;

/// <summary>
/// One-time passwords by time (RFC 6238): SHA-1, steps of 30 seconds, six digits, which is what every authenticator computes. A code of the step
/// before or after the present one is taken as well, for clocks that differ; no step is taken twice.
/// </summary>
public static class Totp
{
    /// <summary>The length of a secret, in bytes: that of a SHA-1, as RFC 4226 recommends.</summary>
    public const int SecretLength = 20;

    private const int StepSeconds = 30;
    private const int Digits = 6;
    private const int Modulus = 1_000_000;
    private const int StepsApart = 1;
    private const string Base32Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>The step in which an instant lies.</summary>
    /// <param name="at">The instant.</param>
    public static long StepAt(Instant at) => at.Milliseconds / 1000 / StepSeconds;

    /// <summary>The code of a step: six digits.</summary>
    /// <param name="secret">The secret.</param>
    /// <param name="step">The step, as of <see cref="StepAt"/>.</param>
    [SuppressMessage("Security", "CA5350", Justification = "RFC 6238's default, and the only one that every authenticator has; HMAC does not rest on SHA-1's resistance to collisions.")]
    public static string Code(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(secret, counter, hash);
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0xF)..]) & int.MaxValue;
        return (number % Modulus).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The step whose code was given; null when it is no code of now, or its step is not after the last one used.</summary>
    /// <param name="secret">The secret.</param>
    /// <param name="code">What was typed; spaces in it do not count.</param>
    /// <param name="now">The present.</param>
    /// <param name="lastUsed">The last step used; 0 for none.</param>
    public static long? StepOf(ReadOnlySpan<byte> secret, string code, Instant now, long lastUsed)
    {
        var typed = code.Replace(" ", "", StringComparison.Ordinal);
        long? found = null;
        for (var step = StepAt(now) - StepsApart; step <= StepAt(now) + StepsApart; step++)
        {
            // All of them, in a time that does not tell which one it was.
            var isIt = CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Code(secret, step)), Encoding.UTF8.GetBytes(typed));
            found = isIt && step > lastUsed ? step : found;
        }

        return typed.Length == Digits ? found : null;
    }

    /// <summary>A secret as people type it: base 32 (RFC 4648) without padding.</summary>
    /// <param name="secret">The secret.</param>
    public static string Text(ReadOnlySpan<byte> secret)
    {
        var text = new StringBuilder();
        var (bits, held) = (0, 0);
        foreach (var one in secret)
        {
            (bits, held) = (((bits << 8) | one) & 0xFFF, held + 8);
            for (; held >= 5; held -= 5)
            {
                text.Append(Base32Letters[(bits >> (held - 5)) & 31]);
            }
        }

        return held > 0 ? text.Append(Base32Letters[(bits << (5 - held)) & 31]).ToString() : text.ToString();
    }

    /// <summary>The address by which an authenticator takes a secret up.</summary>
    /// <param name="secret">The secret.</param>
    /// <param name="account">The account's name.</param>
    public static string Address(ReadOnlySpan<byte> secret, string account) =>
        $"otpauth://totp/ColdChain:{Uri.EscapeDataString(account)}?secret={Text(secret)}&issuer=ColdChain&algorithm=SHA1&digits={Digits}&period={StepSeconds}";
}
