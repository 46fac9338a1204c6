using System.Text;
using System.Text.Json;

namespace ColdChain.Core.Wire;

/// <summary>Strings of a JSON message as UTF-8, and how a bad token is quoted in an error.</summary>
internal static class JsonText
{
    /// <summary>
    /// The text of the string or member name that the reader stands on: a slice of the message, or a copy when it holds escapes. False
    /// when an escape is half of a surrogate pair, which is no text. The message as a whole must be valid UTF-8.
    /// </summary>
    internal static bool TryRead(scoped ref Utf8JsonReader json, out ReadOnlySpan<byte> text)
    {
        text = json.ValueSpan;
        if (!json.ValueIsEscaped)
        {
            return true;
        }

        try
        {
            var copy = new byte[json.ValueSpan.Length];
            text = copy.AsSpan(0, json.CopyString(copy));
            return true;
        }
        catch (InvalidOperationException)
        {
            // The reader's only way to say that an escape names half of a surrogate pair.
            text = default;
            return false;
        }
    }

    /// <summary>
    /// What the reader says of a message that is no JSON, with its place. Its own text repeats the message from there on, however much that is.
    /// </summary>
    internal static string Describe(JsonException fault)
    {
        const int shown = 120;
        var end = fault.Message.IndexOf(" LineNumber: ", StringComparison.Ordinal);
        var reason = ShownText.Of((end < 0 ? fault.Message : fault.Message[..end]).TrimEnd('.'), shown);
        return $"{reason} (line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1})";
    }

    /// <summary>A token as it goes into an error: quoted, and cut when long.</summary>
    internal static string Quote(ReadOnlySpan<byte> token)
    {
        const int shown = 40;
        var text = ShownText.Of(Encoding.UTF8.GetString(token.Length <= shown ? token : token[..shown]));
        return token.Length <= shown ? $"'{text}'" : $"'{text}…'";
    }
}
