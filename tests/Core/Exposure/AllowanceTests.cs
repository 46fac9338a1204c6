using ColdChain.Core.Exposure;
using ColdChain.Core.Rules;
using static ColdChain.Core.Tests.Exposure.Life;

namespace ColdChain.Core.Tests.Exposure;

/// <summary>What allowances are called, what they rest on, and what follows from them.</summary>
public sealed class AllowanceTests
{
    [Fact]
    public void Keys_OfPlasmaForFractionation_NameEachAllowance() =>
        Keys(new Life(European, "PFF").Stay("freezer", 0, StorageContext.Storage, (1, -30))).Should()
            .BeEquivalentTo("limits -19.999..", "red-line -4.999..", "band -19.999..", "band -14.999..");

    [Fact]
    public void Keys_OfATransport_CarryItsBeginning()
    {
        var platelets = new Life(European, "PLT").Stay("van", 0, StorageContext.Transport, (1, 22.0)).Judge();

        var band = platelets.Allowances.Single(one => one.Allowance.Kind == AllowanceKind.Band);
        band.Key.Should().Be("band 18..19.999|24.001..26 leg 2026-03-01T12:00:00.000Z");
        (band.Allowance.KindWord, band.Allowance.WindowWord).Should().Be(("band", "leg"));
    }

    [Fact]
    public void Keys_OfTheBench_TellItsBandsApart()
    {
        var life = new Life(British, "RBC").Stay("fridge", 0, StorageContext.Storage, (1, 4.0)).Stay("fridge", 1.5, StorageContext.Storage, (1, 4.0));

        Keys(life).Should().Contain(["band", "band 2", "band 3"]).And.Contain("band 1..1.999|6.001..10").And.Contain("band 1..1.999|6.001..10 2");
    }

    [Fact]
    public void Words_OfEveryKindAndWindow_AreTold()
    {
        var any = new Life(European, "PFF").Stay("freezer", 0, StorageContext.Storage, (1, -30)).Judge().Allowances[0].Allowance;

        Enum.GetValues<AllowanceKind>().Select(kind => (any with { Kind = kind }).KindWord).Should().Equal("limits", "red-line", "band", "agitation", "between-stays");
        Enum.GetValues<ExposureWindow>().Select(window => (any with { Window = window }).WindowWord).Should().Equal("lifetime", "leg", "24h");
        ((Action)(() => _ = (any with { Kind = (AllowanceKind)9 }).KindWord)).Should().Throw<InvalidOperationException>().WithMessage("*no word*");
        ((Action)(() => _ = (any with { Window = (ExposureWindow)9 }).WindowWord)).Should().Throw<InvalidOperationException>().WithMessage("*no word*");
    }

    [Fact]
    public void Figures_AreThoseThatTheAllowanceRestsOn_AndNoOthers()
    {
        var allowances = new Life(European, "PFF").Stay("freezer", 0, StorageContext.Storage, (1, -30)).Judge().Allowances.Select(one => one.Allowance).ToList();

        Figures(AllowanceKind.Limits).Should().BeEquivalentTo("limits.high", "singleToleranceSeconds");
        Figures(AllowanceKind.RedLine).Should().BeEquivalentTo("redLine.high");
        allowances.Where(one => one.Kind == AllowanceKind.Band).SelectMany(one => one.Figures).Select(figure => figure.Name).Should().OnlyContain(name => name.StartsWith("bands["));

        IEnumerable<string> Figures(AllowanceKind kind) => allowances.Single(one => one.Kind == kind).Figures.Select(figure => figure.Name);
    }

    [Fact]
    public void Keys_OfRedCells_NameBothSidesOfTheLimits() =>
        Keys(new Life(European, "RBC").Stay("fridge", 0, StorageContext.Storage, (1, 4))).Should().BeEquivalentTo("limits ..1.999|6.001..", "red-line ..0.999|10.001..");

    [Fact]
    public void Figures_ThatThePackStatesForAllProducts_AreAmongThem()
    {
        var allowances = new Life(European, "RBC").Stay("fridge", 0, StorageContext.Storage, (1, 4)).Stay("fridge", 2, StorageContext.Storage, (1, 4)).Judge()
            .Allowances.Select(one => one.Allowance).ToDictionary(one => one.Kind, one => one.Figures.Select(figure => figure.Name));

        allowances[AllowanceKind.Limits].Should().BeEquivalentTo("limits.low", "limits.high", "defaults.singleToleranceSeconds");
        allowances[AllowanceKind.Between].Should().BeEquivalentTo("defaults.unknownLimitSeconds");
    }

    [Fact]
    public void Figures_OfWhichOneIsRemembered_MakeTheWholeUnverified()
    {
        var rule = OwnRule.Plain with
        {
            Figures = [.. OwnRule.Plain.Figures.Select(figure => figure.Name == "limits.high" ? figure with { Status = FigureStatus.FromMemory } : figure)],
        };
        var exposure = OwnRule.LifeUnder(rule).Stored(0, (1, 4)).Judge();

        exposure.Of(AllowanceKind.Limits).IsUnverified.Should().BeTrue("its lower limit was read, and its upper one was not");
        exposure.Of(AllowanceKind.RedLine).IsUnverified.Should().BeFalse();
    }

    [Fact]
    public void Extremes_OfALife_AreThoseOfEverythingKnown()
    {
        var life = new Life(European, "RBC").Stay("fridge-a", 0, StorageContext.Storage, (1, 4.0), (1, null), (1, 7.5)).Stay("fridge-b", 3, StorageContext.Storage, (1, 3.0)).Judge();

        (life.Lowest?.Milli, life.Highest?.Milli).Should().Be((3_000, 7_500));
        var limits = life.Allowances.Single(one => one.Allowance.Kind == AllowanceKind.Limits);
        (limits.Lowest?.Milli, limits.Highest?.Milli).Should().Be((7_500, 7_500), "only what counts is among its extremes");
        new Life(European, "RBC").Stay("fridge-a", 0, StorageContext.Storage, (1, null)).Judge().Should().BeEquivalentTo(new { Lowest = (object?)null, Highest = (object?)null });
    }

    [Fact]
    public void Verdict_OfALifeWithoutAnything_IsFine() => new BloodUnitExposure([], [], null, null).Verdict.Should().Be(Verdict.Fine);

    [Fact]
    public void Allowances_AreSorted_TheWorstFirst()
    {
        var life = new Life(European, "RBC").Stay("fridge", 0, StorageContext.Storage, (1, 10.5), (1, 4.0)).Judge();

        life.Verdict.Should().Be(Verdict.DiscardProposed);
        life.Allowances.Select(one => one.Verdict).Should().BeInDescendingOrder();
    }

    [Fact]
    public void Allowances_WithTheSameVerdict_AreSortedByTheirKeys()
    {
        var keys = Keys(new Life(British, "RBC").Stay("fridge", 0, StorageContext.Storage, (1, 4)).Stay("fridge", 1.25, StorageContext.Storage, (1, 4))).ToList();

        keys.Should().HaveCountGreaterThan(5).And.BeInAscendingOrder(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Keys(Life life) => life.Judge().Allowances.Select(one => one.Key);
}
