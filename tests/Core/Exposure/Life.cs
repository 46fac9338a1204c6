using System.Text;
using ColdChain.Core.Exposure;
using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Core.Tests.Rules;

namespace ColdChain.Core.Tests.Exposure;

/// <summary>The life of a blood unit in one line for each stay: temperatures that hold for some hours, or nothing known. Hours count from noon.</summary>
internal sealed class Life(RulePack pack, string product)
{
    private static readonly ProbeId Probe = new(new DeviceId("pi-1"), "load");

    private readonly List<Placement> _placements = [];
    private readonly LevelScale _scale = LevelScale.Of(pack);

    public IReadOnlyList<Placement> Placements => _placements;

    public static RulePack European { get; } = Read(Encoding.UTF8.GetString(RepositoryFile.Read("storage-rules/eu-edqm.json")));

    /// <summary>A pack of one British rule for red cells: out of 2 to 6 within 1 to 10 °C for at most 5 hours, once in a life; half an hour on the bench.</summary>
    public static RulePack British { get; } = Read("""
        {
          "id": "british", "version": "1", "effectiveFrom": "2026-01-01T00:00:00Z", "name": { "en": "British", "fr": "Britannique" }, "status": "test",
          "sources": { "s": "a test" },
          "defaults": {
            "sampleSeconds": { "value": 300, "source": "s", "status": "verified" }, "singleToleranceSeconds": { "value": 0, "source": "s", "status": "verified" },
            "maxGapSeconds": { "value": 900, "source": "s", "status": "verified" }, "airDelaySeconds": { "value": 600, "source": "s", "status": "verified" },
            "loadDelaySeconds": { "value": 0, "source": "s", "status": "verified" }, "unknownLimitSeconds": { "value": 14400, "source": "s", "status": "verified" }
          },
          "products": [
            {
              "product": "RBC", "name": { "en": "Red cells", "fr": "Globules rouges" }, "context": "storage",
              "limits": { "low": { "value": 2, "source": "s", "status": "verified" }, "high": { "value": 6, "source": "s", "status": "verified" } },
              "redLine": { "low": { "value": 1, "source": "s", "status": "verified" }, "high": { "value": 10, "source": "s", "status": "verified" } },
              "bands": [
                { "ranges": [{ "ge": 1, "lt": 2 }, { "gt": 6, "le": 10 }], "maxSingleSeconds": 18000, "window": "lifetime", "source": "s", "status": "verified" },
                { "ranges": [{ "ge": 1, "lt": 2 }, { "gt": 6, "le": 10 }], "maxCount": 1, "window": "lifetime", "source": "s", "status": "from-memory" }
              ],
              "action": { "onBreach": "quarantine", "onExceeding": "propose-discard" }
            },
            {
              "product": "RBC", "name": { "en": "Red cells", "fr": "Globules rouges" }, "context": "bench",
              "bands": [
                { "anyTemperature": true, "maxSingleSeconds": 1800, "onExceeding": "quarantine", "window": "lifetime", "source": "s", "status": "verified" },
                { "anyTemperature": true, "maxSingleSeconds": 3600, "window": "lifetime", "source": "s", "status": "verified" },
                { "anyTemperature": true, "maxCount": 3, "countsOverSeconds": 1800, "window": "lifetime", "source": "s", "status": "verified" }
              ],
              "action": { "onBreach": "quarantine", "onExceeding": "propose-discard" }
            },
            {
              "product": "PLT", "name": { "en": "Platelets", "fr": "Plaquettes" }, "context": "storage",
              "limits": { "low": { "value": 20, "source": "s", "status": "verified" }, "high": { "value": 24, "source": "s", "status": "verified" } },
              "agitation": { "required": true, "maxSingleStopSeconds": 28800, "maxCumulativeStopSeconds": 86400, "source": "s", "status": "verified" },
              "action": { "onBreach": "quarantine", "onExceeding": "propose-discard" }
            }
          ]
        }
        """);

    public static Instant Hour(double hours) => Some.Noon + TimeSpan.FromHours(hours);

    /// <summary>A stay from an hour on: how long at which temperature, one after the other; null for nothing known.</summary>
    public Life Stay(string unit, double from, StorageContext context, params (double Hours, double? Celsius)[] course) =>
        Stay(unit, from, context, null, course);

    public Life Stay(string unit, double from, StorageContext context, IReadOnlyList<AgitationInterval>? agitation, params (double Hours, double? Celsius)[] course)
    {
        var (levels, at) = (new List<ProbeLevel>(), Hour(from));
        foreach (var (hours, celsius) in course)
        {
            var end = at + TimeSpan.FromHours(hours);
            if (celsius is { } degrees)
            {
                var milli = (int)Math.Round(degrees * 1000);
                var (low, high) = _scale.LevelOf(milli);
                levels.Add(new ProbeLevel(Probe, new LevelInterval(low, high, at, end, milli, milli, false, end)));
            }

            at = end;
        }

        _placements.Add(new Placement
        {
            Unit = new StorageUnitId(unit), In = Hour(from), Out = at, Context = context, Pack = pack, Levels = levels, Agitation = agitation,
        });
        return this;
    }

    /// <summary>What it amounts to when the last stay ends.</summary>
    public BloodUnitExposure Judge() => Judge(_placements.Max(placement => placement.Out!.Value)); // Each has an end.

    public BloodUnitExposure Judge(Instant now) => Ledger.Judge(product, _placements, now);

    private static RulePack Read(string json) => RulePackReader.TryRead(Encoding.UTF8.GetBytes(json), out var pack, out var errors)
        ? pack
        : throw new InvalidOperationException(string.Join('\n', errors));
}
