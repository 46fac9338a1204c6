using System.Collections.Frozen;

namespace ColdChain.Core.People;

/// <summary>What an API token may be used for, in the words that are stored. No token decides about blood or manages people: persons do.</summary>
public static class TokenScopes
{
    /// <summary>Tiles only: for a screen on a wall.</summary>
    public const string Wall = "wall";

    private static readonly FrozenDictionary<string, Permission[]> OfWord = new Dictionary<string, Permission[]>
    {
        [Wall] = [Permission.SeeTiles],
        ["read"] = [Permission.SeeTiles, Permission.See],
        ["read-audit"] = [Permission.ReadAudit],
        ["read-holds"] = [Permission.TakeHoldNotices],
        ["write-contents"] = [Permission.EnterContents],
        ["write-windows"] = [Permission.EnterWindows],
        ["report-delivery"] = [Permission.ReportDelivery],
        ["operate"] = [Permission.Operate],
        ["watch"] = [Permission.Watch],
    }.ToFrozenDictionary();

    /// <summary>All words, in the order of the alphabet.</summary>
    public static IReadOnlyList<string> All { get; } = [.. OfWord.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Whether these are scopes: at least one, each known, none twice.</summary>
    /// <param name="words">The words.</param>
    public static bool AreSome(IReadOnlyCollection<string> words) => words.Count > 0 && words.All(OfWord.ContainsKey) && words.Distinct().Count() == words.Count;

    /// <summary>What scopes allow at a place; a word that this version does not know allows nothing.</summary>
    /// <param name="words">The words.</param>
    /// <param name="where">The place.</param>
    public static Rights Rights(IEnumerable<string> words, Scope where) => People.Rights.Of(words.SelectMany(word => OfWord.GetValueOrDefault(word, [])), where);
}
