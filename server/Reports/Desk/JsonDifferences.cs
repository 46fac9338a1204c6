using System.Text.Json;

namespace ColdChain.Server.Reports.Desk;

/// <summary>Names the members in which two JSON documents differ, such as <c>excursion.bloodUnits[1].hold</c>.</summary>
internal static class JsonDifferences
{
    /// <summary>
    /// The members that differ, in the order of the first document; empty when none does. Of a list that has grown or shrunk, the list is named: which
    /// of its entries is new, an index does not say.
    /// </summary>
    public static IReadOnlyList<string> Between(JsonElement before, JsonElement now)
    {
        var found = new List<string>();
        Compare("", before, now, found);
        return found;
    }

    private static void Compare(string path, JsonElement before, JsonElement now, List<string> found)
    {
        if (JsonElement.DeepEquals(before, now))
        {
            return;
        }

        if (before.ValueKind == JsonValueKind.Object && now.ValueKind == JsonValueKind.Object)
        {
            CompareMembers(path, before, now, found);
        }
        else if (before.ValueKind == JsonValueKind.Array && now.ValueKind == JsonValueKind.Array && before.GetArrayLength() == now.GetArrayLength())
        {
            for (var i = 0; i < before.GetArrayLength(); i++)
            {
                Compare($"{path}[{i}]", before[i], now[i], found);
            }
        }
        else
        {
            found.Add(path);
        }
    }

    private static void CompareMembers(string path, JsonElement before, JsonElement now, List<string> found)
    {
        var names = before.EnumerateObject().Select(member => member.Name).Union(now.EnumerateObject().Select(member => member.Name));
        foreach (var name in names)
        {
            var at = path.Length == 0 ? name : $"{path}.{name}";
            if (before.TryGetProperty(name, out var one) && now.TryGetProperty(name, out var other))
            {
                Compare(at, one, other, found);
            }
            else
            {
                found.Add(at); // What is absent was left out.
            }
        }
    }
}
