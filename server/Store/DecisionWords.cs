using ColdChain.Core.Exposure;

namespace ColdChain.Server.Store;

/// <summary>The words for what is decided about a hold. They are stored: none is renamed.</summary>
internal static class DecisionWords
{
    public const string Release = "release";
    public const string Discard = "discard";
    public const string Return = "return";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Release, Discard, Return];

    public static string Of(DecisionKind kind) => kind switch
    {
        DecisionKind.Release => Release,
        DecisionKind.Discard => Discard,
        DecisionKind.Return => Return,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <exception cref="InvalidDataException">This program does not know the word.</exception>
    public static DecisionKind KindOf(string word) => word switch
    {
        Release => DecisionKind.Release,
        Discard => DecisionKind.Discard,
        Return => DecisionKind.Return,
        _ => throw new InvalidDataException($"The record store holds the decision '{word}', which this program does not know. Start the program version that wrote it, or a newer one."),
    };
}
