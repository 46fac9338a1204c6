using System.Text.Json;
using System.Text.Json.Serialization;

namespace ColdChain.Core.Readings;

/// <summary>An instant as its count of milliseconds.</summary>
public sealed class InstantJson : JsonConverter<Instant>
{
    /// <inheritdoc/>
    public override Instant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetInt64());

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Milliseconds);
}

/// <summary>A temperature as its count of thousandths of a degree.</summary>
public sealed class CelsiusJson : JsonConverter<Celsius>
{
    /// <inheritdoc/>
    public override Celsius Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Celsius.FromMilli(reader.GetInt32());

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Celsius value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Milli);
}

/// <summary>A probe as <c>device/probe</c>.</summary>
public sealed class ProbeIdJson : JsonConverter<ProbeId>
{
    /// <inheritdoc/>
    public override ProbeId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ProbeId.TryParse(reader.GetString(), out var probe) ? probe : throw new JsonException("A probe is written device/probe.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ProbeId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
