using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ColdChain.Core.Readings;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Store;

namespace ColdChain.Server.Reports.Bundle;

/// <summary>A file of the manifest.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Sha256">Of its contents, as lower-case hexadecimal digits.</param>
internal sealed record ManifestFile(string Name, long Length, string Sha256);

/// <summary>Every file that stands before the manifest, in order.</summary>
internal sealed record Manifest(int Form, IReadOnlyList<ManifestFile> Files);

/// <summary>A moment at which a device told its clock (<see cref="ClockAnchor"/>): a line of <c>anchors.jsonl</c>.</summary>
internal sealed record AnchorLine(string Device, string Boot, long Mono, Instant Utc, long ErrorMs);

/// <summary>An event of the audit trail with all that its hash covers: a line of <c>audit.jsonl</c>.</summary>
internal sealed record AuditLine
{
    public required long Id { get; init; }

    /// <summary>When it was recorded, in milliseconds since 1970: the number that is hashed.</summary>
    public required long At { get; init; }

    public required string Kind { get; init; }

    public required string? Unit { get; init; }

    public required string Subject { get; init; }

    /// <summary>The particulars, as the very text that is hashed.</summary>
    public required string Payload { get; init; }

    public required string? Who { get; init; }

    public required string? Source { get; init; }

    public required string? Zone { get; init; }

    /// <summary>The hash of the event before it.</summary>
    public required string Before { get; init; }

    /// <summary>Its own; null for an event of before there was a chain.</summary>
    public required string? Hash { get; init; }

    public static AuditLine Of(LinkedEvent linked)
    {
        var (entry, texts) = (linked.Event, linked.Event.Texts);
        return new AuditLine
        {
            Id = entry.Id,
            At = entry.At,
            Kind = texts[0]!, // The table takes no event without kind, subject and payload.
            Unit = texts[1],
            Subject = texts[2]!,
            Payload = texts[3]!,
            Who = texts[4],
            Source = texts[5],
            Zone = texts[6],
            Before = Convert.ToHexStringLower(linked.Before),
            Hash = entry.Hash is { } hash ? Convert.ToHexStringLower(hash) : null,
        };
    }

    /// <summary>The hash that follows from what it says and from the one before; null when that one is none.</summary>
    public string? Computed() => TryHex(Before) is { } before
        ? Convert.ToHexStringLower(EventChain.Next(before, new ChainedEvent(Id, At, [Kind, Unit, Subject, Payload, Who, Source, Zone], null)))
        : null;

    private static byte[]? TryHex(string text) =>
        text.Length == 2 * EventChain.HashLength && text.All(char.IsAsciiHexDigit) ? Convert.FromHexString(text) : null;
}

/// <summary>Reads and writes the small JSON files of a bundle.</summary>
internal static class BundleJson
{
    /// <summary>The bytes of a value on one line.</summary>
    public static byte[] Write<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(value, type);

    /// <summary>A value out of its bytes; false with the reason when they are not one.</summary>
    public static bool TryRead<T>(ReadOnlySpan<byte> bytes, JsonTypeInfo<T> type, [NotNullWhen(true)] out T? value, out string error)
        where T : class
    {
        (value, error) = (null, "");
        try
        {
            value = JsonSerializer.Deserialize(bytes, type);
            error = value is null ? "it is null" : "";
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or FormatException)
        {
            error = failure.Message;
        }

        return value is not null;
    }
}

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    Converters = [typeof(InstantText)])]
[JsonSerializable(typeof(BundleHead))]
[JsonSerializable(typeof(Manifest))]
[JsonSerializable(typeof(AnchorLine))]
[JsonSerializable(typeof(AuditLine))]
internal sealed partial class BundleJsonContext : JsonSerializerContext;
