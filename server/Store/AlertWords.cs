using ColdChain.Core.Alerting;

namespace ColdChain.Server.Store;

/// <summary>The words of alerts in columns, events and answers. None is ever changed.</summary>
internal static class AlertWords
{
    public static string Of(Severity severity) => Word(severity);

    public static string Of(SendReason reason) => Word(reason);

    public static string Of(Duty duty) => Word(duty);

    public static string Of(AlertChannel channel) => Word(channel);

    /// <summary>Reads a word of an enumeration; false when it is none.</summary>
    public static bool TryParse<T>(string? word, out T value)
        where T : struct, Enum
    {
        value = Enum.GetValues<T>().FirstOrDefault(known => Word(known) == word);
        return Word(value) == word;
    }

    // "NoAddress" is written "no-address".
    private static string Word<T>(T value)
        where T : struct, Enum => string.Concat($"{value}".Select((letter, place) => char.IsUpper(letter) && place > 0 ? $"-{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));
}
