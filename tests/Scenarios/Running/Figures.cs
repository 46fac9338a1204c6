using System.Globalization;
using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Scenarios.Tests.Notation;
using ColdChain.Server.Evaluate;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;

namespace ColdChain.Scenarios.Tests.Running;

/// <summary>The figures of each probe over all that is stored of it, as <c>evaluate</c> reports them.</summary>
internal static class Figures
{
    public static IEnumerable<string> Of(Scene scene, Scenario scenario)
    {
        foreach (var unit in scene.Fleet.Units)
        {
            var period = unit.History[0];
            var pack = scene.Packs.First(pack => pack.Id == period.RulePackId);
            var rule = pack.Find(period.Products, period.Context)!; // The fleet was checked.
            foreach (var probe in period.Probes.Where(probe => scenario.Courses.Any(course => course.Probe == probe.Id)))
            {
                var rows = Samples(scene, unit.Id, probe.Id).Select((sample, i) => new CsvReading(i + 2, probe.Id.ToString(), probe.Role, sample)).ToList();
                yield return Line(EvaluateReport.Of(rows, role => ProbeRules.Of(pack, rule, role), TimeSpan.Zero).Probes[0]);
            }
        }
    }

    // What was measured while an alarm was tested is in no figure.
    private static List<Sample> Samples(Scene scene, StorageUnitId unit, ProbeId probe) => scene.Read(session =>
    {
        var tests = WindowStore.AlarmTests(session, unit);
        var claims = SampleSequence.Of(ReadingReader.Claims(session, [probe], Instant.Beginning, Instant.End));
        return claims.Select(claim => tests.Exists(test => test.Covers(probe, claim.Sample.At)) ? Sample.Fault(claim.Sample.At) : claim.Sample).ToList();
    });

    private static string Line(ProbeLine line) => string.Create(
        CultureInfo.InvariantCulture,
        $"{line.Probe}: {line.Samples} samples, {line.Faults} faults, {line.Min} to {line.Max}, mean kinetic {line.MeanKineticCelsius:0.###}, known {line.CoveragePercent:0.###} %")
        + Of("low", line.LowSeconds) + Of("high", line.HighSeconds) + Of("longest gap", line.LongestGapSeconds);

    private static string Of(string what, decimal seconds) => seconds == 0 ? "" : $", {what} {Written.Duration(TimeSpan.FromSeconds((double)seconds))}";
}
