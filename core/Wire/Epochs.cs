using System.Text;

namespace ColdChain.Core.Wire;

/// <summary>The written form of an outbox's epoch: 32 lower-case hexadecimal digits.</summary>
internal static class Epochs
{
    private const int Length = 32;

    internal static bool IsValid(ReadOnlySpan<byte> text)
    {
        if (text.Length != Length)
        {
            return false;
        }

        foreach (var character in text)
        {
            if (!char.IsAsciiHexDigitLower((char)character))
            {
                return false;
            }
        }

        return true;
    }

    internal static bool IsValid(string text) => IsValid(Encoding.UTF8.GetBytes(text));
}
