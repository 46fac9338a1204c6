using ColdChain.Core.Exposure;
using ColdChain.Core.Rules;
using ColdChain.Server.Store;

namespace ColdChain.Server.Api;

/// <summary>Everything that one blood unit went through, as far as its storage tells.</summary>
/// <param name="DonationNumber">The 13 characters of the donation identification number.</param>
/// <param name="Product">The product.</param>
/// <param name="JudgedAt">Up to when it was added up. What runs is taken to last until then.</param>
/// <param name="Verdict">fine, warn, hold or discard-proposed, by what its rules allow over its life. Never a release.</param>
/// <param name="LowestCelsius">The coldest temperature of the times that it was in, at most; null when none is known.</param>
/// <param name="HighestCelsius">The warmest one, at most.</param>
/// <param name="NextDeadline">When the passing of time alone may change the verdict; null when it does not.</param>
/// <param name="Doubts">What keeps anybody from saying more, each as a sentence.</param>
/// <param name="Places">Where it was, in order.</param>
/// <param name="Allowances">What it used of each allowance, the worst first.</param>
/// <param name="Exposures">The allowances that it was found to exceed, in every version that ever was.</param>
/// <param name="Holds">Its holds.</param>
/// <param name="Statement">What the answer is worth.</param>
internal sealed record BloodUnitExposureResponse(
    string DonationNumber,
    string Product,
    string JudgedAt,
    string Verdict,
    decimal? LowestCelsius,
    decimal? HighestCelsius,
    string? NextDeadline,
    IReadOnlyList<string> Doubts,
    IReadOnlyList<PlaceResponse> Places,
    IReadOnlyList<AllowanceResponse> Allowances,
    IReadOnlyList<ExposureVersionResponse> Exposures,
    IReadOnlyList<HoldResponse> Holds,
    string Statement);

/// <summary>A time in one storage unit under one rule.</summary>
/// <param name="Unit">The storage unit.</param>
/// <param name="Site">Its site; empty when the fleet does not know it.</param>
/// <param name="From">From when, included.</param>
/// <param name="To">Until when, not included; null while it is inside.</param>
/// <param name="Context">storage or transport.</param>
/// <param name="RulePack">The rule pack; null when nobody supervised the storage unit.</param>
internal sealed record PlaceResponse(string Unit, string Site, string From, string? To, string Context, string? RulePack)
{
    public static PlaceResponse Of(Placement place) => new(
        place.Unit.Value, place.Site, place.In.ToString(), place.Out?.ToString(), place.Context == StorageContext.Transport ? "transport" : "storage", place.Pack?.Id);
}

/// <summary>A duration, of which a part is known.</summary>
/// <param name="KnownSeconds">What is known.</param>
/// <param name="PossibleSeconds">What is known and what is unknown together.</param>
/// <param name="MaxSeconds">How much is allowed; null when that is not limited.</param>
internal sealed record TimeBoundsResponse(double KnownSeconds, double PossibleSeconds, double? MaxSeconds)
{
    public static TimeBoundsResponse Of(TimeBounds bounds, TimeSpan? most) => new(bounds.Known.TotalSeconds, bounds.Possible.TotalSeconds, most?.TotalSeconds);
}

/// <summary>A number of occasions.</summary>
/// <param name="Known">The fewest that there can have been.</param>
/// <param name="Possible">The most, but for silence that the rule accepts.</param>
/// <param name="Max">How many are allowed; null when that is not limited.</param>
internal sealed record OccasionsResponse(int Known, int Possible, int? Max);

/// <summary>A time that counts.</summary>
/// <param name="Start">The first instant.</param>
/// <param name="End">The instant after the last.</param>
/// <param name="Unit">The storage unit; null between two stays.</param>
/// <param name="IsKnown">False when nobody can tell whether it counts.</param>
internal sealed record ExposedTimeResponse(string Start, string End, string? Unit, bool IsKnown);

/// <summary>What a blood unit used of one allowance.</summary>
/// <param name="Allowance">Which one, for machines.</param>
/// <param name="Kind">limits, red-line, band, agitation or between-stays.</param>
/// <param name="Window">lifetime, leg or 24h.</param>
/// <param name="Longest">The longest single time.</param>
/// <param name="Total">The total in the window.</param>
/// <param name="Occasions">The occasions in the window.</param>
/// <param name="Verdict">What follows.</param>
/// <param name="OnlyPossible">True when what is known alone would not have that verdict.</param>
/// <param name="Unverified">True when a figure it rests on was not read in its source yet.</param>
/// <param name="RulePack">The pack that says so.</param>
/// <param name="RuleVersion">Its version.</param>
/// <param name="RuleHash">Its hash.</param>
/// <param name="Times">The times behind it; the earliest two hundred.</param>
internal sealed record AllowanceResponse(
    string Allowance,
    string Kind,
    string Window,
    TimeBoundsResponse Longest,
    TimeBoundsResponse Total,
    OccasionsResponse Occasions,
    string Verdict,
    bool OnlyPossible,
    bool Unverified,
    string RulePack,
    string RuleVersion,
    string RuleHash,
    IReadOnlyList<ExposedTimeResponse> Times)
{
    private const int TimesMax = 200;

    public static AllowanceResponse Of(AllowanceExposure exposure)
    {
        var allowance = exposure.Allowance;
        return new AllowanceResponse(
            exposure.Key,
            allowance.KindWord,
            allowance.WindowWord,
            TimeBoundsResponse.Of(exposure.Longest, allowance.MaxSingle),
            TimeBoundsResponse.Of(exposure.Total, allowance.MaxTotal),
            new OccasionsResponse(exposure.Occasions.Known, exposure.Occasions.Possible, allowance.MaxCount),
            VerdictWords.Of(exposure.Verdict),
            exposure.IsOnlyPossible,
            exposure.IsUnverified,
            allowance.Pack.Id,
            allowance.Pack.Version,
            allowance.Pack.Hash,
            [.. exposure.Times.Take(TimesMax).Select(time => new ExposedTimeResponse(time.Time.Start.ToString(), time.Time.End.ToString(), time.Unit?.Value, time.IsKnown))]);
    }
}

/// <summary>One version of an exposure: an allowance that was found exceeded, or possibly so.</summary>
/// <param name="Id">Ascending, never reused.</param>
/// <param name="Version">From 1.</param>
/// <param name="Allowance">Which allowance.</param>
/// <param name="Unit">The storage unit where it happened last.</param>
/// <param name="Verdict">hold or discard-proposed.</param>
/// <param name="OnlyPossible">True when it rests on unknown time.</param>
/// <param name="Since">The first instant of the time that counts.</param>
/// <param name="Status">current or retracted.</param>
/// <param name="Reason">Why it was retracted; null while it stands.</param>
/// <param name="DiscoveredAt">When it was first discovered.</param>
/// <param name="UpdatedAt">When this version was stored.</param>
internal sealed record ExposureVersionResponse(
    long Id, int Version, string Allowance, string Unit, string Verdict, bool OnlyPossible, string Since, string Status, string? Reason, string DiscoveredAt, string UpdatedAt)
{
    public static ExposureVersionResponse Of(ExposureRow row) => new(
        row.Id, row.Version, row.Allowance, row.Unit.Value, row.Verdict, row.OnlyPossible, row.Since.ToString(), row.Status, row.Reason, row.DiscoveredAt.ToString(), row.UpdatedAt.ToString());
}
