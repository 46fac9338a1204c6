using ColdChain.Core.Isbt;
using ColdChain.Server.Fleet;

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

    /// <summary>The donation number alone: with check character or flags, or as its bare 13 characters.</summary>
    /// <exception cref="RefusalException">It is missing or wrong.</exception>
    public static string ParseDonation(string? text) =>
        DonationNumber.TryParseValue(text, out var bare) ? bare.Value
        : DonationNumber.TryParse(text, out var number, out var error) ? number.Value
        : throw RefusalException.OfText("donation", error);

    public override string ToString() => $"{Donation} {Product}";
}
