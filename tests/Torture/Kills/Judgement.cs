using ColdChain.Core.Readings;
using ColdChain.Server.Store;
using ColdChain.Tests.Shared.Recording;

namespace ColdChain.Torture.Tests.Kills;

/// <summary>
/// What a record store holds of a recording, as far as it must be the same whatever happened on the way: the readings in the order of their
/// instants, the findings that stand, and what is held for them, each as a line of text. When and in how many steps they were found is
/// history, and may differ; so may ids, which tell of the order of discovery.
/// </summary>
internal sealed record Judgement(IReadOnlyList<string> Readings, IReadOnlyList<string> Findings, IReadOnlyList<string> Holds)
{
    public static Judgement Of(StoreSession session)
    {
        var findings = FindingStore.Current(session, RecordingFleet.Unit).ToDictionary(row => row.Finding.Id, row => row.Finding);
        var holds = HoldStore.OfUnit(session, RecordingFleet.Unit).FindAll(hold => hold.State == HoldWords.Held);
        return new Judgement(
            [.. ReadingReader.Read(session, [RecordingFleet.Probe], Instant.Beginning, Instant.End).Select(reading => $"{reading.Probe} {reading.MeasuredAt} {reading.Value} {reading.Fault}")],
            [.. findings.Values.Select(finding => $"{finding.Probe} {finding.Stretch} alarmed at {finding.AlarmedAt}").Order(StringComparer.Ordinal)],
            [.. holds.Select(hold => $"{hold.Kind} {hold.Donation} {hold.Product} since {hold.Since}, for {findings[hold.FindingId].Stretch.Side} from {findings[hold.FindingId].Stretch.Start}").Order(StringComparer.Ordinal)]);
    }

    public void MustBe(Judgement expected)
    {
        MustBe(Readings, expected.Readings);
        MustBe(Findings, expected.Findings);
        MustBe(Holds, expected.Holds);
    }

    // First what differs, because ten thousand lines are no message.
    private static void MustBe(IReadOnlyList<string> actual, IReadOnlyList<string> expected)
    {
        actual.Except(expected).Should().BeEmpty("nothing is there that a clean run does not have");
        expected.Except(actual).Should().BeEmpty("nothing is missing that a clean run has");
        actual.Should().Equal(expected);
    }
}
