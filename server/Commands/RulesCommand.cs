using System.CommandLine;
using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Server.Html;
using ColdChain.Server.Fleet;

namespace ColdChain.Server.Commands;

/// <summary><c>rules lint</c> finds what is wrong with rule packs; <c>rules show</c> tells all figures of a product, each with its source.</summary>
internal static class RulesCommand
{
    private const int Fine = 0;
    private const int Failed = 1;
    private const int WrongUse = 2;

    private static readonly Argument<string> Place = new("place") { Description = "A rule pack, or a folder of them", DefaultValueFactory = _ => RulePackFolder.Default };
    private static readonly Argument<string> Pack = new("pack") { Description = "The rule pack, for example eu-edqm" };
    private static readonly Argument<string> Product = new("product") { Description = "The product, for example RBC" };
    private static readonly Option<StorageContext?> Context = new("--context") { Description = "storage, transport or bench; all of them unless given" };
    private static readonly Option<string> RulesFolder = new("--rules-folder") { Description = "Where the rule packs lie", DefaultValueFactory = _ => RulePackFolder.Default };
    private static readonly Option<string> Lang = new("--lang") { Description = "en or fr", DefaultValueFactory = _ => "en" };

    public static Command Create(TimeProvider clock)
    {
        Lang.AcceptOnlyFromAmong("en", "fr");
        var lint = new Command("lint", "Finds every error, and what a quality unit should look at; the exit code is 1 when there is an error.") { Place };
        lint.SetAction(parsed => Lint(parsed, clock));
        var show = new Command("show", "Tells all figures of a product with source and status. Decision support, not validated.") { Pack, Product, Context, RulesFolder, Lang };
        show.SetAction(Show);
        return new Command("rules", "The storage rules, as packs of data.") { lint, show };
    }

    private static int Lint(ParseResult parsed, TimeProvider clock)
    {
        var (place, output) = (parsed.GetValue(Place)!, parsed.InvocationConfiguration.Output); // It has a default.
        if (!File.Exists(place) && !Directory.Exists(place))
        {
            parsed.InvocationConfiguration.Error.WriteLine($"There is no file and no folder {place}. Name a rule pack, or a folder that holds some.");
            return WrongUse;
        }

        var outcome = RulesLint.Of(place, Instant.Now(clock));
        foreach (var line in outcome.Errors.Select(error => $"error: {error}").Concat(outcome.Warnings.Select(warning => $"warning: {warning}")))
        {
            output.WriteLine(line);
        }

        output.WriteLine($"{outcome.Packs} packs without error, {outcome.Errors.Count} errors, {outcome.Warnings.Count} warnings.");
        return outcome.Errors.Count == 0 ? Fine : Failed;
    }

    private static int Show(ParseResult parsed)
    {
        try
        {
            var (pack, rules) = Find(parsed);
            parsed.InvocationConfiguration.Output.WriteLine(RulesTable.Write(pack, rules, Texts.Find(parsed.GetValue(Lang))!)); // Only known languages are taken.
            return Fine;
        }
        catch (ConfigurationException error)
        {
            parsed.InvocationConfiguration.Error.WriteLine(error.Message);
            return Failed;
        }
    }

    private static (RulePack Pack, IReadOnlyList<StorageRule> Rules) Find(ParseResult parsed)
    {
        var (id, product, context) = (parsed.GetValue(Pack)!, parsed.GetValue(Product)!, parsed.GetValue(Context)); // Both are required.
        var packs = RulePackFolder.Read(parsed.GetValue(RulesFolder)!); // It has a default.
        var pack = packs.FirstOrDefault(pack => pack.Id == id)
            ?? throw new ConfigurationException([$"There is no rule pack '{id}'. Known: {string.Join(", ", packs.Select(pack => pack.Id))}."]);
        var rules = pack.Rules.Where(rule => rule.Product == product && (context is null || rule.Context == context)).ToList();
        return rules.Count > 0
            ? (pack, rules)
            : throw new ConfigurationException([$"Rule pack {id} has no product '{product}'{(context is null ? "" : $" in {context}")}. Known: {string.Join(", ", pack.Rules.Where(rule => context is null || rule.Context == context).Select(rule => rule.Product).Distinct())}."]);
    }
}
