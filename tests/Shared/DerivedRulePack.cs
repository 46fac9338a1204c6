using System.Text.Json.Nodes;

namespace ColdChain.Tests.Shared;

/// <summary>Rule packs of a test's own, each with one row of the pack that comes with the product, changed where the test needs it.</summary>
internal static class DerivedRulePack
{
    public static void Write(string folder, string id, string product, Action<JsonObject> change)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "storage-rules", "eu-edqm.json"));
        var pack = JsonNode.Parse(text)!.AsObject();
        var row = pack["products"]!.AsArray().First(row => (string?)row!["product"] == product)!.DeepClone().AsObject();
        change(row);
        pack["id"] = id;
        pack["products"] = new JsonArray(row);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, $"{id}.json"), pack.ToJsonString());
    }
}
