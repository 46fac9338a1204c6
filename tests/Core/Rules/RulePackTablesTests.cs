using ColdChain.Core.Rules;

namespace ColdChain.Core.Tests.Rules;

/// <summary>
/// The tables of the five packs, written here from the texts and not from the files: code, limits, warnings, red lines, allowances, agitation,
/// delays (air/load), shelf lives and actions, each figure with how far it can be relied on. Bounds that a text excludes are a thousandth inside.
/// </summary>
public class RulePackTablesTests
{
    private const string Europe = """
        WB storage: limits 2V..6V warning 2.5E..5.5E redLine 1V..10V delay 10m/0m life 28dV 49dV Q>D
        RBC storage: limits 2V..6V warning 2.5E..5.5E redLine 1V..10V delay 10m/0m life 28dV 49dV 42dV 24hV Q>D
        RBC_WASHED storage: limits 2V..6V warning 2.5E..5.5E redLine 1V..10V delay 10m/0m life 24hV 10dV Q>D
        RBC_IRR storage: limits 2V..6V warning 2.5E..5.5E redLine 1V..10V delay 10m/0m life 14dM 28dM Q>D
        WB transport: limits 2V..10V warning ..9E redLine 1V..10V [6.001..10 total 24hV leg Q] delay 10m/0m Q>D
        RBC transport: limits 2V..10V warning ..9E redLine 1V..10V [6.001..10 total 24hV leg Q] delay 10m/0m Q>D
        WB_PLT_HOLD storage: limits 20V..24V warning 20.5E..23.5E [any total 24hV lifetime A] delay 10m/0m A>A
        RBC_CRYO_HG storage: limits ..-60M warning ..-65E delay 15m/0m life 10950dV Q>Q
        RBC_CRYO_LN2 storage: limits ..-140M warning ..-145E delay 15m/0m life 10950dV Q>Q
        RBC_THAWED storage: limits 2M..6M warning 2.5E..5.5E delay 10m/0m life 24hV 7dV Q>Q
        PLT storage: limits 20V..24V warning 20.5E..23.5E redLine 18E..26E [agitation onV single 8hV total 24hV Q] delay 10m/0m life 5dV 7dV 6hV Q>D
        PLT transport: limits 18V..26V warning 20E..24E redLine 18V..26V [18..19.999+24.001..26 total 2hV leg Q] delay 10m/0m Q>D
        GRAN storage: limits 20V..24V warning 20.5E..23.5E [agitation offM Q] delay 10m/0m life 24hV Q>Q
        FFP_A storage: limits ..-25V warning ..-27E redLine ..-10E delay 15m/0m life 1095dV A>D
        FFP_A transport: limits ..-10V redLine ..-10V [-24.999..-10 total 2dV leg A] delay 15m/0m A>D
        CRYO_A storage: limits ..-25V warning ..-27E redLine ..-10E delay 15m/0m life 1095dV A>D
        CRYO_A transport: limits ..-10V redLine ..-10V [-24.999..-10 total 2dV leg A] delay 15m/0m A>D
        FFP_B storage: limits ..-18V warning ..-20E delay 15m/0m life 90dV Q>Q
        CRYO_B storage: limits ..-18V warning ..-20E delay 15m/0m life 90dV Q>Q
        PLASMA_THAWED storage: limits 2V..6V warning 2.5E..5.5E delay 10m/0m life 24hV 5dV Q>D
        CRYO_THAWED storage: limits 20M..24M warning 20.5E..23.5E delay 10m/0m life 4hV 6hM Q>D
        PFF storage: limits ..-20M warning ..-22E redLine ..-5M single 3dM [-19.999.. total 3dM lifetime D] [-14.999.. count 1M lifetime D] delay 15m/0m U>D
        PLT_CRYO storage: limits ..-80M delay 15m/0m life 730dV 365dV Q>Q
        REAGENT storage: limits 2V..8V warning 2.5E..7.5E single 30mE delay 15m/5m A>A
        SAMPLE storage: limits 2V..8V warning 2.5E..7.5E single 30mE delay 15m/5m A>A
        """;

