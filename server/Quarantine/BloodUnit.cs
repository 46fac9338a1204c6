using ColdChain.Core.Isbt;

namespace ColdChain.Server.Quarantine;

/// <summary>A blood unit, as the store names it.</summary>
/// <param name="Donation">The 13 characters of the donation identification number.</param>
/// <param name="Product">The product code.</param>
internal readonly record struct BloodUnit(string Donation, string Product)
{
    /// <summary>Accepts what people type and scanners send, and the form in which this program gives it.</summary>
    /// <exception cref="RefusalException">One of the two is missing or wrong.</exception>
    public static BloodUnit Parse(string? donation, string? product) => new(
        ParseDonation(donation),
        ProductCode.TryParse(product, out var code, out var error) ? code.Value : throw RefusalException.OfText("product", error));

    /// <summary>
    /// The same from the barcodes of a label, scanned in any order. The product may be stated beside them: what a rule pack calls a product is
    /// not what the label calls one.
    /// </summary>
    /// <exception cref="RefusalException">A scan cannot be read, contradicts another one or what is stated, or something is missing.</exception>
    public static BloodUnit Parse(string? donation, string? product, IReadOnlyList<string>? scans, out LabelScan label)
    {
        label = LabelScan.Empty;
        foreach (var scan in scans ?? [])
        {
            label = label.TryAdd(scan, out var next, out var error) ? next : throw RefusalException.OfText("scans", error);
        }

        var bloodUnit = Parse(donation ?? label.Donation?.Value, product ?? label.Product?.Value);
        return label.Donation is { } scanned && scanned.Value != bloodUnit.Donation
            ? throw new RefusalException(
                RefusalKind.Invalid, "donation", $"the donation number {bloodUnit.Donation} is not '{scanned}', which was scanned", "leave it out, or scan the label of that blood unit")
            : bloodUnit;
    }

    /// <summary>The donation number alone: with check character or flags, or as its bare 13 characters.</summary>
    /// <exception cref="RefusalException">It is missing or wrong.</exception>
    public static string ParseDonation(string? text) =>
        DonationNumber.TryParseValue(text, out var bare) ? bare.Value
        : DonationNumber.TryParse(text, out var number, out var error) ? number.Value
        : throw RefusalException.OfText("donation", error);

    public override string ToString() => $"{Donation} {Product}";
}
