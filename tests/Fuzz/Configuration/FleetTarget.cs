using System.Text.RegularExpressions;
using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Fuzz.Tests.Engine;
using ColdChain.Server.Excursions;
using ColdChain.Server.Fleet;

namespace ColdChain.Fuzz.Tests.Configuration;

/// <summary>The fleet file: errors with their place, or a fleet that the server can plan with.</summary>
internal sealed partial class FleetTarget : FuzzTarget
{
    private static readonly IReadOnlyList<DatedPack> Packs = [.. RulePackFolder.Read(RulePackFolder.Default).Select(pack => new DatedPack(pack, Instant.Beginning))];
    private static readonly IReadOnlyDictionary<RuleKey, StorageRule> Rules = RulePackFolder.ByKey(Packs.Select(dated => dated.Pack));

    public override string Name => "fleet";

    public override IReadOnlyList<byte[]> Words => FleetWords;

    public override long AllocationMax => 512 * 1024 * 1024;

    public override IEnumerable<byte[]> Giants => [.. YamlWords.Bombs, .. YamlWords.Floods, .. FleetGiants.All];

    public static IReadOnlyList<byte[]> FleetWords { get; } =
    [
        .. YamlWords.All,
        .. YamlWords.Bytes(
            "sites:\n", "devices:\n", "storage-units:\n", "contents:\n", "history:\n", "probes:\n", "zone: ", "kind: ", "rules: ", "product: ", "context: ", "role: ",
            "calibration-offset: ", "foreign: ", "donation: ", "unit: ", "in: ", "out: ", "refrigerator", "eu-edqm", "RBC", "storage", "load", "air", "pi-7/load",
            "W000026000001F", "Africa/Casablanca", "-0.125", "5.001"),
    ];

    public override Task<string> FeedAsync(byte[] input, CancellationToken cancellation) => Task.FromResult(Feed(input));

    /// <summary>Throws unless the text names a line, a thing, a reason and a cure.</summary>
    public static void RequireWellSaid(string error)
    {
        ErrorText.RequirePlain(error);
        if (!WellSaid().IsMatch(error))
        {
            throw new UnfitTextException("the text does not name line, thing, reason and cure", error);
        }
    }

    private static string Feed(byte[] input)
    {
        using var reader = new StreamReader(new MemoryStream(input));
        if (!FleetReader.TryRead(reader.ReadToEnd(), Rules, out var fleet, out var errors))
        {
            foreach (var error in errors)
            {
                RequireWellSaid(error.ToString());
            }

            return errors[0].ToString();
        }

        PlanBuilder.Build(fleet, Packs);
        FleetChange.Between(FleetHistory.Empty, fleet);
        return $"a fleet with {(fleet.Units.Count > 1 ? "units" : "a unit")}{(fleet.Contents.Count > 0 ? " and contents" : "")}";
    }

    [GeneratedRegex(@"^line \d+: .+\. .+\.$")]
    private static partial Regex WellSaid();
}
