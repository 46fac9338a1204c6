using ColdChain.Server.Fleet;
using ColdChain.Server.Quarantine;
using ColdChain.Server.Store;

namespace ColdChain.Server.Api;

/// <summary>A blood unit's stay in a storage unit.</summary>
/// <param name="Unit">The storage unit.</param>
/// <param name="DonationNumber">The 13 characters of the donation identification number.</param>
/// <param name="Product">The product.</param>
/// <param name="In">From when it was inside, included.</param>
/// <param name="Out">Until when, not included; null while it is inside.</param>
/// <param name="Mismatch">Why the judgement of the storage unit may miss what hurts this product, each as a sentence; empty when it does not.</param>
internal sealed record StayResponse(string Unit, string DonationNumber, string Product, string In, string? Out, IReadOnlyList<string> Mismatch)
{
    public static StayResponse Of(ContentsRow stay, Sources sources) => new(
        stay.Unit.Value,
        stay.Donation,
        stay.Product,
        stay.InAt.ToString(),
        stay.OutAt?.ToString(),
        sources.Fleet.FindUnit(stay.Unit) is { } unit ? ContentsMatch.Mismatches(unit, sources.Packs, stay, sources.Now) : []);
}

/// <summary>A stay as it was stored, and what that did.</summary>
/// <param name="Stay">The stay.</param>
/// <param name="Holds">Every hold that stands on the blood unit now.</param>
internal sealed record EnteredStayResponse(StayResponse Stay, IReadOnlyList<HoldResponse> Holds)
{
    public static EnteredStayResponse Of(StoreSession session, EnteredStay entered, Sources sources) =>
        new(StayResponse.Of(entered.Stay, sources), HoldResponse.All(session, entered.Holds.Where(hold => hold.Stands)));
}
