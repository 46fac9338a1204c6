using System.Text.Json.Nodes;

namespace ColdChain.Tests.Shared.Recording;

/// <summary>A rule pack with the logger's own settings: +2 to +8 °C, alarm after 60 minutes.</summary>
internal static class LoggerRulePack
{
    public const string Id = "logger";
    public const string Product = "REAGENT";

    /// <summary>Writes the pack into a folder, made from the row for reagents of the pack that comes with the product.</summary>
    public static void WriteTo(string folder)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "storage-rules", "eu-edqm.json"));
        var pack = JsonNode.Parse(text)!.AsObject();
        var row = pack["products"]!.AsArray().First(product => (string?)product!["product"] == Product)!.DeepClone().AsObject();
        row["loadDelaySeconds"]!["value"] = 3600;
        pack["id"] = Id;
        pack["products"] = new JsonArray(row);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "logger.json"), pack.ToJsonString());
    }
}
