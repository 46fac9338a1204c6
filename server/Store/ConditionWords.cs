using System.Collections.Frozen;
using System.Text.Json;
using ColdChain.Core.Excursions;

namespace ColdChain.Server.Store;

/// <summary>The words for the kinds of conditions, such as <c>door-open</c>. They are stored: a kind is never renamed.</summary>
internal static class ConditionWords
{
    private static readonly FrozenDictionary<ConditionKind, string> Words =
        Enum.GetValues<ConditionKind>().ToFrozenDictionary(kind => kind, kind => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString()));

    private static readonly FrozenDictionary<string, ConditionKind> Kinds = Words.ToFrozenDictionary(entry => entry.Value, entry => entry.Key);

    public static string Of(ConditionKind kind) => Words[kind];

    /// <exception cref="InvalidDataException">This program does not know the word.</exception>
    public static ConditionKind KindOf(string word) => Kinds.TryGetValue(word, out var kind)
        ? kind
        : throw new InvalidDataException(
            $"The record store holds the condition '{word}', which this program does not know. Start the program version that wrote it, or a newer one.");
}
