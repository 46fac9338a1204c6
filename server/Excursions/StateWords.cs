using ColdChain.Core.Excursions;

namespace ColdChain.Server.Excursions;

/// <summary>The words of the states, as stored and as the API gives them.</summary>
internal static class StateWords
{
    public static string Of(StorageState state) => state switch
    {
        StorageState.InRange => "in-range",
        StorageState.Warning => "warning",
        StorageState.Unverified => "unverified",
        StorageState.Unknown => "unknown",
        StorageState.OutOfRange => "out-of-range",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };
}
