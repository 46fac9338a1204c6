namespace ColdChain.Fuzz.Tests.Configuration;

/// <summary>Fleet files that are sound in form and too much.</summary>
internal static class FleetGiants
{
    private const string Head = "sites: [{id: s, name: S, zone: UTC}]\ndevices: [{id: d, site: s}]\n";

    public static IEnumerable<byte[]> All => YamlWords.Bytes(
        $"{Head}storage-units: [{Times("{id: u, name: U, site: s, kind: freezer, history: []}", 20_000)}]",
        $"{Head}contents: [{Times("{unit: u, donation: W000026000001F, product: RBC, in: 2026-01-01T00:00:00Z}", 20_000)}]\nstorage-units: []",
        // A thousand units with a thousand periods with a thousand probes each, in three thousand words.
        $"p: &p [{Times("&q {id: d/p, role: load}", 1)}, {Times("*q", 1000)}]\nh: &h [&r {{from: 2026-01-01T00:00:00Z, rules: eu-edqm, product: RBC, context: storage, probes: *p}}, {Times("*r", 1000)}]\n"
            + $"{Head}storage-units: [&u {{id: u, name: U, site: s, kind: freezer, history: *h}}, {Times("*u", 1000)}]");

    private static string Times(string text, int times) => string.Join(", ", Enumerable.Repeat(text, times));
}
