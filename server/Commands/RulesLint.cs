using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Server.Fleet;

namespace ColdChain.Server.Commands;

/// <summary>What is wrong with some rule packs, and what a quality unit should look at before it accepts them.</summary>
/// <param name="Packs">How many packs have no error.</param>
/// <param name="Errors">What keeps a server from starting with them, each with its file.</param>
/// <param name="Warnings">What may be meant, and may be not.</param>
internal sealed record RulesLint(int Packs, IReadOnlyList<string> Errors, IReadOnlyList<string> Warnings)
{
    /// <summary>Of a folder, or of one file of it: its base is looked for beside it.</summary>
    public static RulesLint Of(string place, Instant now)
    {
        var isFile = File.Exists(place);
        var folder = isFile ? Path.GetDirectoryName(Path.GetFullPath(place))! : place; // A file lies in a folder.
        RulePackFolder.TryRead(folder, out var files, out var errors);
        if (isFile)
        {
            var name = Path.GetFileName(place);
            files = [.. files.Where(file => file.Name == name)];
            errors = [.. errors.Where(error => error.StartsWith($"{name}: ", StringComparison.Ordinal))];
            if (files.Count == 0 && errors.Count == 0)
            {
                errors = [$"{name}: is no rule pack. Name a file that ends in .json and not in schema.json."];
            }
        }

        return new RulesLint(files.Count, errors, [.. files.SelectMany(file => WarningsOf(file.Name, file.Pack, now)), .. Overlaps(files)]);
    }

    private static IEnumerable<string> WarningsOf(string file, RulePack pack, Instant now)
    {
        foreach (var (status, words) in new[] { (FigureStatus.FromMemory, "are from memory: read each in its text"), (FigureStatus.EngineeringDefault, "are engineering defaults: no authority stands behind them") })
        {
            // A default counts once, however many rules take it.
            var count = pack.Rules.SelectMany(rule => rule.Figures.Where(figure => figure.Status == status).Select(figure => IsDefault(figure) ? figure.Name : $"{rule.Product} {rule.Context} {figure.Name}")).Distinct().Count();
            if (count > 0)
            {
                yield return $"{file}: {count} figures {words}.";
            }
        }

        var still = pack.Rules.Where(rule => rule.IsEnabled).GroupBy(rule => rule.Product).Where(rules => rules.All(rule => rule.Context != StorageContext.Transport)).Select(rules => rules.Key).ToList();
        if (still.Count > 0)
        {
            yield return $"{file}: no transport rule for {string.Join(", ", still)}: under way they are judged by none. Add one for what travels.";
        }

        foreach (var off in pack.Rules.Where(rule => !rule.IsEnabled))
        {
            yield return $"{file}: {off.Product} ({off.Context.ToString().ToLowerInvariant()}) is off: an overlay of the site switches it on.";
        }

        if (pack.EffectiveTo <= now || pack.EffectiveFrom > now)
        {
            yield return $"{file}: it is effective from {pack.EffectiveFrom}{(pack.EffectiveTo is { } end ? $" to {end}" : "")}, and it is {now}. Correct the dates, or use another version.";
        }

        if (pack.Base is { } below && (pack.EffectiveFrom < below.EffectiveFrom || (pack.EffectiveTo ?? Instant.End) > (below.EffectiveTo ?? Instant.End)))
        {
            yield return $"{file}: it is effective at times at which its base {below.Id} {below.Version} is not. Correct the dates of one of them.";
        }
    }

    private static IEnumerable<string> Overlaps(IReadOnlyList<RulePackFile> files) =>
        from one in files
        from other in files
        where one.Pack.Id == other.Pack.Id && string.CompareOrdinal(one.Name, other.Name) < 0
            && one.Pack.EffectiveFrom < (other.Pack.EffectiveTo ?? Instant.End) && other.Pack.EffectiveFrom < (one.Pack.EffectiveTo ?? Instant.End)
        select $"{one.Name}: {one.Pack.Id} {one.Pack.Version} and {other.Pack.Version} of {other.Name} are effective at the same time. End the earlier one where the later one begins.";

    private static bool IsDefault(Figure figure) => figure.Name.StartsWith("defaults.", StringComparison.Ordinal);
}
