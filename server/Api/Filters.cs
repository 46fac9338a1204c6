using ColdChain.Core.People;
using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;
using ColdChain.Server.Quarantine;

namespace ColdChain.Server.Api;

/// <summary>Filters of lists.</summary>
internal static class Filters
{
    /// <summary>
    /// Refuses a storage unit that whoever asks may not see, or that neither the fleet nor the answer knows: an empty list would say that nothing ever happened to it. One
    /// that was taken out of the fleet file keeps its history.
    /// </summary>
    public static void RequireKnown(Caller caller, Sources sources, StorageUnitId? unit, int found)
    {
        if (unit is { } id)
        {
            if (found == 0)
            {
                ContentsEntry.Required(sources.Fleet, id);
            }

            caller.Require(Permission.See, sources.Fleet, id);
        }
    }
}
