using ColdChain.Core.Rules;

namespace ColdChain.Server.Fleet;

/// <summary>A rule pack and the bytes it was read from.</summary>
internal sealed record RulePackFile(RulePack Pack, byte[] Bytes);

/// <summary>The rule packs of a folder: every <c>*.json</c> in it but the schema.</summary>
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
        foreach (var path in Paths(folder))
        {
            Read(path, packs, found);
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
    public static HashSet<RuleKey> Keys(IEnumerable<RulePack> packs) =>
        [.. packs.SelectMany(pack => pack.Rules.Select(rule => new RuleKey(pack.Id, rule.Product, rule.Context)))];

    private static List<string> Paths(string folder) => Directory.Exists(folder)
        ? [.. Directory.GetFiles(folder, "*.json").Where(file => Path.GetFileName(file) != "schema.json").Order(StringComparer.Ordinal)]
        : [];

    private static void Read(string path, List<RulePackFile> packs, List<string> errors)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            if (RulePackReader.TryRead(bytes, out var pack, out var found))
            {
                packs.Add(new RulePackFile(pack, bytes));
            }

            errors.AddRange(found.Select(error => $"{Path.GetFileName(path)}: {error}"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            errors.Add($"{Path.GetFileName(path)}: {error.Message} Let the server's user read it.");
        }
    }
}
