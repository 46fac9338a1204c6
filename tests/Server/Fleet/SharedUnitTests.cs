using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Server.Excursions;
using ColdChain.Server.Fleet;
using ColdChain.Tests.Shared;

namespace ColdChain.Server.Tests.Fleet;

/// <summary>A storage unit that several products share.</summary>
public sealed class SharedUnitTests
{
    private static readonly IReadOnlyList<RulePack> Packs = RulePackFolder.Read(Path.Combine(Repository.Root, "storage-rules"));

    [Fact]
    public void Products_Several_AreJudgedByTheStrictestAndCitedWithWhoseLimitsDecide()
    {
        var fleet = Read(FleetText.With("rules: eu-edqm\n        product: RBC", "rules: eu-edqm\n        products: [REAGENT, RBC]"));
        var unit = fleet.FindUnit(new StorageUnitId("fridge-1"))!;
        unit.History[0].Products.Should().Equal("REAGENT", "RBC");
        unit.History[0].Product.Should().Be("REAGENT+RBC");

        var rule = PlanBuilder.Build(fleet, Packs).Find(unit.Id)!.Probes[0].Judge.Spans[0].Rule;
        (rule.Low!.Value.Milli, rule.High!.Value.Milli, rule.WarnHigh!.Value.Milli, rule.Delay).Should().Be((2_000, 6_000, 5_500, TimeSpan.Zero));
        rule.Citation.Product.Should().Be("REAGENT+RBC (low REAGENT, high RBC)");
    }

    [Fact]
    public void AirProbe_OfARuleWithAirLimits_IsJudgedByThoseAndNotByTheProductsWarnings()
    {
        var fleet = Read(FleetText.Sound.Replace("rules: eu-edqm\n        product: RBC", "rules: uk-jpac\n        product: RBC", StringComparison.Ordinal));
        var probes = PlanBuilder.Build(fleet, Packs).Find(new StorageUnitId("fridge-1"))!.Probes;
        var (load, air) = (probes.First(probe => probe.Role == ProbeRole.Load).Judge.Spans[0].Rule, probes.First(probe => probe.Role == ProbeRole.Air).Judge.Spans[0].Rule);
        (load.High!.Value.Milli, load.WarnHigh!.Value.Milli, load.Delay).Should().Be((6_000, 5_500, TimeSpan.Zero));
        (air.Low!.Value.Milli, air.High!.Value.Milli, air.WarnHigh, air.Delay).Should().Be((2_000, 8_000, null, TimeSpan.FromMinutes(10)));
    }

    [Fact]
    public void Change_OfOneAmongSeveralProducts_IsJudgedAgainFromThereOn()
    {
        var before = Read(FleetText.With("rules: eu-edqm\n        product: RBC", "rules: eu-edqm\n        products: [RBC, REAGENT]"));
        var after = Read(FleetText.With("rules: eu-edqm\n        product: RBC", "rules: eu-edqm\n        products: [RBC, SAMPLE]"));
        FleetChange.Between(before, after).Should().ContainSingle().Which.From.Should().Be(before.Units[0].History[0].From);
        FleetChange.Between(before, before).Should().BeEmpty();
    }

    /// <summary>What stands for the product of incubator 1 (line 39), and the error.</summary>
    [Theory]
    [InlineData("products: [PLT, RBC]", "line 39: storage unit 'incubator-1' names products that cannot share it: 'PLT' is kept at 20 °C and warmer, and 'RBC' at 6 °C and colder. Keep them in storage units of their own.")]
    [InlineData("products: [PLT, GRAN]", "line 39: storage unit 'incubator-1' names products that cannot share it: 'PLT' must be agitated, and 'GRAN' must not be. Keep them in storage units of their own.")]
    [InlineData("products: [PLT, WINE]", "line 39: storage unit 'incubator-1' names the product 'WINE', which rule pack 'eu-edqm' does not have. Write one of: ")]
    [InlineData("products: []", "line 41: storage unit 'incubator-1' period 1 has no product in 'products'. Write each product once.")]
    [InlineData("products: [PLT, PLT]", "line 41: storage unit 'incubator-1' period 1 names a product twice in 'products'. Write each product once.")]
    [InlineData("products: PLT", "line 41: storage unit 'incubator-1' period 1 has 'products' that is not a list. Write a product of the rule pack, such as RBC; or several that share it, as 'products: [RBC, REAGENT]'.")]
    [InlineData("product: PLT\n        products: [PLT]", "line 41: storage unit 'incubator-1' period 1 has both 'product' and 'products'. Keep one of the two.")]
    public void Products_ThatCannotBeMeant_AreRefused(string products, string expected)
    {
        FleetReader.TryRead(FleetText.With("product: PLT", products), RulePackFolder.ByKey(Packs), out _, out var errors).Should().BeFalse();
        errors.Should().ContainSingle().Which.ToString().Should().StartWith(expected);
    }

    [Fact]
    public void Rule_ThatIsOffOrHasNoLimits_IsRefused()
    {
        Error("rules: us-aabb-fda\n        product: PLT_CSP").Should().Be(
            "line 39: storage unit 'incubator-1' names the product 'PLT_CSP', which rule pack 'us-aabb-fda' has switched off. Name an overlay of the pack that switches it on, with its reason, or another product.");
        Error("rules: uk-jpac\n        product: RBC\n        context: bench").Should().Be(
            "line 39: storage unit 'incubator-1' names the context 'bench', in which 'RBC' of rule pack 'uk-jpac' has no limits of temperature. Write storage or transport: nothing can be judged by a rule without limits.");
    }

    private static string Error(string rule)
    {
        var withContext = rule.Contains("context", StringComparison.Ordinal) ? rule : $"{rule}\n        context: storage";
        FleetReader.TryRead(
            FleetText.With("rules: eu-edqm\n        product: PLT\n        context: storage", withContext), RulePackFolder.ByKey(Packs), out _, out var errors).Should().BeFalse();
        return errors.Should().ContainSingle().Subject.ToString();
    }

    private static FleetHistory Read(string text) =>
        FleetReader.TryRead(text, RulePackFolder.ByKey(Packs), out var fleet, out var errors) ? fleet : throw new FormatException(string.Join('\n', errors));
}
