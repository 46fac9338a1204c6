using ColdChain.Core.Rules;
using ColdChain.Hosting.Configuration;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ColdChain.Server.Fleet;

/// <summary>
/// Reads <c>fleet.yaml</c>. Unknown keys and contradictions are errors, and all of them are reported at once, each with its line, its
/// reason and its cure. A file with an error is not used at all.
/// </summary>
internal static class FleetReader
{
    /// <summary>A longer file is not read.</summary>
    public const int LengthMax = 16 * 1024 * 1024;

    /// <summary>How many errors are told at most. Whoever has more mends these first.</summary>
    public const int ErrorsMax = 100;

    /// <param name="text">The file.</param>
    /// <param name="rules">The storage rules that exist; null when that is not known, and what the fleet says of them is not checked.</param>
    /// <param name="fleet">The fleet; empty when there are errors.</param>
    /// <param name="errors">What is wrong, in the order of lines.</param>
    public static bool TryRead(string text, IReadOnlyDictionary<RuleKey, StorageRule>? rules, out FleetHistory fleet, out IReadOnlyList<FleetError> errors)
    {
        var draft = new FleetDraft();
        if (Root(text, draft.Errors) is { } root)
        {
            FleetParts.Read(root, draft);
            FleetChecks.Run(draft, rules);
        }

        errors = Told(draft.Errors);
        fleet = errors.Count == 0 ? draft.ToFleet() : FleetHistory.Empty;
        return errors.Count == 0;
    }

    private static List<FleetError> Told(List<FleetError> errors)
    {
        var told = errors.OrderBy(error => error.Line).Take(ErrorsMax).ToList();
        if (errors.Count > told.Count)
        {
            told.Add(new FleetError(told[^1].Line, "the fleet file", $"has {errors.Count - told.Count} more errors from here on", "Mend these first"));
        }

        return told;
    }

    private static YamlMap? Root(string text, List<FleetError> errors)
    {
        if (text.Length > LengthMax)
        {
            errors.Add(new FleetError(1, "the fleet file", $"has {text.Length} characters, more than {LengthMax}", "Move past contents out of it"));
            return null;
        }

        YamlStream yaml;
        try
        {
            yaml = PlainYaml.Load(new StringReader(text));
        }
        catch (YamlException fault)
        {
            errors.Add(new FleetError(fault.Start.Line, "the fleet file", $"is not YAML: {fault.Message.TrimEnd('.')}", "Mend this place; indent with spaces, and quote texts that hold ': ' or ' #'"));
            return null;
        }

        if (yaml.Documents is [{ RootNode: YamlMappingNode root }])
        {
            return new YamlMap(root, "the fleet file", errors);
        }

        errors.Add(new FleetError(1, "the fleet file", "is not one mapping", "Write the keys sites, devices, storage-units and contents"));
        return null;
    }
}
