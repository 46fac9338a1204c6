using ColdChain.Core.Isbt;
using ColdChain.Core.Readings;

namespace ColdChain.Server.Fleet;

/// <summary>A blood unit that the file states to be inside a storage unit.</summary>
/// <param name="Unit">The storage unit.</param>
/// <param name="Donation">The donation identification number.</param>
/// <param name="Product">The product.</param>
/// <param name="In">From when, included.</param>
/// <param name="Out">Until when, not included; <see cref="Instant.End"/> while it is inside.</param>
/// <param name="Line">The line of the file that says so.</param>
internal sealed record Stay(StorageUnitId Unit, DonationNumber Donation, string Product, Instant In, Instant Out, long Line);
