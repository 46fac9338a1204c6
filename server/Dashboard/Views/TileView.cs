using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;

namespace ColdChain.Server.Dashboard.Views;

/// <summary>How far a temperature may be taken for the present one.</summary>
public enum Freshness
{
    Fresh,

    /// <summary>A sample is overdue: shown, but dimmed.</summary>
    Late,

    /// <summary>Too old, or not to be trusted: the number is not shown.</summary>
    Hidden,
}

/// <summary>A storage unit as its tile shows it.</summary>
public sealed record TileView
{
    /// <summary>A limit that is expected to be reached within this time is told on the tile: an engineering default.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromHours(1);

    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string SiteId { get; init; }

    public required string SiteName { get; init; }

    public required TimeZoneInfo Zone { get; init; }

    /// <summary>The product for which it is judged; null when it is out of use.</summary>
    public required string? Product { get; init; }

    public required StorageState State { get; init; }

    public required Instant? Since { get; init; }

    public required Celsius? Temperature { get; init; }

    public required Instant? MeasuredAt { get; init; }

    public required Celsius? Low { get; init; }

    public required Celsius? High { get; init; }

    public required int Holds { get; init; }

    /// <summary>Since when an alarm stands that is over and that nobody has dealt with; null when there is none.</summary>
    public Instant? LatchedSince { get; init; }

    /// <summary>How the temperature changes and which limit it moves to; null when that cannot be told now.</summary>
    public Forecast? Forecast { get; init; }

    /// <summary>From this age on the temperature is dimmed.</summary>
    public required TimeSpan LateAfter { get; init; }

    /// <summary>From this age on it is not shown any more.</summary>
    public required TimeSpan HiddenAfter { get; init; }

    /// <summary>What of the forecast belongs on a tile: a limit that is near. Compressors run and rest, and so most units move to some limit.</summary>
    public Forecast? SoonAt(Instant now) => Forecast is { ReachesAt: { } at } && at > now && at - now <= Soon ? Forecast : null;

    /// <summary>An unknown temperature is never shown as a number, however recent the last one is.</summary>
    public Freshness FreshnessAt(Instant now) => MeasuredAt switch
    {
        _ when State == StorageState.Unknown || Temperature is null => Freshness.Hidden,
        { } at when now - at >= HiddenAfter => Freshness.Hidden,
        { } at when now - at >= LateAfter || State == StorageState.Unverified => Freshness.Late,
        null => Freshness.Hidden,
        _ => Freshness.Fresh,
    };
}
