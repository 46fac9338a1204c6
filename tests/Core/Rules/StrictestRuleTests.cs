using ColdChain.Core.Readings;
using ColdChain.Core.Rules;

namespace ColdChain.Core.Tests.Rules;

/// <summary>A storage unit of several products is judged by whatever hurts one of them first.</summary>
public class StrictestRuleTests
{
    private static readonly RulePack Europe = ShippedPack.Read("eu-edqm");

    [Fact]
    public void Find_RedCellsAndReagents_TakesTheTighterLimitOfEach_AndSaysWhose()
    {
        var rule = Europe.Find(["REAGENT", "RBC"], StorageContext.Storage)!;
        (rule.Low, rule.High, rule.WarnLow, rule.WarnHigh).Should().Be((Degrees(2), Degrees(6), Degrees(2.5m), Degrees(5.5m)));
        (rule.LoadDelay, rule.AirDelay, rule.MaxGap, rule.UnknownLimit, rule.SingleTolerance).Should().Be(
            (TimeSpan.Zero, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(15), TimeSpan.FromHours(4), TimeSpan.Zero));
        (rule.Product, rule.DecidedBy, rule.OnBreach).Should().Be(("REAGENT+RBC", "low REAGENT, high RBC", RuleAction.Quarantine));
        rule.Figures.Select(figure => figure.Name).Should().Contain(["REAGENT limits.low", "RBC limits.high", "RBC defaults.loadDelaySeconds", "RBC defaults.airDelaySeconds"]);
    }

    [Fact]
    public void Find_InAnyOrder_JudgesAlike()
    {
        var one = Europe.Find(["RBC", "REAGENT"], StorageContext.Storage)!;
        var other = Europe.Find(["REAGENT", "RBC"], StorageContext.Storage)!;
        (one.Low, one.High, one.WarnLow, one.WarnHigh, one.RedLow, one.RedHigh, one.LoadDelay).Should().Be(
            (other.Low, other.High, other.WarnLow, other.WarnHigh, other.RedLow, other.RedHigh, other.LoadDelay));
    }

    [Fact]
    public void Find_OneProduct_IsItsOwnRule() =>
        Europe.Find(["RBC"], StorageContext.Storage).Should().BeSameAs(Europe.Find("RBC", StorageContext.Storage));

    [Fact]
    public void Find_OneUnknownAmongSeveral_IsNone() => Europe.Find(["RBC", "WINE"], StorageContext.Storage).Should().BeNull();

    [Fact]
    public void Find_FrozenProducts_HaveNoLowerLimit()
    {
        var rule = Europe.Find(["FFP_B", "FFP_A"], StorageContext.Storage)!;
        (rule.Low, rule.High, rule.DecidedBy).Should().Be((null, Degrees(-25), "high FFP_A"));
    }

    [Fact]
    public void Find_OneWithAirLimits_AlertsAtTheTightestAir()
    {
        var kingdom = ShippedPack.Read("uk-jpac");
        kingdom.Find(["RBC", "WB"], StorageContext.Storage)!.AirLimits.Should().Be(new AirLimits(Degrees(2), Degrees(8)));
        var mixed = kingdom.Find(["RBC", "PLASMA_THAWED"], StorageContext.Storage)!;
        mixed.AirLimits.Should().Be(new AirLimits(Degrees(2), Degrees(6)), "thawed plasma states none of its own");
    }

    [Theory]
    [InlineData("RBC", "PLT", "'PLT' is kept at 20 °C and warmer, and 'RBC' at 6 °C and colder")]
    [InlineData("PLT", "GRAN", "'PLT' must be agitated, and 'GRAN' must not be")]
    [InlineData("RBC", "REAGENT", null)]
    public void Conflict_ProductsThatCannotShare_AreNamed(string one, string other, string? expected)
    {
        StorageRule[] rules = [Europe.Find(one, StorageContext.Storage)!, Europe.Find(other, StorageContext.Storage)!];
        RulePack.Conflict(rules).Should().Be(expected);
        RulePack.Conflict([rules[1], rules[0]]).Should().Be(expected);
    }

    private static Celsius Degrees(decimal degrees)
    {
        Celsius.TryFrom(degrees, out var celsius).Should().BeTrue();
        return celsius;
    }
}
