using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Server.Fleet;

namespace ColdChain.Server.Tests.Fleet;

public sealed class ProbeRulesTests
{
    private static readonly IReadOnlyList<RulePack> Shipped = RulePackFolder.Read(RulePackFolder.Default);

    /// <summary>Ph. Eur. 0853 and 21 CFR 640.76: what may be used after 72 hours; the second says "colder than −5 °C".</summary>
    [Theory]
    [InlineData("eu-edqm", "PFF", 72, -5_000)]
    [InlineData("us-aabb-fda", "SRC_PLASMA", 72, -5_001)]
    public void Tolerance_OfWhatMayBeUsedAfterIt_EndsWhereASingleVisitIsForbidden(string pack, string product, int hours, int warmest)
    {
        var rule = Of(pack, product);

        rule.Tolerance.Should().Be(TimeSpan.FromHours(hours));
        rule.ToleratedHigh.Should().Be(Celsius.FromMilli(warmest));
        rule.ToleratedLow.Should().BeNull();
    }

    [Fact]
    public void Tolerance_OfEverythingElseInStore_IsNone()
    {
        var tolerant =
            from pack in Shipped
            from rule in pack.Rules
            where rule.Context == StorageContext.Storage && rule.HasLimits && ProbeRules.Of(pack, rule, ProbeRole.Load).Tolerance > TimeSpan.Zero
            select $"{pack.Id} {rule.Product}";

        tolerant.Should().BeEquivalentTo("canary CANARY", "eu-edqm PFF", "ma PFF", "us-aabb-fda SRC_PLASMA");
    }

    private static ProbeRule Of(string id, string product)
    {
        var pack = Shipped.First(pack => pack.Id == id);
        return ProbeRules.Of(pack, pack.Rules.First(rule => rule.Product == product && rule.Context == StorageContext.Storage), ProbeRole.Load);
    }
}
