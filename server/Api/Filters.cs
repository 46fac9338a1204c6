using ColdChain.Core.Readings;
using ColdChain.Server.Quarantine;

namespace ColdChain.Server.Api;

/// <summary>Filters of lists.</summary>
internal static class Filters
{
    /// <summary>
    /// Refuses a storage unit that neither the fleet nor the answer knows: an empty list would say that nothing ever happened to it. One
    /// that was taken out of the fleet file keeps its history.
    /// </summary>
    public static void RequireKnown(Sources sources, StorageUnitId? unit, int found)
    {
        if (unit is { } id && found == 0)
        {
            ContentsEntry.Required(sources.Fleet, id);
        }
    }
}
