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
    public static IReadOnlyList<RulePackFile> ReadFiles(string folder)
    {
        var files = Directory.Exists(folder)
            ? Directory.GetFiles(folder, "*.json").Where(file => Path.GetFileName(file) != "schema.json").Order(StringComparer.Ordinal).ToList()
            : [];
        var (packs, errors) = (new List<RulePackFile>(), new List<string>());
        foreach (var file in files)
        {
            var bytes = File.ReadAllBytes(file);
            if (RulePackReader.TryRead(bytes, out var pack, out var found))
            {
                packs.Add(new RulePackFile(pack, bytes));
            }

            errors.AddRange(found.Select(error => $"{Path.GetFileName(file)}: {error}"));
        }

        errors.AddRange(packs.GroupBy(file => file.Pack.Id).Where(same => same.Count() > 1)
            .Select(same => $"Rule pack {same.Key} stands in more than one file of {folder}. Keep one."));
        if (files.Count == 0)
        {
            errors.Add($"There is no rule pack in {folder}. Name the folder that holds them with --rules.");
        }

        return errors.Count == 0 ? packs : throw new ConfigurationException(errors);
    }

    /// <summary>What the fleet may refer to.</summary>
    public static HashSet<RuleKey> Keys(IEnumerable<RulePack> packs) =>
        [.. packs.SelectMany(pack => pack.Rules.Select(rule => new RuleKey(pack.Id, rule.Product, rule.Context)))];
}
