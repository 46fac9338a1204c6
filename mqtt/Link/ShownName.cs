namespace ColdChain.Mqtt.Link;

/// <summary>Names that strangers chose, as they may stand in an event: short, and without anything that ends a line or moves a cursor.</summary>
internal static class ShownName
{
    private const int LengthMax = 128;

    /// <summary>The name, cut when it is long, with <c>U+FFFD</c> in place of control characters.</summary>
    public static string Of(string name)
    {
        var kept = name.Length <= LengthMax ? name : name[..(char.IsHighSurrogate(name[LengthMax - 2]) ? LengthMax - 2 : LengthMax - 1)] + "…";
        return kept.Any(char.IsControl) ? string.Concat(kept.Select(character => char.IsControl(character) ? '\uFFFD' : character)) : kept;
    }
}
