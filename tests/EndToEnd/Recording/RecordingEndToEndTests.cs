using ColdChain.Core.Excursions;
using ColdChain.Server.Store;
using ColdChain.Tests.Shared.Recording;

namespace ColdChain.EndToEnd.Tests.Recording;

/// <summary>A real 38-day recording through every arrow of the flow, held against the logger's own judgement.</summary>
public sealed class RecordingEndToEndTests
{
    [Fact]
    [Trait("Needs", "recording")]
    public async Task Recording_ThroughEdgeBrokerAndServer_IsStoredOnceAndJudgedAsTheLoggerDid()
    {
        var log = FridgeTag.Read();
        await using var line = new RecordingLine(log);
        await line.StartAsync();
        await line.ReplayAsync();

        Stored(line).Should().Equal(log.Samples.Select(sample => (sample.At, sample.Value)));
        LoggerAgreement.Check(log, line.Refold());
        var findings = line.Findings();
        findings.Count(finding => finding.Finding.Stretch.Side == Side.High).Should().Be(21);
        findings.Count(finding => finding.Finding.Stretch.Side == Side.Low).Should().Be(4);
        findings.Where(finding => finding.Finding.Stretch.Side == Side.Unknown)
            .Select(finding => finding.Finding.Stretch.Duration.TotalMinutes).Should().Equal(352);
        AgreesWithRefold(line);
    }

    [Fact]
    public async Task GeneratedTrace_ThroughEdgeBrokerAndServer_IsStoredOnceAndJudgedAlike()
    {
        var log = GeneratedLog.Create(seed: 11);
        await using var line = new RecordingLine(log);
        await line.StartAsync();
        await line.ReplayAsync();

        Stored(line).Should().Equal(log.Samples.Select(sample => (sample.At, sample.Value)));
        LoggerAgreement.CheckMarks(log, line.Refold());
        LoggerAgreement.CheckMinutesPerDay(log, line.Refold());
        AgreesWithRefold(line);
    }

    private static IEnumerable<(Core.Readings.Instant, Core.Readings.Celsius)> Stored(RecordingLine line) =>
        line.Stored().Select(reading => (reading.MeasuredAt!.Value, reading.Value!.Value));

    /// <summary>The findings in the store, made while readings arrived, are those of one fold over everything; each holds the fridge, and what was in it.</summary>
    private static void AgreesWithRefold(RecordingLine line)
    {
        var findings = line.Findings();
        var expected = line.Refold().Where(stretch => stretch.AlarmedAt(stretch.LastKnown) is not null);
        findings.Select(finding => (finding.Finding.Stretch.Side, finding.Finding.Stretch.Start, finding.Finding.Stretch.LastKnown, finding.Finding.Stretch.TwiceArea))
            .Should().BeEquivalentTo(expected.Select(stretch => (stretch.Side, stretch.Start, stretch.LastKnown, stretch.TwiceArea)));
        var holds = line.Server.Store.Read(session => HoldStore.OfUnit(session, RecordingFleet.Unit)).FindAll(hold => hold.State == HoldWords.Held);
        holds.Where(hold => hold.Kind == HoldWords.StorageUnit).Select(hold => hold.FindingId)
            .Should().BeEquivalentTo(findings.Select(finding => finding.Finding.Id));
        holds.Where(hold => hold.Kind == HoldWords.BloodUnit).Select(hold => hold.FindingId).Distinct()
            .Should().BeEquivalentTo(findings.Select(finding => finding.Finding.Id), "two blood units or more were always in it");
    }
}
