using System.Globalization;

namespace ColdChain.Core.Isbt;

/// <summary>
/// What the barcodes of one ISBT 128 label say, taken up one scan after another in any order. A compound message (data structure 023) says
/// several at once. Scanning the same barcode twice changes nothing; scanning those of two labels is an error. The data identifiers beyond
/// that of the donation number are remembered and not yet read in the standard (ST-001).
/// </summary>
public sealed record LabelScan
{
    // Far beyond any label, so that an error can quote the text.
    private const int ScanLengthMax = 200;

    private const int CompoundHeaderLength = 7;

    /// <summary>Nothing scanned yet.</summary>
    public static readonly LabelScan Empty = new();

    /// <summary>The donation number; null before it is scanned.</summary>
    public DonationNumber? Donation { get; init; }

    /// <summary>The product code; null before it is scanned.</summary>
    public ProductCode? Product { get; init; }

    /// <summary>The blood group; null before it is scanned.</summary>
    public BloodGroup? Group { get; init; }

    /// <summary>When it expires; null before it is scanned.</summary>
    public LabelTime? Expiry { get; init; }

    /// <summary>When it was collected; null before it is scanned.</summary>
    public LabelTime? Collected { get; init; }

    /// <summary>
    /// Takes up a scan, with or without an AIM prefix (<c>]C0</c> Code 128, <c>]d0</c> and <c>]d1</c> Data Matrix). False, with an error that
    /// names the thing, the reason and the cure, when it is no barcode of an ISBT 128 label or contradicts what was scanned before.
    /// </summary>
    public bool TryAdd(string? text, out LabelScan label, out string error)
    {
        label = this;
        error = Scan.Clean(text, "scan", ScanLengthMax, out var cleaned) ?? (IsCompound(cleaned) ? AddCompound(cleaned, ref label) : Add(cleaned, ref label)) ?? "";
        label = error.Length == 0 ? label : this;
        return error.Length == 0;
    }

    private static bool IsCompound(string text) => text.StartsWith("=+", StringComparison.Ordinal);

    /// <summary>A compound message: <c>=+</c>, how many structures it has in two digits, three digits of a table, then the structures.</summary>
    private static string? AddCompound(string text, ref LabelScan label)
    {
        if (text.Length <= CompoundHeaderLength || !text[2..CompoundHeaderLength].All(char.IsAsciiDigit) || text[CompoundHeaderLength] is not ('=' or '&'))
        {
            return $"'{text}' is no ISBT 128 compound message ('=+', five digits, then the structures); scan it again, or scan the single barcodes";
        }

        var stated = int.Parse(text[2..4], NumberStyles.None, CultureInfo.InvariantCulture);
        var structures = Structures(text[CompoundHeaderLength..]);
        if (structures.Count != stated)
        {
            return $"'{text}' has {structures.Count} structures, and states {stated}; scan it again, or scan the single barcodes";
        }

        foreach (var structure in structures)
        {
            if (Add(structure, ref label) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    // Neither character stands in what follows a data identifier.
    private static List<string> Structures(string text)
    {
        var found = new List<string>();
        for (var (start, next) = (0, 0); start < text.Length; start = next)
        {
            next = text.IndexOfAny(['=', '&'], start + 1) is > 0 and var at ? at : text.Length;
            found.Add(text[start..next]);
        }

        return found;
    }

    private static string? Add(string text, ref LabelScan label) => (text.Length < 2 ? text : text[..2]) switch
    {
        "=<" => AddProduct(text, ref label),
        "=%" => BloodGroup.TryParseData(text[2..], out var group)
            ? Set(label.Group, group, "blood group", label with { Group = group }, ref label)
            : $"'{text}' is no ISBT 128 blood group ('=%' and 4 characters); scan the blood group again",
        "=>" => AddTime(text, hasTime: false, isExpiry: true, ref label),
        "&>" => AddTime(text, hasTime: true, isExpiry: true, ref label),
        "=*" => AddTime(text, hasTime: false, isExpiry: false, ref label),
        "&*" => AddTime(text, hasTime: true, isExpiry: false, ref label),
        ['=', >= 'A' and <= 'Z' or >= '1' and <= '9'] => AddDonation(text, ref label),
        _ => $"'{text}' is not one of the barcodes that are known of an ISBT 128 label (donation number, product code, blood group, expiry, "
            + "collection); scan one of those",
    };

    private static string? AddDonation(string text, ref LabelScan label) => DonationNumber.TryParse(text, out var number, out var error)
        ? Set(label.Donation, number, "donation number", label with { Donation = number }, ref label)
        : error;

    private static string? AddProduct(string text, ref LabelScan label) => ProductCode.TryParse(text, out var product, out var error)
        ? Set(label.Product, product, "product code", label with { Product = product }, ref label)
        : error;

    private static string? AddTime(string text, bool hasTime, bool isExpiry, ref LabelScan label)
    {
        var thing = isExpiry ? "expiry" : "collection";
        if (!LabelTime.TryParseData(text[2..], hasTime, out var time))
        {
            var form = hasTime ? "century 0, two digits of the year, day of the year, hour and minute" : "century 0, two digits of the year, day of the year";
            return $"'{text}' is no ISBT 128 date of {thing} ('{text[..2]}', then {form}); scan it again";
        }

        return isExpiry
            ? Set(label.Expiry, time, thing, label with { Expiry = time }, ref label)
            : Set(label.Collected, time, thing, label with { Collected = time }, ref label);
    }

    private static string? Set<T>(T? before, T value, string thing, LabelScan with, ref LabelScan label)
        where T : struct
    {
        if (before is { } other && !other.Equals(value))
        {
            return $"the {thing} '{value}' contradicts '{other}', which was scanned before; scan the barcodes of one label only";
        }

        label = with;
        return null;
    }
}
