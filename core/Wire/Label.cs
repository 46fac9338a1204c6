namespace ColdChain.Core.Wire;

/// <summary>The SenML labels that this format gives a meaning (RFC 8428 §4.1 and §4.2, and our own); bits, so that a repeated label is seen.</summary>
[Flags]
internal enum Label
{
    None = 0,
    BaseName = 1 << 0,
    BaseTime = 1 << 1,
    BaseUnit = 1 << 2,
    BaseValue = 1 << 3,
    BaseVersion = 1 << 4,
    Name = 1 << 5,
    Unit = 1 << 6,
    Value = 1 << 7,
    Text = 1 << 8,
    Data = 1 << 9,
    Time = 1 << 10,
    Epoch = 1 << 11,
    Seq = 1 << 12,
    Boot = 1 << 13,
    Mono = 1 << 14,
    Clock = 1 << 15,
    Quality = 1 << 16,
    State = 1 << 17,
}

internal static class Labels
{
    /// <summary>The label of a text; <see cref="Label.None"/> when it has no meaning here. The frequent ones come first.</summary>
    internal static Label Parse(ReadOnlySpan<byte> text) =>
        text.SequenceEqual("n"u8) ? Label.Name
        : text.SequenceEqual("t"u8) ? Label.Time
        : text.SequenceEqual("v"u8) ? Label.Value
        : text.SequenceEqual("vs"u8) ? Label.Text
        : text.SequenceEqual("vb"u8) ? Label.State
        : text.SequenceEqual("vd"u8) ? Label.Data
        : text.SequenceEqual("mono"u8) ? Label.Mono
        : text.SequenceEqual("clock_"u8) ? Label.Clock
        : text.SequenceEqual("q_"u8) ? Label.Quality
        : text.SequenceEqual("u"u8) ? Label.Unit
        : text.SequenceEqual("bn"u8) ? Label.BaseName
        : text.SequenceEqual("bt"u8) ? Label.BaseTime
        : text.SequenceEqual("bu"u8) ? Label.BaseUnit
        : text.SequenceEqual("bv"u8) ? Label.BaseValue
        : text.SequenceEqual("bver"u8) ? Label.BaseVersion
        : text.SequenceEqual("epoch"u8) ? Label.Epoch
        : text.SequenceEqual("seq"u8) ? Label.Seq
        : text.SequenceEqual("boot"u8) ? Label.Boot
        : Label.None;
}
