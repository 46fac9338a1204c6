using System.Text.Json.Nodes;

namespace ColdChain.Server.Tests.Api;

/// <summary>
/// Compares an answer with the one that a document shows. There, "…" stands for any value, as the last item of a list for any further
/// ones, and as a name for any further members.
/// </summary>
internal static class JsonLikeness
{
    private const string Any = "…";

    /// <summary>Where the two differ, each with its path; empty when the answer is as shown.</summary>
    public static IEnumerable<string> Differences(JsonNode? shown, JsonNode? given, string path = "$") => (shown, given) switch
    {
        (JsonValue value, not null) when value.ToString() == Any => [],
        (JsonObject a, JsonObject b) => OfObjects(a, b, path),
        (JsonArray a, JsonArray b) => OfArrays(a, b, path),
        _ when JsonNode.DeepEquals(shown, given) => [],
        _ => [$"{path}: the document shows {shown?.ToJsonString() ?? "null"}, the server answers {given?.ToJsonString() ?? "null"}"],
    };

    private static IEnumerable<string> OfObjects(JsonObject shown, JsonObject given, string path)
    {
        var missing = shown.Where(member => member.Key != Any && !given.ContainsKey(member.Key)).Select(member => $"{path}.{member.Key}: not in the answer");
        var unshown = given.Where(member => !shown.ContainsKey(member.Key) && !shown.ContainsKey(Any)).Select(member => $"{path}.{member.Key}: not in the document");
        var both = shown.Where(member => given.ContainsKey(member.Key)).SelectMany(member => Differences(member.Value, given[member.Key], $"{path}.{member.Key}"));
        return [.. missing, .. unshown, .. both];
    }

    private static IEnumerable<string> OfArrays(JsonArray shown, JsonArray given, string path)
    {
        var isCut = shown.Count > 1 && shown[^1] is JsonValue last && last.ToString() == Any;
        var count = isCut ? shown.Count - 1 : shown.Count;
        return given.Count == count || (isCut && given.Count > count)
            ? Enumerable.Range(0, count).SelectMany(i => Differences(shown[i], given[i], $"{path}[{i}]"))
            : [$"{path}: the document shows {count} items, the server answers {given.Count}"];
    }
}
