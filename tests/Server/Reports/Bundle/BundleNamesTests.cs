using ColdChain.Server.Reports.Bundle;
using ColdChain.Server.Reports.Content;

namespace ColdChain.Server.Tests.Reports.Bundle;

public sealed class BundleNamesTests
{
    private static readonly CitedRuleContent Former = new("ma-blood", "1.9", new string('f', 64), "RBC", null, null);

    [Fact]
    public void RulePack_ThatAFindingRestsOn_IsInTheBundle_ThoughItIsNotInForceAnyMore()
    {
        var content = SampleReports.UsualExcursion().Content;
        var excursion = content.Excursion!; // The sample has one.

        Names(content).Should().NotContain("rules/ma-blood-1.9.json");
        Names(content with { Excursion = excursion with { Finding = excursion.Finding with { Rule = Former } } }).Should().Contain("rules/ma-blood-1.9.json");
        Names(content with { Excursion = excursion with { Versions = [excursion.Versions[0] with { Rule = Former }] } }).Should().Contain("rules/ma-blood-1.9.json");
        Names(content with { Excursion = excursion with { Finding = excursion.Finding with { Rule = Former with { Hash = "" } } } }).Should().Equal(Names(content), "what is cited without a hash names no pack");
    }

    [Fact]
    public void RulePack_ThatAFindingOfAPeriodRestsOn_IsInTheBundle()
    {
        var content = SampleReports.UnitPeriod().Content;
        var unit = content.Units[0];

        Names(content with { Units = [unit with { Findings = [.. unit.Findings.Select(finding => finding with { Rule = Former })] }] }).Should().Contain("rules/ma-blood-1.9.json");
    }

    private static IEnumerable<string> Names(ReportContent content) => BundleNames.RulesOf(content).Select(cited => cited.Name);
}
