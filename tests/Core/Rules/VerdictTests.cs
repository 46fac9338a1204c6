using ColdChain.Core.Rules;

namespace ColdChain.Core.Tests.Rules;

public class VerdictTests
{
    [Fact]
    public void Verdict_KnowsNoRelease()
    {
        Enum.GetNames<Verdict>().Should().Equal("Fine", "Warn", "Hold", "DiscardProposed");
        Enum.GetNames<Verdict>().Concat(Enum.GetNames<RuleAction>()).Should().NotContain(name => name.Contains("Release", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData(RuleAction.Use, Verdict.Warn)]
    [InlineData(RuleAction.Assess, Verdict.Hold)]
    [InlineData(RuleAction.Quarantine, Verdict.Hold)]
    [InlineData(RuleAction.ProposeDiscard, Verdict.DiscardProposed)]
    public void Of_EachAction_IsItsVerdict(RuleAction action, Verdict expected) => Verdicts.Of(action).Should().Be(expected);

    [Fact]
    public void By_Reason_CitesPackFiguresAndWhatIsUnverified()
    {
        var pack = ShippedPack.Read("eu-edqm");
        var rule = pack.Find("PFF", StorageContext.Storage)!;
        var reason = VerdictReason.By(Verdict.DiscardProposed, "It was above -15 °C twice.", pack, rule, "bands[1].maxCount", "mergeSeconds");
        (reason.Rule.Pack, reason.Rule.Version, reason.Rule.Hash, reason.Rule.Product).Should().Be(("eu-edqm", pack.Version, pack.Hash, "PFF"));
        reason.Figures.Select(figure => figure.Name).Should().Equal("bands[1].maxCount", "defaults.mergeSeconds");
        reason.IsUnverified.Should().BeTrue();
        VerdictReason.By(Verdict.Warn, "Near a limit.", pack, rule, "warning.high").IsUnverified.Should().BeFalse();
    }

    [Fact]
    public void Verdict_IsTheWorstReason_AndFineWithoutAny()
    {
        var reason = new VerdictReason(Verdict.Warn, "", Core.Excursions.RuleCitation.None, []);
        new ProductVerdict([]).Verdict.Should().Be(Verdict.Fine);
        new ProductVerdict([reason with { Verdict = Verdict.Hold }, reason]).Verdict.Should().Be(Verdict.Hold);
        new ProductVerdict([reason]).IsUnverified.Should().BeFalse();
    }

    [Fact]
    public void Verdict_ThatRestsOnARememberedFigureAnywhere_IsUnverified()
    {
        var (pack, rule) = (ShippedPack.Read("eu-edqm"), ShippedPack.Read("eu-edqm").Find("PFF", StorageContext.Storage)!);
        var (sure, remembered) = (VerdictReason.By(Verdict.Hold, "", pack, rule, "warning.high"), VerdictReason.By(Verdict.Warn, "", pack, rule, "limits.high"));
        new ProductVerdict([sure, remembered]).Should().BeEquivalentTo(new { Verdict = Verdict.Hold, IsUnverified = true });
        (rule.HasUnverified, pack.Find("WB", StorageContext.Storage)!.HasUnverified).Should().Be((true, false));
    }

    [Fact]
    public void Of_NoAction_IsABug() => ((Action)(() => Verdicts.Of((RuleAction)99))).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*without a verdict*");

    [Fact]
    public void By_AFigureThatTheRuleDoesNotHave_IsABug()
    {
        var pack = ShippedPack.Read("eu-edqm");
        ((Action)(() => VerdictReason.By(Verdict.Hold, "", pack, pack.Rules[0], "limits.middle"))).Should().Throw<InvalidOperationException>();
    }
}