    private const string UnitedStates = """
        WB storage: limits 1V..6V warning 1.5V..5.5V redLine 0.001E..10E delay 10m/0m life 21dV 35dV Q>D
        RBC storage: limits 1V..6V warning 1.5V..5.5V redLine 0.001E..10E delay 10m/0m life 42dV 24hV Q>D
        RBC_WASHED storage: limits 1V..6V warning 1.5V..5.5V redLine 0.001E..10E delay 10m/0m life 24hV Q>D
        RBC_IRR storage: limits 1V..6V warning 1.5V..5.5V redLine 0.001E..10E delay 10m/0m life 28dV Q>D
        WB transport: limits 1V..10V warning ..9.5E delay 10m/0m Q>Q
        RBC transport: limits 1V..10V warning ..9.5E delay 10m/0m Q>Q
        RBC_CRYO storage: limits ..-65V warning ..-70E delay 15m/0m life 3650dV Q>Q
        RBC_DEGLYC storage: limits 1V..6V warning 1.5E..5.5E delay 10m/0m life 24hV 14dV Q>Q
        PLT storage: limits 20V..24V warning 20.5E..23.5E [agitation onM total 24hM Q] delay 10m/0m life 5dV 7dV Q>Q
        PLT_CSP storage off: limits 1V..6V warning 1.5E..5.5E delay 10m/0m life 14dM Q>Q
        GRAN storage: limits 20V..24V warning 20.5E..23.5E [agitation offM Q] delay 10m/0m life 24hM Q>Q
        CRYO_THAWED storage: limits 20V..24V warning 20.5E..23.5E delay 10m/0m life 6hM 4hM Q>D
        FFP storage: limits ..-18V warning ..-20E delay 15m/0m life 365dV Q>D
        PF24 storage: limits ..-18V warning ..-20E delay 15m/0m life 365dV Q>D
        PF24RT24 storage: limits ..-18V warning ..-20E delay 15m/0m life 365dV Q>D
        CRYO storage: limits ..-18V warning ..-20E delay 15m/0m life 365dV Q>D
        PCR storage: limits ..-18V warning ..-20E delay 15m/0m life 365dV Q>D
        PLASMA_LIQ storage: limits 1V..6V warning 1.5E..5.5E delay 10m/0m life 5dV Q>Q
        THAWED_PLASMA storage: limits 1V..6V warning 1.5E..5.5E delay 10m/0m life 24hV 5dM Q>Q
        SRC_PLASMA storage: limits ..-20V warning ..-22E redLine ..9.999V single 3dV [-19.999..-5.001 single 3dV count 1V lifetime A] [-5.. count 0V lifetime A] delay 15m/0m life 3650dV U>A
        ROOM_OPEN storage: limits 20V..24V delay 10m/0m gap 4hV A>A
        """;

    private const string UnitedKingdom = """
        WB storage: limits 2V..6V airLimits 2V..8V warning 2.5E..5.5E redLine 1V..10V single 5hV [1..1.999+6.001..10 single 5hV count 1V lifetime D] delay 10m/0m life 28dV 49dV Q>D
        RBC storage: limits 2V..6V airLimits 2V..8V warning 2.5E..5.5E redLine 1V..10V single 5hV [1..1.999+6.001..10 single 5hV count 1V lifetime D] delay 10m/0m life 35dV Q>D
        RBC transport: limits 2V..10V warning ..9.5E [any single 12hV leg Q] delay 10m/0m Q>Q
        RBC bench: [any single 30mM warn 25mE lifetime Q for 6hM] [any count 3M over 30mM lifetime D] [any single 1hM lifetime D] delay 10m/0m U>D
        PLT storage: limits 20V..24V warning 20.5E..23.5E [agitation onV single 8hV total 24hV D] delay 10m/0m life 5dV 7dV Q>D
        FFP storage: limits ..-25V warning ..-27E delay 15m/0m life 1095dM Q>Q
        CRYO storage: limits ..-25V warning ..-27E delay 15m/0m life 1095dM Q>Q
        PLASMA_THAWED storage: limits 2V..6V warning 2.5E..5.5E delay 10m/0m life 24hV 5dV D>D
        PLASMA_THAWED bench: [any single 30mV lifetime D] delay 10m/0m U>D
        CRYO_THAWED storage: limits 20V..24V delay 10m/0m life 4hV D>D
        GRAN storage: limits 20V..24V [agitation offM Q] delay 10m/0m life 24hV Q>Q
        """;

