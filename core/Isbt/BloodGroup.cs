using System.Text.RegularExpressions;

namespace ColdChain.Core.Isbt;

/// <summary>
/// The blood group on an ISBT 128 label (data structure 002): four characters, of which the first two stand for ABO and RhD. It is carried
/// as it was scanned; nothing is decided by it. The default value has no text and is not valid.
/// </summary>
public readonly partial record struct BloodGroup
{
    private readonly string? _value;

    private BloodGroup(string value) => _value = value;

    /// <summary>The four characters, for example <c>5100</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>
    /// ABO and RhD in words, for example <c>O+</c>; null for the many codes that say more than these two, such as the kind of donation.
    /// </summary>
    public string? Name => Value.Length < 2 ? null : Value[..2] switch
    {
        "51" => "O+",
        "62" => "A+",
        "73" => "B+",
        "84" => "AB+",
        "95" => "O-",
        "06" => "A-",
        "17" => "B-",
        "28" => "AB-",
        _ => null,
    };

    /// <summary>The four characters.</summary>
    public override string ToString() => Value;

    /// <summary>Accepts what follows the data identifier.</summary>
    internal static bool TryParseData(string data, out BloodGroup group)
    {
        group = Form().IsMatch(data) ? new BloodGroup(data) : default;
        return group._value is not null;
    }

    [GeneratedRegex(@"^[0-9A-Z]{4}\z")]
    private static partial Regex Form();
}
