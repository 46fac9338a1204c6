using System.Text;

namespace ColdChain.Fuzz.Tests.Engine;

/// <summary>Makes a new input of a known one by a few random changes, each of a kind that is known to break readers.</summary>
internal sealed class Mutator
{
    private const int ChangesMax = 6;
    private const int RepeatsMax = 64;
    private const int StretchMax = 32;

    // Ends of ranges, the marks of the text formats, and bytes that are no UTF-8 or half of something.
    private static readonly byte[] Telling =
    [
        0x00, 0x01, 0x7F, 0x80, 0xC0, 0xED, 0xFF, .. "\t\n\r \"'\\/{}[]()<>,;:=&*#%@!|-+.0123456789eE"u8,
    ];

    private static readonly byte[][] Numbers =
    [
        .. new[]
        {
            "0", "-0", "1", "-1", "00", "1e308", "-1e308", "1e-400", "1E999999999999", "NaN", "Infinity", "1e", ".5", "0.0005", "-0.0005",
            "255", "256", "65535", "65536", "2147483647", "2147483648", "-2147483649", "4294967296", "9007199254740991", "9007199254740992",
            "9223372036854775807", "9223372036854775808", "-9223372036854775809", "18446744073709551616", "268435455", "268435456",
            "253402300799", "253402300800", "85", "85.000", "99999999999999999999999999999999999999999999999999",
        }.Select(Encoding.ASCII.GetBytes),
    ];

    private readonly Random _random;
    private readonly IReadOnlyList<byte[]> _words;
    private readonly int _lengthMax;
    private readonly Func<byte[], byte[], byte[]>[] _changes;

    public Mutator(Random random, IReadOnlyList<byte[]> words, int lengthMax)
    {
        (_random, _words, _lengthMax) = (random, words, lengthMax);
        _changes =
        [
            (input, _) => FlipBit(input),
            (input, _) => Overwrite(input, [Any(Telling)]),
            (input, _) => Overwrite(input, [(byte)_random.Next(256)]),
            (input, _) => Insert(input, [Any(Telling)]),
            (input, _) => Insert(input, Any(_words)),
            (input, _) => Overwrite(input, Any(_words)),
            (input, _) => Remove(input),
            (input, _) => input[.._random.Next(input.Length + 1)],
            (input, _) => Insert(input, Stretch(input)),
            (input, _) => Repeat(input),
            (input, _) => ReplaceNumber(input),
            (input, _) => ReplaceNumber(input),
            Splice,
            (input, other) => Insert(input, Stretch(other)),
        ];
    }

    /// <summary>A new input of one, with pieces of another.</summary>
    public byte[] Mutate(byte[] input, byte[] other)
    {
        var changed = input;
        for (var changes = _random.Next(1, ChangesMax + 1); changes > 0; changes--)
        {
            changed = Any(_changes)(changed, other);
        }

        return changed.Length <= _lengthMax ? changed : changed[.._lengthMax];
    }

    private T Any<T>(IReadOnlyList<T> all) => all[_random.Next(all.Count)];

    private byte[] FlipBit(byte[] input)
    {
        if (input.Length == 0)
        {
            return input;
        }

        var changed = (byte[])input.Clone();
        changed[_random.Next(changed.Length)] ^= (byte)(1 << _random.Next(8));
        return changed;
    }

    private byte[] Overwrite(byte[] input, byte[] bytes)
    {
        var at = _random.Next(input.Length + 1);
        return [.. input[..at], .. bytes, .. input[Math.Min(input.Length, at + bytes.Length)..]];
    }

    private byte[] Insert(byte[] input, byte[] bytes)
    {
        var at = _random.Next(input.Length + 1);
        return [.. input[..at], .. bytes, .. input[at..]];
    }

    private byte[] Remove(byte[] input)
    {
        var (from, to) = Range(input);
        return [.. input[..from], .. input[to..]];
    }

    private byte[] Stretch(byte[] input)
    {
        var (from, to) = Range(input);
        return input[from..to];
    }

    // What is nested or listed once is so many times.
    private byte[] Repeat(byte[] input)
    {
        var (from, to) = Range(input);
        var piece = input[from..to];
        var times = Math.Min(_random.Next(1, RepeatsMax + 1), 1 + (_lengthMax / Math.Max(1, piece.Length)));
        return [.. input[..to], .. Enumerable.Repeat(piece, times).SelectMany(bytes => bytes), .. input[to..]];
    }

    private byte[] Splice(byte[] input, byte[] other) =>
        [.. input[.._random.Next(input.Length + 1)], .. other[_random.Next(other.Length + 1)..]];

    private byte[] ReplaceNumber(byte[] input)
    {
        var from = _random.Next(input.Length + 1);
        while (from < input.Length && !IsOfNumber(input[from]))
        {
            from++;
        }

        var to = from;
        while (to < input.Length && IsOfNumber(input[to]))
        {
            to++;
        }

        return [.. input[..from], .. Any(Numbers), .. input[to..]];
    }

    private static bool IsOfNumber(byte character) => char.IsAsciiDigit((char)character) || character is (byte)'.' or (byte)'-';

    private (int From, int To) Range(byte[] input)
    {
        var from = _random.Next(input.Length + 1);
        return (from, Math.Min(input.Length, from + _random.Next(StretchMax + 1)));
    }
}
