using System.Globalization;
using System.Text;
using ColdChain.Core.Readings;

namespace ColdChain.Core.Wire;

/// <summary>
/// A check over the contents of many readings of one epoch, from a number on: the sum, modulo 2^64, of a hash of each. The order in which
/// they were added does not matter, one can be taken out again, and two sets of readings that differ anywhere have different sums, but
/// for chance. It tells a copied outbox: two files with the same numbers and other contents. It is no protection against intent.
/// </summary>
/// <param name="From">The number from which on readings count, inclusive.</param>
/// <param name="Value">The sum.</param>
public readonly record struct ContentSum(long From, ulong Value)
{
    private const int DigitsOfValue = 16;

    /// <summary>The sum with a reading added; the same when its number lies before.</summary>
    public ContentSum With(Reading reading) => reading.Key.Seq < From ? this : this with { Value = unchecked(Value + HashOf(reading)) };

    /// <summary>The sum with a reading taken out; the same when its number lies before.</summary>
    public ContentSum Without(Reading reading) => reading.Key.Seq < From ? this : this with { Value = unchecked(Value - HashOf(reading)) };

    /// <summary>
    /// The hash of one reading: FNV-1a with 64 bits over UTF-8, each followed by a line feed: the number, the probe's name, the instant in
    /// milliseconds, the thousandths of a degree, the fault, the raw frame, the boot, the monotonic milliseconds; what is absent is empty. A
    /// state is one text more, <c>true</c> or <c>false</c>; where there is none, there is no such text, as before there were states.
    /// The result is mixed as MurmurHash3 does at its end, so that what differs little does not cancel out in the sum.
    /// </summary>
    public static ulong HashOf(Reading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        var hash = new Fnv();
        hash.Add(reading.Key.Seq);
        hash.Add(reading.Probe.Name);
        hash.Add(reading.MeasuredAt?.Milliseconds);
        hash.Add(reading.Value?.Milli);
        hash.Add(reading.Fault);
        hash.Add(reading.RawFrame);
        hash.Add(reading.Boot);
        hash.Add(reading.Mono);
        if (reading.State is { } state)
        {
            hash.Add(state ? "true" : "false");
        }

        return hash.Mixed();
    }

    /// <summary>The value as 16 lower-case hexadecimal digits.</summary>
    public string ToHex() => Value.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>Reads 16 lower-case hexadecimal digits.</summary>
    public static bool TryParseHex(string text, out ulong value)
    {
        value = 0;
        return text.Length == DigitsOfValue && text.All(char.IsAsciiHexDigitLower)
            && ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }

    private struct Fnv()
    {
        private const int TextAtOnce = 64;
        private ulong _hash = 14_695_981_039_346_656_037;

        public void Add(long? number)
        {
            Span<byte> digits = stackalloc byte[32];
            var length = 0;
            number?.TryFormat(digits, out length, provider: CultureInfo.InvariantCulture);
            Add(digits[..length]);
            End();
        }

        public void Add(string? text)
        {
            Span<byte> bytes = stackalloc byte[TextAtOnce * 3];
            for (var rest = text.AsSpan(); !rest.IsEmpty;)
            {
                // A pair of surrogates is one character: it is never cut.
                var length = Math.Min(TextAtOnce, rest.Length);
                length -= length > 1 && char.IsHighSurrogate(rest[length - 1]) ? 1 : 0;
                Add(bytes[..Encoding.UTF8.GetBytes(rest[..length], bytes)]);
                rest = rest[length..];
            }

            End();
        }

        public readonly ulong Mixed()
        {
            var mixed = _hash;
            unchecked
            {
                mixed = (mixed ^ (mixed >> 33)) * 0xff51afd7ed558ccd;
                mixed = (mixed ^ (mixed >> 33)) * 0xc4ceb9fe1a85ec53;
                return mixed ^ (mixed >> 33);
            }
        }

        private void Add(ReadOnlySpan<byte> bytes)
        {
            foreach (var one in bytes)
            {
                _hash = unchecked((_hash ^ one) * 1_099_511_628_211);
            }
        }

        private void End() => Add("\n"u8);
    }
}
