using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Unicode;

namespace ColdChain.Core.Wire;

/// <summary>JSON documents of which every text can be read: after this gate, no content can make a JSON call throw.</summary>
internal static class StrictJson
{
    /// <summary>Parses one whole JSON value; otherwise an error that begins with <paramref name="name"/>.</summary>
    internal static bool TryParse(
        ReadOnlySpan<byte> message, string name, int bytesMax, int depthMax, [NotNullWhen(true)] out JsonDocument? document, out string error)
    {
        document = null;
        error = message.Length > bytesMax ? $"{name} has {message.Length} bytes, more than {bytesMax}; send a shorter one"
            : !Utf8.IsValid(message) ? $"{name} is not UTF-8; write it in UTF-8"
            : "";
        if (error.Length > 0)
        {
            return false;
        }

        try
        {
            var options = new JsonReaderOptions { MaxDepth = depthMax };
            if (!HoldsWholeTexts(new Utf8JsonReader(message, options)))
            {
                error = $"{name} holds half of a surrogate pair; write whole characters";
                return false;
            }

            var json = new Utf8JsonReader(message, options);
            document = JsonDocument.ParseValue(ref json);
            return true;
        }
        catch (JsonException fault)
        {
            error = $"{name} is not JSON: {JsonText.Describe(fault)}; write one whole JSON object";
            return false;
        }
    }

    // Runs to the end, so it also meets whatever follows the value.
    private static bool HoldsWholeTexts(Utf8JsonReader json)
    {
        while (json.Read())
        {
            if (json.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && !JsonText.TryRead(ref json, out _))
            {
                return false;
            }
        }

        return true;
    }
}
