using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Scenarios.Tests.Notation;
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

    /// <summary>When a probe will be at a temperature if what its last samples show goes on.</summary>
    public static string Prediction(Scene scene, PredictStep predict, Instant day)
    {
        var (unit, period, mount) = (
            from candidate in scene.Fleet.Units
            let used = candidate.PeriodAt(predict.At)
            from probe in used?.Probes ?? []
            where probe.Id == predict.Probe
            select (candidate, used, probe)).Single();
        var pack = scene.Packs.First(pack => pack.Id == period.RulePackId);
        var samples = scene.Read(session => SampleSequence.Of(
            ReadingReader.Claims(session, [predict.Probe], predict.At - Trend.Window, predict.At + TimeSpan.FromMilliseconds(1))).Select(claim => claim.Sample).ToList());
        var trend = Trend.Of(samples, mount.CalibrationOffsetMilli, pack.Find(period.Products, period.Context)!.MaxGap, predict.At); // The fleet was checked.
        var reached = trend?.Reaches(predict.Temperature) is { } at ? $"is at {predict.Temperature} °C at {Written.Minute(at, day)}" : $"is not going to be at {predict.Temperature} °C";
        return $"{Written.Time(predict.At, day)} {unit.Id} {(trend is null ? "has no trend" : $"{Written.Slope(trend.PerHour)} °C/h, {reached}")}";
    }

    public static List<BloodUnit> BloodUnits(Scene scene) => scene.Read(session => session.Query(
        "SELECT DISTINCT donation, product FROM contents ORDER BY donation, product", row => new BloodUnit(row.GetString(0), row.GetString(1))));
}
