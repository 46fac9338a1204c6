using ColdChain.Core.Excursions;

namespace ColdChain.Core.Tests.Excursions;

public sealed class StoredFormTests
{
    [Fact]
    public void Stretches_WrittenAndRead_AreEqual()
    {
        var fold = Folded(Trace.Create(seed: 3, samples: 200));

        fold.Record().Should().HaveCountGreaterThan(20);
        foreach (var found in fold.Record())
        {
            Stretch.FromJson(found.Stretch.ToJson()).Should().Be(found.Stretch);
        }
    }

    [Fact]
    public void Rule_WithZeroes_KeepsThem()
    {
        var rule = Some.Rule(low: 0) with { MaxGap = TimeSpan.Zero, Citation = new RuleCitation("p", "1", "00", "RBC") };
        var stretch = new Stretch { Start = Some.Noon, LastKnown = Some.Noon, Side = Side.Low, EndReason = EndReason.Open, Rule = rule };

        Stretch.FromJson(stretch.ToJson()).Should().Be(stretch);
    }

    [Fact]
    public void Tracks_WrittenAndRead_AreEqual()
    {
        var fold = Folded(Trace.Create(seed: 5, samples: 50));

        UnitTracks.FromBytes(fold.Tracks().ToBytes()).Should().Be(fold.Tracks());
    }

    private static UnitFold Folded(Trace trace)
    {
        var fold = new UnitFold(trace.Plan);
        foreach (var (probe, sample) in SampleSequence.Of(trace.Readings))
        {
            fold.Take(probe, sample);
        }

        return fold;
    }
}
