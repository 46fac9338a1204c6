using ColdChain.Core.Excursions;

namespace ColdChain.Server.Store;

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

    /// <summary>The state behind a stored word.</summary>
    /// <exception cref="InvalidDataException">No version of this program writes that word.</exception>
    public static StorageState Read(string word) => Enum.GetValues<StorageState>().Cast<StorageState?>().FirstOrDefault(state => Of(state!.Value) == word)
        ?? throw new InvalidDataException($"The record store holds '{word}' as the state of a storage unit. Restore the store from a backup.");
}
