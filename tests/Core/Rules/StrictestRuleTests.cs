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
    public void Find_TwoThatDifferInEverything_TakesTheStricterOfEach()
    {
        var one = Europe.Find("PLT", StorageContext.Storage)! with
        {
            SingleTolerance = Minutes(1), MergeGap = Minutes(20), MaxGap = Minutes(3), AirDelay = Minutes(40), LoadDelay = Minutes(5), UnknownLimit = Minutes(600),
            RedLow = Degrees(18), RedHigh = Degrees(26), OnBreach = RuleAction.Assess, OnExceeding = RuleAction.ProposeDiscard, Notes = "First.",
        };
        var other = one with
        {
            Product = "PLT_2", Name = new LocalName("Others", "Autres"), WarnLow = Degrees(21), WarnHigh = Degrees(23), RedLow = Degrees(19), RedHigh = Degrees(25),
            SingleTolerance = Minutes(10), MergeGap = Minutes(2), MaxGap = Minutes(30), AirDelay = Minutes(4), LoadDelay = Minutes(50), UnknownLimit = Minutes(60),
            OnBreach = RuleAction.Quarantine, OnExceeding = RuleAction.Use, Notes = "Second.", IsEnabled = false,
            Agitation = new AgitationRule(true, TimeSpan.FromHours(9), TimeSpan.FromHours(10), RuleAction.ProposeDiscard),
        };

        var rule = (Europe with { Rules = [one, other] }).Find(["PLT", "PLT_2"], StorageContext.Storage)!;

        (rule.WarnLow, rule.WarnHigh, rule.RedLow, rule.RedHigh).Should().Be((Degrees(21), Degrees(23), Degrees(19), Degrees(25)));
        (rule.SingleTolerance, rule.MergeGap, rule.MaxGap, rule.AirDelay, rule.LoadDelay, rule.UnknownLimit).Should().Be(
            (Minutes(1), Minutes(2), Minutes(3), Minutes(4), Minutes(5), Minutes(60)));
        rule.Agitation.Should().Be(new AgitationRule(true, TimeSpan.FromHours(8), TimeSpan.FromHours(10), RuleAction.ProposeDiscard));
        (rule.OnBreach, rule.OnExceeding, rule.IsEnabled).Should().Be((RuleAction.Quarantine, RuleAction.ProposeDiscard, false));
        (rule.Name, rule.Notes, rule.DecidedBy).Should().Be((new LocalName("Platelets + Others", "Concentré de plaquettes + Autres"), "PLT: First. PLT_2: Second.", "low PLT, high PLT"));
        (rule.Bands.Count, rule.ShelfLives.Count, rule.AirLimits).Should().Be((0, 0, null));
        rule.Figures.Select(figure => figure.Name).Should().Contain(["PLT agitation.required", "PLT_2 warning.low", "PLT_2 redLine.high"]);
    }

    [Fact]
    public void Find_OneThatIsNotAgitated_TakesTheOther()
    {
        var rule = Europe.Find(["WB_PLT_HOLD", "PLT"], StorageContext.Storage)!;
        (rule.Agitation?.Required, rule.Agitation?.MaxSingleStop).Should().Be((true, TimeSpan.FromHours(8)));
        Europe.Find(["RBC", "WB"], StorageContext.Storage)!.Agitation.Should().BeNull();
    }

    [Fact]
    public void Find_NoProduct_IsNone() => Europe.Find([], StorageContext.Storage).Should().BeNull();

    [Fact]
    public void Conflict_RangesThatOnlyTouch_CannotShare()
    {
        var rule = Europe.Find("RBC", StorageContext.Storage)!;
        RulePack.Conflict([rule, rule with { Product = "WARM", Low = Degrees(6), High = Degrees(8) }]).Should().Be("'WARM' is kept at 6 °C and warmer, and 'RBC' at 6 °C and colder");
        RulePack.Conflict([rule, rule with { Product = "WARM", Low = Degrees(5.999m), High = Degrees(8) }]).Should().BeNull();
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

    private static TimeSpan Minutes(int minutes) => TimeSpan.FromMinutes(minutes);

    private static Celsius Degrees(decimal degrees)
    {
        Celsius.TryFrom(degrees, out var celsius).Should().BeTrue();
        return celsius;
    }
}
