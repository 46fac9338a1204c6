using ColdChain.Core.Rules;

namespace ColdChain.Server.Fleet;

/// <summary>A rule pack and the bytes it was read from; of an overlay, its own and behind them those of its base.</summary>
internal sealed record RulePackFile(string Name, RulePack Pack, byte[] Bytes);

/// <summary>The rule packs of a folder: every <c>*.json</c> in it but the schemas.</summary>
internal static class RulePackFolder
{
    /// <summary>Where the packs lie that come with the server.</summary>
    public static string Default => Path.Combine(AppContext.BaseDirectory, "storage-rules");

    /// <summary>Reads all packs.</summary>
    /// <exception cref="ConfigurationException">The folder is missing or empty, or a pack has errors: all of them are named.</exception>
    public static IReadOnlyList<RulePack> Read(string folder) => [.. ReadFiles(folder).Select(file => file.Pack)];

    /// <summary>Reads all packs, each with its bytes.</summary>
    /// <exception cref="ConfigurationException">The folder is missing or empty, or a pack has errors: all of them are named.</exception>
    public static IReadOnlyList<RulePackFile> ReadFiles(string folder) =>
        TryRead(folder, out var files, out var errors) ? files : throw new ConfigurationException(errors);

    /// <summary>Reads all packs; false with every error when there is one.</summary>
    public static bool TryRead(string folder, out IReadOnlyList<RulePackFile> files, out IReadOnlyList<string> errors)
    {
        var (packs, found) = (new List<RulePackFile>(), new List<string>());
        var waiting = Paths(folder).Select(path => ReadBytes(path, found)).OfType<NamedBytes>().ToList();

        // A base before its overlays; what waits for a base that never comes says so itself.
        while (waiting.Find(file => !file.Waits(packs)) is { } next)
        {
            waiting.Remove(next);
            Read(next, packs, found);
        }

        foreach (var file in waiting)
        {
            Read(file, packs, found);
        }

        found.AddRange(packs.GroupBy(file => file.Pack.Id).Where(same => same.Count() > 1)
            .Select(same => $"Rule pack {same.Key} stands in more than one file of {folder}. Keep one."));
        if (packs.Count == 0 && found.Count == 0)
        {
            found.Add($"There is no rule pack in {folder}. Name the folder that holds them with 'rules' or --rules-folder.");
        }

        (files, errors) = (packs, found);
        return found.Count == 0;
    }

    /// <summary>What the fleet may refer to.</summary>
    public static Dictionary<RuleKey, StorageRule> ByKey(IEnumerable<RulePack> packs) => packs
        .SelectMany(pack => pack.Rules.Select(rule => (Key: new RuleKey(pack.Id, rule.Product, rule.Context), Rule: rule)))
        .ToDictionary(entry => entry.Key, entry => entry.Rule);

    private static List<string> Paths(string folder) => Directory.Exists(folder)
        ? [.. Directory.GetFiles(folder, "*.json").Where(file => !Path.GetFileName(file).EndsWith("schema.json", StringComparison.Ordinal)).Order(StringComparer.Ordinal)]
        : [];

    private static NamedBytes? ReadBytes(string path, List<string> errors)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            return new NamedBytes(Path.GetFileName(path), bytes, RulePackReader.BaseOf(bytes));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            errors.Add($"{Path.GetFileName(path)}: {error.Message} Let the server's user read it.");
            return null;
        }
    }

    private static void Read(NamedBytes file, List<RulePackFile> packs, List<string> errors)
    {
        byte[] bytes = [.. file.Bytes, .. packs.Find(below => below.Pack.Id == file.Base)?.Bytes ?? []];
        if (RulePackReader.TryRead(bytes, out var pack, out var found))
        {
            packs.Add(new RulePackFile(file.Name, pack, bytes));
        }

        errors.AddRange(found.Select(error => $"{file.Name}: {error}"));
    }

    private sealed record NamedBytes(string Name, byte[] Bytes, string? Base)
    {
        public bool Waits(List<RulePackFile> packs) => Base is not null && !packs.Exists(below => below.Pack.Id == Base);
    }
}