    private const string WorldHealthOrganization = """
        WB storage: limits 2M..6M warning 2.5E..5.5E redLine 1V..10V delay 10m/0m Q>D
        RBC storage: limits 2M..6M warning 2.5E..5.5E redLine 1V..10V delay 10m/0m Q>D
        WB transport: limits 2V..10V redLine 1V..10V [any single 24hV leg Q] delay 10m/0m Q>D
        RBC transport: limits 2V..10V redLine 1V..10V [any single 24hV leg Q] delay 10m/0m Q>D
        WB bench: [any single 30mM lifetime Q] delay 10m/0m U>Q
        RBC bench: [any single 30mM lifetime Q] delay 10m/0m U>Q
        PLT storage: limits 20V..24V warning 20.5E..23.5E [agitation onV Q] delay 10m/0m Q>Q
        PLT transport: limits 20V..24V warning 20.5E..23.5E [agitation onM total 24hM Q] delay 10m/0m Q>Q
        FFP storage: limits ..-20M warning ..-33E delay 15m/0m A>A
        CRYO storage: limits ..-20M warning ..-33E delay 15m/0m A>A
        WB_PLT_HOLD storage: limits 20V..24V [any total 24hV lifetime A] delay 10m/0m A>A
        PFF storage: limits ..-20M warning ..-22E delay 15m/0m Q>Q
        """;

    /// <summary>What Morocco says otherwise; all else is the European table.</summary>
    private const string Morocco = """
        RBC storage: limits 2V..6V warning 2.5E..5.5E redLine 1V..10V delay 10m/0m life 42dV Q>D
        PLT storage: limits 20V..24V warning 20.5E..23.5E redLine 18E..26E [agitation onV single 8hV total 24hV Q] delay 10m/0m life 7dV Q>D
        FFP_A storage: limits ..-25V warning ..-27E redLine ..-10E delay 15m/0m life 365dV A>D
        """;

    [Theory]
    [InlineData("eu-edqm", Europe)]
    [InlineData("us-aabb-fda", UnitedStates)]
    [InlineData("uk-jpac", UnitedKingdom)]
    [InlineData("who", WorldHealthOrganization)]
    public void Rules_OfEachPack_AreThoseOfItsTable(string id, string table) =>
        ShippedPack.Read(id).Rules.Select(RuleRow.Of).Should().BeEquivalentTo(table.Split('\n'));

    [Fact]
    public void Rules_OfMorocco_AreTheEuropeanOnesButForWhatItSays()
    {
        var own = Morocco.Split('\n');
        var expected = Europe.Split('\n').Select(row => own.FirstOrDefault(line => Key(line) == Key(row)) ?? row);
        ShippedPack.Read("ma").Rules.Select(RuleRow.Of).Should().BeEquivalentTo(expected);

        static string Key(string row) => row[..row.IndexOf(':', StringComparison.Ordinal)];
    }

    [Fact]
    public void Defaults_OfEveryPack_AreTheCommonOnes()
    {
        foreach (var pack in ShippedPack.Ids.Select(ShippedPack.Read))
        {
            pack.SampleEvery.Should().Be(TimeSpan.FromMinutes(5));
            pack.Rules.Should().OnlyContain(rule => rule.UnknownLimit == TimeSpan.FromHours(4) && rule.MergeGap == TimeSpan.FromMinutes(15));
            pack.Rules[0].Figures.Single(figure => figure.Name == "defaults.mergeSeconds").Status.Should().Be(FigureStatus.EngineeringDefault);
            pack.Rules.SelectMany(rule => rule.Figures).Should().OnlyContain(figure => figure.Source.Length > 8);
        }
    }

    [Fact]
    public void Status_OfEveryPack_SaysThatItIsADraft() =>
        ShippedPack.Ids.Select(id => ShippedPack.Read(id).Status).Should().OnlyContain(status => status.StartsWith("draft", StringComparison.Ordinal) && status.Contains("to be ratified"));
}
