using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using ColdChain.Core.Readings;

namespace ColdChain.Server.Reports.Content;

/// <summary>
/// The JSON of contents: members in the order of their declaration, without white space, what is absent left out. Instants are ISO 8601 in UTC,
/// temperatures decimal degrees Celsius, durations seconds with at most three decimals. The same content gives the same bytes, so that their hash
/// is that of the content.
/// </summary>
public static class ReportJson
{
    /// <summary>The bytes of a content.</summary>
    public static byte[] Write(ReportContent content) => JsonSerializer.SerializeToUtf8Bytes(content, ReportJsonContext.Default.ReportContent);

    /// <summary>A content out of its bytes.</summary>
    /// <exception cref="JsonException">They are not what <see cref="Write(ReportContent)"/> wrote.</exception>
    public static ReportContent Read(ReadOnlySpan<byte> bytes) =>
        JsonSerializer.Deserialize(bytes, ReportJsonContext.Default.ReportContent) ?? throw new JsonException("A report is an object.");

    /// <summary>A content out of the bytes that some version of the program wrote; null when they are in a form that this one does not know.</summary>
    public static ReportContent? ReadKnown(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Read(bytes) is { Form: ReportContent.CurrentForm } content ? content : null;
        }
        catch (JsonException)
        {
            return null; // It has members that this version does not have, or lacks some.
        }
    }

    /// <summary>The bytes of signatures, as a bundle has them.</summary>
    public static byte[] Write(IReadOnlyList<SignatureContent> signatures) => JsonSerializer.SerializeToUtf8Bytes(signatures, ReportJsonContext.Default.IReadOnlyListSignatureContent);

    /// <summary>Signatures out of their bytes.</summary>
    /// <exception cref="JsonException">They are none.</exception>
    public static IReadOnlyList<SignatureContent> ReadSignatures(ReadOnlySpan<byte> bytes) =>
        JsonSerializer.Deserialize(bytes, ReportJsonContext.Default.IReadOnlyListSignatureContent) ?? throw new JsonException("Signatures are a list.");

    /// <summary>SHA-256 as lower-case hexadecimal digits.</summary>
    public static string HashOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    Converters = [typeof(InstantText), typeof(DegreesNumber), typeof(SecondsNumber)])]
[JsonSerializable(typeof(ReportContent))]
[JsonSerializable(typeof(IReadOnlyList<SignatureContent>))]
internal sealed partial class ReportJsonContext : JsonSerializerContext;

/// <summary>An instant as ISO 8601 in UTC with three decimals.</summary>
internal sealed class InstantText : JsonConverter<Instant>
{
    public override Instant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Instant.TryParse(reader.GetString() ?? "", out var instant) ? instant : throw new JsonException("An instant is written 2026-11-27T10:30:00.000Z.");

    public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

/// <summary>A temperature as a number of degrees Celsius with at most three decimals.</summary>
internal sealed class DegreesNumber : JsonConverter<Celsius>
{
    public override Celsius Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Celsius.TryFrom(reader.GetDecimal(), out var value) ? value : throw new JsonException("There is no such temperature.");

    public override void Write(Utf8JsonWriter writer, Celsius value, JsonSerializerOptions options) => writer.WriteNumberValue(decimal.Parse(value.ToString(), System.Globalization.CultureInfo.InvariantCulture));
}

/// <summary>A duration as a number of seconds with at most three decimals.</summary>
internal sealed class SecondsNumber : JsonConverter<TimeSpan>
{
    private const decimal Thousand = 1000;

    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TimeSpan.FromMilliseconds((long)(reader.GetDecimal() * Thousand));

    // Divided and normalised, so that 90 seconds are always 90 and never 90.000.
    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteNumberValue((long)value.TotalMilliseconds / Thousand / 1.000000000000000000000000000000000m);
}
