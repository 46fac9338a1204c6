using System.Globalization;
using System.Text;
using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Scenarios.Tests.Notation;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;

namespace ColdChain.Scenarios.Tests.Running;

/// <summary>All that came of a scenario, as text: what is not written there did not come of it.</summary>
internal sealed class Outcome(Scene scene, Scenario scenario)
{
    public static string Write(Scene scene, Scenario scenario, IReadOnlyList<string> notes)
    {
        var outcome = new Outcome(scene, scenario);
        var text = new StringBuilder();
        Section("findings", outcome.Findings());
        Section("holds", outcome.Holds());
        Section("conditions", outcome.Conditions());
        Section("exposures", outcome.Exposures());
        Section("told", Told.Of(scene, scenario.Day));
        Section("looks", notes);
        Section("figures", Figures.Of(scene, scenario));
        return text.ToString();

        void Section(string name, IEnumerable<string> lines)
        {
            var all = lines.ToList();
            text.Append(all.Count > 0 ? $"{name}\n" : "");
            all.ForEach(line => text.Append(CultureInfo.InvariantCulture, $"  {line}\n"));
        }
    }

    private IEnumerable<string> Findings() =>
        from unit in scene.Fleet.Units.OrderBy(unit => unit.Id.Value, StringComparer.Ordinal)
        from row in scene.Read(session => session.Query("SELECT id FROM findings WHERE unit = $unit", found => found.GetInt64(0), ("$unit", unit.Id)))
            .Select(id => scene.Read(session => FindingStore.Find(session, id))!) // It was there a moment ago.
            .OrderBy(row => row.Finding.Stretch.Start).ThenBy(row => row.Finding.Probe.ToString(), StringComparer.Ordinal).ThenBy(row => row.Finding.Id)
        select Finding(row);

    private string Finding(FindingRow row)
    {
        var stretch = row.Finding.Stretch;
        var status = row.Status == FindingWords.Current ? "" : $"{row.Status}: ";
        var end = stretch.End is { } seen ? Time(seen) : stretch.EndReason == EndReason.Open ? "still" : $"unknown after {Time(stretch.LastKnown)}";
        var peak = stretch.Side == Side.Unknown ? "" : $", peak {Written.Degrees(stretch.PeakMilli)}, {Math.Round(stretch.DegreeMinutes, 1).ToString(CultureInfo.InvariantCulture)} °C·min";
        var late = row.FoundLate ? $", found late by {Written.Duration(row.DiscoveredAt - row.Finding.AlarmedAt)}" : "";
        return $"{status}{row.Unit} {row.Finding.Probe} {FindingWords.Of(stretch.Side)} {Time(stretch.Start)} to {end}, alarmed {Time(row.Finding.AlarmedAt)}{peak}{late}";
    }

    private IEnumerable<string> Holds() => scene.Read(session => HoldStore.Newest(session, int.MaxValue))
        .OrderBy(hold => hold.Unit.Value, StringComparer.Ordinal).ThenBy(hold => hold.Donation, StringComparer.Ordinal).ThenBy(hold => hold.Since)
        .Select(hold => hold.Kind == HoldWords.BloodUnit
            ? $"{hold.Unit}: {hold.Donation} {hold.Product} since {Time(hold.Since)}{Ground(hold)}"
            : $"{hold.Unit} since {Time(hold.Since)}{Ground(hold)}");

    private IEnumerable<string> Conditions() =>
        from unit in scene.Fleet.Units.OrderBy(unit => unit.Id.Value, StringComparer.Ordinal)
        from row in scene.Read(session => ConditionStore.Unsettled(session, unit.Id, Instant.Beginning))
        let condition = row.Condition
        orderby condition.Start, condition.Kind, condition.Probe.ToString()
        select $"{unit.Id} {ConditionWords.Of(condition.Kind)} by {condition.Probe} {Time(condition.Start)} to {(condition.End is { } end ? Time(end) : condition.GoesOn ? "still" : "unknown")}, told {Time(condition.RaisedAt)}";

    private IEnumerable<string> Exposures() =>
        from bloodUnit in Looks.BloodUnits(scene)
        from row in scene.Read(session => ExposureStore.Current(session, bloodUnit.Donation, bloodUnit.Product))
        select $"{bloodUnit} {row.Verdict}{(row.OnlyPossible ? ", as what is unknown may be too much," : "")} in {row.Unit}: {row.Allowance}, since {Time(row.Since)}";

    private static string Ground(HoldRow hold) =>
        (hold.ExposureId is null ? "" : ", for an exposure")
        + hold.State switch { HoldWords.GroundRemoved => ", its ground removed", HoldWords.Decided => ", decided", _ => "" };

    private string Time(Instant at) => Written.Time(at, scenario.Day);
}
