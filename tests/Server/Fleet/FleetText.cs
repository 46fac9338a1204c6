using ColdChain.Core.Rules;
using ColdChain.Server.Fleet;
using ColdChain.Tests.Shared;

namespace ColdChain.Server.Tests.Fleet;

/// <summary>A small sound fleet file, and changes of single lines in it.</summary>
internal static class FleetText
{
    private static readonly RuleKey[] Known =
    [
        new("eu-edqm", "RBC", StorageContext.Storage),
        new("eu-edqm", "RBC", StorageContext.Transport),
        new("eu-edqm", "PLT", StorageContext.Storage),
        new("who", "RBC", StorageContext.Storage),
    ];

    /// <summary>Some rules of the packs that come with the server.</summary>
    public static readonly IReadOnlyDictionary<RuleKey, StorageRule> Rules =
        RulePackFolder.ByKey(RulePackFolder.Read(Path.Combine(Repository.Root, "storage-rules"))).Where(rule => Known.Contains(rule.Key)).ToDictionary();

    /// <summary>Line numbers are part of the tests: do not move them.</summary>
    public const string Sound = """
        sites:
          - id: rabat
            name: Centre de Rabat
            zone: Africa/Casablanca
        devices:
          - id: pi-001
            site: rabat
          - id: gateway
            site: rabat
            foreign: true
        storage-units:
          - id: fridge-1
            name: Fridge 1
            site: rabat
            kind: refrigerator
            history:
              - from: 2026-01-01T00:00:00Z
                to: 2026-06-01T00:00:00Z
                rules: eu-edqm
                product: RBC
                context: storage
                probes:
                  - id: pi-001/load
                    role: load
                    calibration-offset: -0.125
                  - id: pi-001/air
                    role: air
              - from: 2026-06-01T02:00:00+02:00
                rules: who
                product: RBC
                context: storage
                probes:
                  - { id: pi-001/load, role: load }
          - id: incubator-1
            name: Incubator 1
            site: rabat
            kind: incubator
            history:
              - from: 2026-01-01T00:00:00Z
                rules: eu-edqm
                product: PLT
                context: storage
                probes:
                  - { id: gateway/load, role: load }
        contents:
          - unit: fridge-1
            donation: G1234 98 654321 H
            product: RBC
            in: 2026-01-02T00:00:00Z
            out: 2026-01-05T00:00:00Z
          - unit: fridge-1
            donation: W0000 26 123456 *
            product: RBC
            in: 2026-01-02T00:00:00Z
        """;

    /// <summary>The sound file with one text replaced everywhere.</summary>
    public static string With(string old, string replacement) =>
        Sound.Contains(old, StringComparison.Ordinal)
            ? Sound.Replace(old, replacement, StringComparison.Ordinal)
            : throw new ArgumentException($"The sound file does not hold '{old}'.", nameof(old));

    public static FleetHistory Read(string text) =>
        FleetReader.TryRead(text, Rules, out var fleet, out var errors) ? fleet : throw new FormatException(string.Join('\n', errors));

    public static IReadOnlyList<FleetError> Errors(string text)
    {
        FleetReader.TryRead(text, Rules, out var fleet, out var errors).Should().Be(errors.Count == 0);
        fleet.Units.Count.Should().Be(errors.Count == 0 ? 2 : 0, "a file with an error is not used at all");
        return errors;
    }
}
