using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Tests.Shared;

namespace ColdChain.Core.Tests.Excursions;

/// <summary>The judgement of a real 38-day recording, held against the logger's own.</summary>
[Trait("Needs", "recording")]
public sealed class RecordingTests
{
    [Fact]
    public void Recording_JudgedByTheEngine_AgreesWithTheLogger()
    {
        var log = FridgeTag.Read();
        var stretches = Fold(log);

        LoggerAgreement.Check(log, stretches);
    }

    [Fact]
    public void Generated_TraceOfTheSameShape_AgreesWithItsOwnMarks()
    {
        var log = GeneratedLog.Create(seed: 7);

        LoggerAgreement.CheckMarks(log, Fold(log));
        LoggerAgreement.CheckMinutesPerDay(log, Fold(log));
    }

    private static IReadOnlyList<Stretch> Fold(FridgeTag log)
    {
        var rule = LoggerAgreement.Rule;
        var judge = new ProbeJudge([new RuleSpan(log.Samples[0].At, Instant.End, rule)]);
        var track = judge.Start;
        var stretches = new List<Stretch>();
        foreach (var sample in log.Samples)
        {
            judge.Fold(ref track, Sample.Good(sample.At, sample.Value), stretches);
        }

        judge.Tail(track, track.HeardAt, stretches);
        return stretches;
    }
}
