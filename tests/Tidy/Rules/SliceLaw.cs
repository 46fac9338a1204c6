namespace ColdChain.Tidy.Tests.Rules;

/// <summary>A place in the tree: an area (a folder at the root) and, inside the server, the slice.</summary>
internal readonly record struct Place(string Area, string Slice)
{
    private static readonly string[] Areas = ["core", "mqtt", "hosting", "edge", "server", "demo"];

    /// <summary>The place of a file, from its path.</summary>
    public static Place OfPath(string path)
    {
        var parts = path.Split('/');
        return new(parts.Length > 1 ? parts[0] : "", parts is ["server", var slice, _, ..] ? slice : "");
    }

    /// <summary>The place of a namespace such as <c>ColdChain.Server.Store</c>; null when it is not one of the product's.</summary>
    public static Place? OfNamespace(string name) => name.Split('.') switch
    {
        ["ColdChain", var area, ..] when !Areas.Contains(area.ToLowerInvariant()) => null,
        ["ColdChain", "Server", var slice, ..] => new("server", slice),
        ["ColdChain", var area, ..] => new(area.ToLowerInvariant(), ""),
        _ => null,
    };

    public override string ToString() => Slice.Length == 0 ? Area : $"{Area}/{Slice}";
}

/// <summary>
/// Who may import whom. <c>core</c>, <c>mqtt</c> and <c>hosting</c> import nothing of ours, <c>edge</c> and <c>server</c> import those
/// three, and what is built around them (demo, tests, bench) anything. Inside the server, slices share the Store, the Fleet, the Outbound and Html, and never import each other.
/// </summary>
internal static class SliceLaw
{
    /// <summary>One folder, one part of the flow; they meet in the event log.</summary>
    public static readonly string[] Slices =
        ["Ingest", "Excursions", "Quarantine", "Alerts", "Projections", "Dashboard", "Reports", "Identity", "Evaluate", "Supervision", "Exposure", "Windows", "Audit", "People", "Watch", "HoldNotices"];

    /// <summary>What every slice may import. The Fleet may import the Store, Html may import both; the other two import nothing of the server's.</summary>
    public static readonly string[] Shared = ["Store", "Fleet", "Outbound", "Html"];

    /// <summary>Where the slices are put together: the server's root (empty) and its outer surface.</summary>
    public static readonly string[] Composition = ["", "Commands", "Configuration", "Api"];

    private static readonly string[] Libraries = ["core", "mqtt", "hosting"];

    /// <summary>Null when the import is allowed, otherwise the reason why it is not.</summary>
    public static string? Refusal(Place from, Place to) => from.Area switch
    {
        _ when from == to => null,
        "core" or "mqtt" or "hosting" => $"{from.Area} imports nothing of ours",
        "edge" or "server" when Libraries.Contains(to.Area) => null,
        "edge" => "edge imports core, mqtt and hosting only",
        "server" when to.Area != "server" => "server imports core, mqtt and hosting only",
        "server" => RefusalInServer(from.Slice, to.Slice),
        _ => null,
    };

    private static string? RefusalInServer(string from, string to) => from switch
    {
        _ when Composition.Contains(from) => null,
        "Store" => "the Store imports nothing else of the server's",
        "Outbound" => "the Outbound imports nothing else of the server's",
        "Fleet" when to != "Store" => "the Fleet imports the Store only",
        "Html" when to is not ("Store" or "Fleet") => "Html imports the Store and the Fleet only",
        _ when Shared.Contains(to) => null,
        _ => "a slice imports only core, mqtt, hosting, Store, Fleet, Outbound and Html",
    };
}
