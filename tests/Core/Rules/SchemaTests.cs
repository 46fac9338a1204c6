using System.Text.Json;

namespace ColdChain.Core.Tests.Rules;

/// <summary>The schemas that editors use accept the shipped packs, so that they cannot fall behind the reader.</summary>
public class SchemaTests
{
    private static readonly JsonElement Schema = Read("schema.json");
    private static readonly JsonElement OverlaySchema = Read("overlay.schema.json");

    [Theory]
    [InlineData("eu-edqm")]
    [InlineData("us-aabb-fda")]
    [InlineData("uk-jpac")]
    [InlineData("who")]
    [InlineData("ma")]
    public void Schema_ShippedPack_Conforms(string id)
    {
        var pack = Read($"{id}.json");
        var named = pack.GetProperty("$schema").GetString()![2..];
        Complaints(pack, named == "schema.json" ? Schema : OverlaySchema).Should().BeEmpty();
        (named == "schema.json").Should().Be(!pack.TryGetProperty("extends", out _));
    }

    [Fact]
    public void Schema_UnknownOrMissingKey_Complains()
    {
        var pack = JsonDocument.Parse("""{"id":"x","colour":1}""").RootElement;
        Complaints(pack, Schema).Should().Contain("pack lacks version").And.Contain("pack has colour");
    }

    private static JsonElement Read(string file) => JsonDocument.Parse(RepositoryFile.Read($"storage-rules/{file}")).RootElement;

    // As much of JSON Schema as the files use.
    private static IEnumerable<string> Complaints(JsonElement value, JsonElement whole) => Complaints(value, whole, whole, "pack");

    private static IEnumerable<string> Complaints(JsonElement value, JsonElement schema, JsonElement whole, string path)
    {
        if (schema.TryGetProperty("$ref", out var target))
        {
            var (file, name) = target.GetString()!.Split("#/$defs/") is [var before, var after] ? (before, after) : throw new FormatException($"{target}");
            whole = file.Length > 0 ? Schema : whole;
            schema = whole.GetProperty("$defs").GetProperty(name);
        }

        if (schema.TryGetProperty("enum", out var choices))
        {
            return choices.EnumerateArray().Any(choice => choice.GetString() == value.GetString()) ? [] : [$"{path} is {value}"];
        }

        return (schema.GetProperty("type").GetString(), value.ValueKind) switch
        {
            ("object", JsonValueKind.Object) => OfObject(value, schema, whole, path),
            ("array", JsonValueKind.Array) => value.EnumerateArray().SelectMany((item, i) => Complaints(item, schema.GetProperty("items"), whole, $"{path}[{i}]")),
            ("string", JsonValueKind.String) or ("number" or "integer", JsonValueKind.Number) => [],
            ("boolean", JsonValueKind.True or JsonValueKind.False) => [],
            (var type, var kind) => [$"{path} is {kind}, not {type}"],
        };
    }

    private static IEnumerable<string> OfObject(JsonElement value, JsonElement schema, JsonElement whole, string path)
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

            foreach (var complaint in Complaints(member.Value, known ? properties.GetProperty(member.Name) : rest, whole, $"{path}.{member.Name}"))
            {
                yield return complaint;
            }
        }
    }
}
