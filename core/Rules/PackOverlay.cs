using System.Buffers;
using System.Text.Json;

namespace ColdChain.Core.Rules;

/// <summary>
/// Lays a pack over another: what it states replaces the same of its base or is added, and all else stays. An object is taken key by key, but a
/// figure goes with its own source and status, and an array goes whole. Products are the same when code and context are.
/// </summary>
internal static class PackOverlay
{
    internal const string Extends = "extends";

    // What an overlay must say of itself, and never takes from its base.
    private static readonly string[] OfPackItself = [Extends, "$schema", "id", "version", "effectiveFrom", "effectiveTo", "name", "status"];

    /// <summary>The id of the base that a pack names; null when it stands by itself.</summary>
    internal static string? BaseOf(JsonElement pack) =>
        pack.ValueKind == JsonValueKind.Object && pack.TryGetProperty(Extends, out var id) ? id.ValueKind == JsonValueKind.String ? id.GetString() : "" : null;

    /// <summary>The whole pack as JSON.</summary>
    /// <param name="overlay">What is laid over.</param>
    /// <param name="basis">A whole pack without errors.</param>
    internal static JsonDocument Merge(JsonElement overlay, JsonElement basis)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            foreach (var member in basis.EnumerateObject().Where(member => !OfPackItself.Contains(member.Name) && !overlay.TryGetProperty(member.Name, out _)))
            {
                member.WriteTo(json);
            }

            foreach (var member in overlay.EnumerateObject().Where(member => member.Name != Extends))
            {
                json.WritePropertyName(member.Name);
                WriteOver(json, member.Name, member.Value, !OfPackItself.Contains(member.Name) && basis.TryGetProperty(member.Name, out var other) ? other : null);
            }

            json.WriteEndObject();
        }

        return JsonDocument.Parse(bytes.WrittenMemory);
    }

    /// <summary>The keys of sources that both state, with another text: the base's figures would cite what nobody read.</summary>
    internal static IEnumerable<string> ChangedSources(JsonElement overlay, JsonElement basis)
    {
        if (!overlay.TryGetProperty("sources", out var own) || own.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        var known = basis.GetProperty("sources");
        return own.EnumerateObject().Where(source => known.TryGetProperty(source.Name, out var text) && !JsonElement.DeepEquals(text, source.Value)).Select(source => source.Name);
    }

    private static void WriteOver(Utf8JsonWriter json, string name, JsonElement own, JsonElement? basis)
    {
        if (basis is not { } other)
        {
            own.WriteTo(json);
        }
        else if (name == "products" && own.ValueKind == JsonValueKind.Array)
        {
            WriteProducts(json, own, other);
        }
        else if (IsTakenByKey(own) && IsTakenByKey(other))
        {
            WriteByKey(json, own, other);
        }
        else
        {
            own.WriteTo(json);
        }
    }

    private static void WriteByKey(Utf8JsonWriter json, JsonElement own, JsonElement basis)
    {
        json.WriteStartObject();
        foreach (var member in basis.EnumerateObject().Where(member => !own.TryGetProperty(member.Name, out _)))
        {
            member.WriteTo(json);
        }

        foreach (var member in own.EnumerateObject())
        {
            json.WritePropertyName(member.Name);
            WriteOver(json, "", member.Value, basis.TryGetProperty(member.Name, out var other) ? other : null);
        }

        json.WriteEndObject();
    }

    private static void WriteProducts(Utf8JsonWriter json, JsonElement own, JsonElement basis)
    {
        var left = own.EnumerateArray().ToList();
        json.WriteStartArray();
        foreach (var product in basis.EnumerateArray())
        {
            var place = left.FindIndex(candidate => KeyOf(candidate) is { } key && key == KeyOf(product));
            if (place < 0)
            {
                product.WriteTo(json);
                continue;
            }

            WriteByKey(json, left[place], product);
            left.RemoveAt(place);
        }

        foreach (var added in left)
        {
            added.WriteTo(json);
        }

        json.WriteEndArray();
    }

    // A figure or an allowance is one statement of one source: half of it from each would be a statement of nobody.
    private static bool IsTakenByKey(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object && !element.TryGetProperty("value", out _) && !element.TryGetProperty("source", out _);

    private static (string? Product, string? Context)? KeyOf(JsonElement product) =>
        product.ValueKind == JsonValueKind.Object && product.TryGetProperty("product", out var code) && product.TryGetProperty("context", out var context)
        && code.ValueKind == JsonValueKind.String && context.ValueKind == JsonValueKind.String
            ? (code.GetString(), context.GetString())
            : null;
}
