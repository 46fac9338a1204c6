using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Server.Evaluate;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Commands;

/// <summary><c>evaluate</c>: the engine of the server over a file of readings, or with <c>--what-if</c> over those of a store.</summary>
internal static class EvaluateCommand
{
    private static readonly Argument<FileInfo?> File = new("readings") { Description = "CSV with the header time,probe,role,celsius[,quality]", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string> Rules = new("--rules") { Description = "The rule pack, for example eu-edqm" };
    private static readonly Option<string> Product = new("--product") { Description = "The product, for example RBC" };
    private static readonly Option<StorageContext> Context = new("--context") { Description = "storage, transport or bench", DefaultValueFactory = _ => StorageContext.Storage };
    private static readonly Option<string> RulesFolder = new("--rules-folder") { Description = "Where the rule packs lie", DefaultValueFactory = _ => RulePackFolder.Default };
    private static readonly Option<string?> Low = new("--low") { Description = "The coldest temperature in range, in °C" };
    private static readonly Option<string?> High = new("--high") { Description = "The warmest temperature in range, in °C" };
    private static readonly Option<double?> Delay = new("--delay-minutes") { Description = "How long a probe must be out before it counts; 0 unless given" };
    private static readonly Option<double?> MaxGap = new("--max-gap-minutes") { Description = "Samples further apart leave unknown time between them; 15 unless given" };
    private static readonly Option<double> Merge = new("--merge-minutes") { Description = "Excursions at most this far apart count as one; 0 unless given" };
    private static readonly Option<bool> Json = new("--json") { Description = "Answer as JSON" };

    // What is said of a file only; --rules, --rules-folder and --json are for both.
    private static readonly Option[] OfFile = [Product, Context, Low, High, Delay, MaxGap, Merge];

    public static Command Create()
    {
        var command = new Command("evaluate", "Judges a file of readings by a rule pack, or by limits given here; or stored readings otherwise (--what-if). Decision support, not validated.")
        {
            File, Rules, Product, Context, RulesFolder, Low, High, Delay, MaxGap, Merge, Json, WhatIf.Asked,
        };
        foreach (var option in WhatIf.Options)
        {
            command.Add(option);
        }

        command.SetAction(result => Run(result));
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        try
        {
            parsed.InvocationConfiguration.Output.WriteLine(parsed.GetValue(WhatIf.Asked) ? OpinionOf(parsed) : AnswerOf(parsed));
            return 0;
        }
        catch (Exception error) when (error is ConfigurationException or StoreOpenException)
        {
            parsed.InvocationConfiguration.Error.WriteLine(error.Message);
            return 1;
        }
    }

    private static string AnswerOf(ParseResult parsed)
    {
        Refuse(parsed, WhatIf.Options, "goes with --what-if only. Give both or none");
        var ruleOf = RuleOf(parsed);
        var file = parsed.GetValue(File) ?? throw new ConfigurationException(["There is nothing to judge. Name a CSV file, or give --what-if for what is stored."]);
        if (!file.Exists)
        {
            throw new ConfigurationException([$"The file {file} does not exist. Name an existing CSV file."]);
        }

        using var text = file.OpenText();
        var report = EvaluateReport.Of(ReadingsCsv.Read(text, out var signalRows), ruleOf, TimeSpan.FromMinutes(parsed.GetValue(Merge))) with { SignalRowsLeftOut = signalRows };
        return parsed.GetValue(Json) ? JsonSerializer.Serialize(report, EvaluateJson.Options) : EvaluateText.Write(report);
    }

    private static string OpinionOf(ParseResult parsed)
    {
        Refuse(parsed, OfFile, "does not go with --what-if: the fleet file says what the storage unit is used for. Leave it out");
        if (parsed.GetValue(File) is { } file)
        {
            throw new ConfigurationException([$"--what-if judges what is stored, and {file} is a file. Leave one of them out."]);
        }

        var report = WhatIf.Report(parsed, parsed.GetValue(Rules) is null ? null : PackOf(parsed));
        return parsed.GetValue(Json) ? JsonSerializer.Serialize(report, EvaluateJson.Options) : WhatIfText.Write(report);
    }

    private static void Refuse(ParseResult parsed, IEnumerable<Option> options, string reason)
    {
        if (options.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } given)
        {
            throw new ConfigurationException([$"{given.Name} {reason}."]);
        }
    }

    private static Func<ProbeRole, ProbeRule> RuleOf(ParseResult parsed)
    {
        var byPack = parsed.GetValue(Rules) is not null || parsed.GetValue(Product) is not null;
        var byHand = parsed.GetValue(Low) is not null || parsed.GetValue(High) is not null
            || parsed.GetValue(Delay) is not null || parsed.GetValue(MaxGap) is not null;
        return (byPack, byHand) switch
        {
            (true, true) => throw new ConfigurationException(["--rules and --product state the limits, and so do --low, --high, --delay-minutes and --max-gap-minutes. Give the one or the other."]),
            (true, false) => FromPack(parsed),
            _ => FromLimits(parsed),
        };
    }

    private static Func<ProbeRole, ProbeRule> FromPack(ParseResult parsed)
    {
        var (id, product, context) = (parsed.GetValue(Rules), parsed.GetValue(Product), parsed.GetValue(Context));
        if (id is null || product is null)
        {
            throw new ConfigurationException(["--rules needs --product, and --product needs --rules. Give both."]);
        }

        var pack = PackOf(parsed);
        var rule = pack.Find(product, context)
            ?? throw new ConfigurationException([$"Rule pack {id} has no product '{product}' in {context}. Known: {string.Join(", ", pack.Rules.Where(rule => rule.Context == context).Select(rule => rule.Product))}."]);
        return rule.HasLimits
            ? role => ProbeRules.Of(pack, rule, role)
            : throw new ConfigurationException([$"The rule of '{product}' in {context} in rule pack {id} limits the time only: no temperature can be judged by it. Name another context."]);
    }

    private static RulePack PackOf(ParseResult parsed)
    {
        var (id, packs) = (parsed.GetValue(Rules), RulePackFolder.Read(parsed.GetValue(RulesFolder)!)); // It has a default.
        return packs.FirstOrDefault(pack => pack.Id == id)
            ?? throw new ConfigurationException([$"There is no rule pack '{id}'. Known: {string.Join(", ", packs.Select(pack => pack.Id))}."]);
    }

    private static Func<ProbeRole, ProbeRule> FromLimits(ParseResult parsed)
    {
        var (low, high) = (Limit(parsed, Low), Limit(parsed, High));
        var (delay, gap) = (parsed.GetValue(Delay) ?? 0, parsed.GetValue(MaxGap) ?? 15);
        if ((low is null && high is null) || low >= high || delay < 0 || gap <= 0 || parsed.GetValue(Merge) < 0)
        {
            throw new ConfigurationException(["Give --low, --high or both with low below high, a delay and a merge time of 0 or more, and a gap above 0; or a rule pack with --rules and --product."]);
        }

        var rule = new ProbeRule { Low = low, High = high, Delay = TimeSpan.FromMinutes(delay), MaxGap = TimeSpan.FromMinutes(gap) };
        return _ => rule;
    }

    private static Celsius? Limit(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) switch
    {
        null => null,
        var text when Celsius.TryParse(text, out var value) => value,
        var text => throw new ConfigurationException([string.Create(CultureInfo.InvariantCulture, $"{option.Name} '{text}' is not a temperature. Write degrees with a point, like -25 or 2.5.")]),
    };
}
