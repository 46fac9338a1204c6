using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;
using ColdChain.Server.Quarantine;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;

namespace ColdChain.Scenarios.Tests.Running;

/// <summary>What the server would show and answer at a moment: the state of each storage unit, and whether each blood unit may be issued.</summary>
internal static class Looks
{
    public static IEnumerable<string> At(Scene scene, Instant at, Instant day)
    {
        var time = Written.Time(at, day);
        foreach (var overview in scene.Read(session => UnitOverviews.Read(session, scene.Fleet, at)).OrderBy(overview => overview.Unit.Id.Value, StringComparer.Ordinal))
        {
            yield return $"{time} {overview.Unit.Id} {StateWords.Of(overview.State)}{(overview.Celsius is { } celsius ? $" {celsius}" : "")}";
        }

        foreach (var bloodUnit in BloodUnits(scene))
        {
            var answer = scene.Read(session => IssueCheck.Ask(session, scene.Fleet, scene.Packs, scene.Placements, bloodUnit, scene.Store.Health, at));
            yield return $"{time} issue of {bloodUnit}: {answer.Answer}";
        }
    }

    public static List<BloodUnit> BloodUnits(Scene scene) => scene.Read(session => session.Query(
        "SELECT DISTINCT donation, product FROM contents ORDER BY donation, product", row => new BloodUnit(row.GetString(0), row.GetString(1))));
}
