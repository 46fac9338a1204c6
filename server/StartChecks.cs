using ColdChain.Server.Fleet;

namespace ColdChain.Server;

/// <summary>Everything that can be known to be wrong before anything is made or opened.</summary>
internal static class StartChecks
{
    /// <summary>The errors of options, rule packs and fleet file together, each with its cure; empty when there is none.</summary>
    public static IReadOnlyList<string> Errors(ServerOptions options)
    {
        var rules = RulePackFolder.TryRead(options.RulesFolder, out var packs, out var packErrors)
            ? RulePackFolder.ByKey(packs.Select(file => file.Pack))
            : null; // What the fleet says of rules cannot be checked then.
        FleetFileReader.TryRead(options.FleetFile, rules, out _, out _, out var fleetErrors);
        return [.. options.Errors(), .. packErrors, .. fleetErrors];
    }
}
