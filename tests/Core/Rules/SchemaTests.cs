using System.Text.Json;

namespace ColdChain.Core.Tests.Rules;

/// <summary>The schema that editors use accepts the shipped pack, so that it cannot fall behind the reader.</summary>
public class SchemaTests
{
    private static readonly JsonElement Schema = JsonDocument.Parse(RepositoryFile.Read("storage-rules/schema.json")).RootElement;

    [Fact]
    public void Schema_ShippedPack_Conforms()
    {
        var pack = JsonDocument.Parse(RepositoryFile.Read("storage-rules/eu-edqm.json")).RootElement;
        Complaints(pack, Schema, "pack").Should().BeEmpty();
    }

    [Fact]
    public void Schema_UnknownOrMissingKey_Complains()
    {
        var pack = JsonDocument.Parse("""{"id":"x","colour":1}""").RootElement;
        Complaints(pack, Schema, "pack").Should().Contain("pack lacks version").And.Contain("pack has colour");
    }

    // As much of JSON Schema as the file uses.
    private static IEnumerable<string> Complaints(JsonElement value, JsonElement schema, string path)
    {
        if (schema.TryGetProperty("$ref", out var target))
        {
            schema = Schema.GetProperty("$defs").GetProperty(target.GetString()!["#/$defs/".Length..]);
        }

        if (schema.TryGetProperty("enum", out var choices))
        {
            return choices.EnumerateArray().Any(choice => choice.GetString() == value.GetString()) ? [] : [$"{path} is {value}"];
        }

        return (schema.GetProperty("type").GetString(), value.ValueKind) switch
        {
            ("object", JsonValueKind.Object) => OfObject(value, schema, path),
            ("array", JsonValueKind.Array) => value.EnumerateArray().SelectMany((item, i) => Complaints(item, schema.GetProperty("items"), $"{path}[{i}]")),
            ("string", JsonValueKind.String) or ("number" or "integer", JsonValueKind.Number) => [],
            ("boolean", JsonValueKind.True or JsonValueKind.False) => [],
            (var type, var kind) => [$"{path} is {kind}, not {type}"],
        };
    }

    private static IEnumerable<string> OfObject(JsonElement value, JsonElement schema, string path)
    {
        var rest = schema.GetProperty("additionalProperties");
        if (schema.TryGetProperty("required", out var required))
        {
            foreach (var name in required.EnumerateArray().Select(name => name.GetString()!).Where(name => !value.TryGetProperty(name, out _)))
            {
                yield return $"{path} lacks {name}";
            }
        }

        foreach (var member in value.EnumerateObject())
        {
            var known = schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(member.Name, out _);
            if (!known && rest.ValueKind == JsonValueKind.False)
            {
                yield return $"{path} has {member.Name}";
                continue;
            }

            foreach (var complaint in Complaints(member.Value, known ? properties.GetProperty(member.Name) : rest, $"{path}.{member.Name}"))
            {
                yield return complaint;
            }
        }
    }
}
