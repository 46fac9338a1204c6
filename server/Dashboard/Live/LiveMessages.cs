using System.Net.ServerSentEvents;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ColdChain.Core.Readings;
using ColdChain.Server.Dashboard.Views;
using ColdChain.Server.Store;

namespace ColdChain.Server.Dashboard.Live;

/// <summary>What goes over the stream of the pages.</summary>
internal static class LiveMessages
{
    /// <summary>Storage units that changed, each with its tile.</summary>
    public const string UnitsEvent = "units";

    /// <summary>Nothing changed, and the server has just looked: a page that does not hear this any more must not be trusted.</summary>
    public const string CheckedEvent = "checked";

    // The tiles are read as JSON out of an event stream, never as a page, so their angle brackets may stay what they are.
    private static readonly LiveJsonContext Json =
        new(new JsonSerializerOptions(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static SseItem<string> Checked(Instant now) =>
        new(JsonSerializer.Serialize(new LiveJson(now.Milliseconds, [], null), Json.LiveJson), CheckedEvent);

    /// <summary>What changed: tiles, and the notices as HTML, which are null when they did not.</summary>
    public static SseItem<string> Units(Instant now, IEnumerable<(TileView Tile, string Html)> tiles, string? notices) =>
        new(JsonSerializer.Serialize(new LiveJson(now.Milliseconds, [.. tiles.Select(UnitOf)], notices), Json.LiveJson), UnitsEvent);

    private static LiveUnitJson UnitOf((TileView Tile, string Html) changed) => new(
        changed.Tile.Id,
        StateWords.Of(changed.Tile.State),
        changed.Tile.Temperature?.ToDegrees(),
        changed.Tile.MeasuredAt?.ToString(),
        changed.Tile.Holds,
        changed.Html);
}

/// <param name="Now">The server's clock in UTC milliseconds: ages are counted by it, not by the browser's.</param>
/// <param name="Units">What changed.</param>
/// <param name="Notices">Who is silent, as HTML; null when that has not changed.</param>
internal sealed record LiveJson(long Now, IReadOnlyList<LiveUnitJson> Units, string? Notices);

/// <param name="Id">The storage unit.</param>
/// <param name="State">Its state.</param>
/// <param name="Celsius">Its temperature.</param>
/// <param name="MeasuredAt">When that was measured.</param>
/// <param name="Holds">How many holds stand.</param>
/// <param name="Html">Its tile.</param>
internal sealed record LiveUnitJson(string Id, string State, decimal? Celsius, string? MeasuredAt, int Holds, string Html);

[JsonSerializable(typeof(LiveJson))]
internal sealed partial class LiveJsonContext : JsonSerializerContext;
