using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Api;

/// <summary>Who is silent.</summary>
/// <param name="LookedAt">When it was last looked.</param>
/// <param name="SitesSilent">Sites of which no device is heard.</param>
/// <param name="DevicesSilent">Devices that are not heard, those of silent sites included.</param>
/// <param name="DeafSince">Since when the server hears nobody, because its connection to the broker is lost; null while it hears.</param>
internal sealed record SupervisionNumbers(string LookedAt, int SitesSilent, int DevicesSilent, string? DeafSince)
{
    public static SupervisionNumbers Of(StoreSession session, Instant lookedAt)
    {
        var silences = SilenceStore.All(session).ToLookup(row => row.Scope);
        return new(
            lookedAt.ToString(),
            silences[SilenceScope.Site].Count(),
            silences[SilenceScope.Device].Count(),
            silences[SilenceScope.Server].FirstOrDefault()?.Since.ToString());
    }
}
