using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ColdChain.Server.Audit;

/// <summary>
/// The head of the event chain at some time, signed, to be kept where whoever can change the database cannot change it. Each names the line
/// before it in its file, so that none can be taken out of the middle.
/// </summary>
/// <param name="Store">The id of the record store.</param>
/// <param name="Entry">The last event that it covers; 0 for none.</param>
/// <param name="Head">The hash of that event, in 64 lower-case hexadecimal digits.</param>
/// <param name="At">When it was made, UTC.</param>
/// <param name="Previous">SHA-256 of the line before, as bytes of UTF-8 without its end, in hexadecimal digits; empty for the first line.</param>
/// <param name="Signature">ECDSA over P-256 and SHA-256 of <see cref="Signed"/>, base64.</param>
internal sealed record TrailAnchor(string Store, long Entry, string Head, string At, string Previous, string Signature)
{
    /// <summary>The first line of what is signed. Nothing else that the key signs begins so.</summary>
    public const string Purpose = "coldchain-anchor";

    /// <summary>The text that is signed: the members before the signature, one a line.</summary>
    [JsonIgnore]
    public string Signed => string.Create(CultureInfo.InvariantCulture, $"{Purpose}\n{Store}\n{Entry}\n{Head}\n{At}\n{Previous}");

    /// <summary>The line of a file.</summary>
    public string ToLine() => JsonSerializer.Serialize(this, TrailAnchorJson.Default.TrailAnchor);

    /// <summary>Reads a line; null when it is no anchor.</summary>
    public static TrailAnchor? Of(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, TrailAnchorJson.Default.TrailAnchor);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(TrailAnchor))]
internal sealed partial class TrailAnchorJson : JsonSerializerContext;
