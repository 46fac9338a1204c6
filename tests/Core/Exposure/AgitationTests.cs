using ColdChain.Core.Exposure;
using ColdChain.Core.Rules;
using static ColdChain.Core.Tests.Exposure.OwnRule;

namespace ColdChain.Core.Tests.Exposure;

/// <summary>Platelets must be agitated, granulocytes must not; what nobody watches may have been either.</summary>
public sealed class AgitationTests
{
    [Fact]
    public void Granulocytes_AgitatedAtAll_AreHeld()
    {
        var moved = Granulocytes(new(Agitation.Stopped, Life.Hour(0), Life.Hour(2)), new(Agitation.Running, Life.Hour(2), Life.Hour(3)));

        moved.Should().BeEquivalentTo(new { Verdict = Verdict.Hold, IsOnlyPossible = false, Total = Known(1) });
    }

    [Fact]
    public void Granulocytes_ThatStoodStill_AreFine()
    {
        var still = Granulocytes(new AgitationInterval(Agitation.Stopped, Life.Hour(0), Life.Hour(3)));

        still.Should().BeEquivalentTo(new { Verdict = Verdict.Fine, Total = Known(0) });
    }

    [Fact]
    public void Platelets_OfWhichNobodyKnows_MayHaveStoodStill()
    {
        var platelets = Of(Life.British, "PLT", 22, new(Agitation.Running, Life.Hour(0), Life.Hour(1)), new(Agitation.Stopped, Life.Hour(1), Life.Hour(2)));

        platelets.Total.Should().Be(Bounds(1, 2), "of the third hour nothing is told");
    }

    [Fact]
    public void Platelets_SeenRunningOnceInSilence_MayHaveStoodStillTwice()
    {
        Silent().Longest.Should().Be(Bounds(0, 3));
        Silent(new AgitationInterval(Agitation.Running, Life.Hour(1), Life.Hour(1))).Longest.Possible.Should().Be(Hours(2) - Moment, "the millisecond in which it was seen is known");

        AllowanceExposure Silent(params AgitationInterval[] told) => Of(Life.British, "PLT", 22, told);
    }

    [Fact]
    public void Stops_WithTheShortestRunBetween_AreTwo()
    {
        var merging = Life.British with { Rules = [Life.British.Find("PLT", StorageContext.Storage)! with { MergeGap = Hours(1) }] };

        var platelets = Of(
            merging, "PLT", 22,
            new(Agitation.Stopped, Life.Hour(0), Life.Hour(1)), new(Agitation.Running, Life.Hour(1), Life.Hour(1.5)), new(Agitation.Stopped, Life.Hour(1.5), Life.Hour(3)));

        platelets.Should().BeEquivalentTo(new { Longest = Known(1.5), Total = Known(2.5), Occasions = new CountBounds(2, 2) });
    }

    [Fact]
    public void Figures_OfAgitation_AreThoseThatTheVerdictRestsOn()
    {
        var granulocytes = Granulocytes(new AgitationInterval(Agitation.Running, Life.Hour(0), Life.Hour(3)));

        granulocytes.Allowance.Figures.Select(figure => figure.Name).Should().Equal("agitation.required");
        granulocytes.IsUnverified.Should().BeTrue("that they must stand still is remembered");
    }

    private static AllowanceExposure Granulocytes(params AgitationInterval[] told) => Of(Life.European, "GRAN", 22, told);

    private static AllowanceExposure Of(RulePack pack, string product, double celsius, params AgitationInterval[] told) =>
        new Life(pack, product).Stay("incubator", 0, StorageContext.Storage, told, (3, celsius)).Judge().Of(AllowanceKind.Agitation);
}
