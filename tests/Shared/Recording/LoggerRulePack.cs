namespace ColdChain.Tests.Shared.Recording;

/// <summary>A rule pack with the logger's own settings: +2 to +8 °C, alarm after 60 minutes.</summary>
internal static class LoggerRulePack
{
    public const string Id = "logger";
    public const string Product = "REAGENT";

    /// <summary>Writes the pack into a folder.</summary>
    public static void WriteTo(string folder) => DerivedRulePack.Write(folder, Id, Product, row => row["loadDelaySeconds"]!["value"] = 3600);
}
