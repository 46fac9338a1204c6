using System.Globalization;
using System.Security.Cryptography;
using ColdChain.Core.Readings;
using ColdChain.Core.Rules;

namespace ColdChain.Core.Tests.Rules;

/// <summary>The shipped European pack, figure by figure.</summary>
public class EuEdqmTests
{
    private static readonly byte[] Json = RepositoryFile.Read("storage-rules/eu-edqm.json");

    private static readonly RulePack Pack = Read();

    /// <summary>Product and context with limits, warnings, red lines; "-" for none.</summary>
    [Theory]
    [InlineData("WB", StorageContext.Storage, "2 6 2.5 5.5 1 10")]
    [InlineData("RBC", StorageContext.Storage, "2 6 2.5 5.5 1 10")]
    [InlineData("RBC_WASHED", StorageContext.Storage, "2 6 2.5 5.5 1 10")]
    [InlineData("RBC_IRR", StorageContext.Storage, "2 6 2.5 5.5 1 10")]
    [InlineData("WB", StorageContext.Transport, "2 10 - 9 1 10")]
    [InlineData("RBC", StorageContext.Transport, "2 10 - 9 1 10")]
    [InlineData("WB_PLT_HOLD", StorageContext.Storage, "20 24 20.5 23.5 - -")]
    [InlineData("RBC_CRYO_HG", StorageContext.Storage, "- -60 - -65 - -")]
    [InlineData("RBC_CRYO_LN2", StorageContext.Storage, "- -140 - -145 - -")]
    [InlineData("RBC_THAWED", StorageContext.Storage, "2 6 2.5 5.5 - -")]
    [InlineData("PLT", StorageContext.Storage, "20 24 20.5 23.5 18 26")]
    [InlineData("PLT", StorageContext.Transport, "18 26 20 24 18 26")]
    [InlineData("GRAN", StorageContext.Storage, "20 24 20.5 23.5 - -")]
    [InlineData("FFP_A", StorageContext.Storage, "- -25 - -27 - -10")]
    [InlineData("CRYO_A", StorageContext.Storage, "- -25 - -27 - -10")]
    [InlineData("FFP_A", StorageContext.Transport, "- -10 - - - -10")]
    [InlineData("CRYO_A", StorageContext.Transport, "- -10 - - - -10")]
    [InlineData("FFP_B", StorageContext.Storage, "- -18 - -20 - -")]
    [InlineData("CRYO_B", StorageContext.Storage, "- -18 - -20 - -")]
    [InlineData("PLASMA_THAWED", StorageContext.Storage, "2 6 2.5 5.5 - -")]
    [InlineData("CRYO_THAWED", StorageContext.Storage, "20 24 20.5 23.5 - -")]
    [InlineData("PFF", StorageContext.Storage, "- -20 - -22 - -5")]
    [InlineData("PLT_CRYO", StorageContext.Storage, "- -80 - - - -")]
    [InlineData("REAGENT", StorageContext.Storage, "2 8 2.5 7.5 - -")]
    [InlineData("SAMPLE", StorageContext.Storage, "2 8 2.5 7.5 - -")]
    public void Find_EachProduct_HasItsLimits(string product, StorageContext context, string expected)
    {
        var rule = Pack.Find(product, context)!;
        Celsius?[] limits = [rule.Low, rule.High, rule.WarnLow, rule.WarnHigh, rule.RedLow, rule.RedHigh];
        string.Join(' ', limits.Select(limit => limit?.ToString() ?? "-")).Should().Be(expected);
    }

    [Fact]
    public void Rules_AreThoseListedAbove_AndNoMore() => Pack.Rules.Should().HaveCount(25);

    /// <summary>Minutes: air delay, load delay, single tolerance; the gap and the unknown limit are the pack's.</summary>
    [Theory]
    [InlineData("RBC", 10, 0, 0)]
    [InlineData("PLT", 10, 0, 0)]
    [InlineData("FFP_A", 15, 0, 0)]
    [InlineData("PFF", 15, 0, 72 * 60)]
    [InlineData("REAGENT", 15, 5, 30)]
    public void Find_EachKindOfProduct_HasItsDelays(string product, int air, int load, int tolerated)
    {
        var rule = Pack.Find(product, StorageContext.Storage)!;
        var minutes = new[] { rule.AirDelay, rule.LoadDelay, rule.SingleTolerance, rule.MaxGap, rule.UnknownLimit }.Select(time => time.TotalMinutes);
        minutes.Should().Equal(air, load, tolerated, 15, 240);
    }

    [Fact]
    public void Bands_PlateletTransport_CountsBothSidesTogether()
    {
        var band = Pack.Find("PLT", StorageContext.Transport)!.Bands.Should().ContainSingle().Subject;
        band.MaxCumulative.Should().Be(TimeSpan.FromHours(2));
        band.Window.Should().Be(ExposureWindow.Leg);
        string[] counted = ["18", "19.999", "24.001", "26"];
        string[] free = ["17.999", "20", "24", "26.001"];
        counted.Should().OnlyContain(degrees => band.Ranges.Any(range => range.Contains(Degrees(degrees))));
        free.Should().NotContain(degrees => band.Ranges.Any(range => range.Contains(Degrees(degrees))));
    }

    [Fact]
    public void Bands_PlasmaForFractionation_AreTheThreeConditions()
    {
        var rule = Pack.Find("PFF", StorageContext.Storage)!;
        rule.Bands.Select(band => (band.Ranges[0].From!.Value.Milli, band.MaxCumulative?.TotalHours, band.MaxCount)).Should().Equal(
            (-19_999, 72.0, null), (-14_999, null, 1));
        rule.RedHigh.Should().Be(Degrees("-5"));
    }

    [Fact]
    public void Agitation_Platelets_StopsAreLimited() =>
        Pack.Find("PLT", StorageContext.Storage)!.Agitation.Should().Be(new AgitationRule(true, TimeSpan.FromHours(8), TimeSpan.FromHours(24), RuleAction.Quarantine));

    [Fact]
    public void Figures_EveryNumber_StatesWhereItComesFrom()
    {
        Pack.Rules.SelectMany(rule => rule.Figures).Should().OnlyContain(figure => figure.Source.Length > 10);
        Pack.Find("RBC", StorageContext.Storage)!.Figures.Should().ContainEquivalentOf(
            new Figure("limits.high", 6, "Commission Directive 2004/33/EC, Annex IV", FigureStatus.Verified));
        Pack.Find("FFP_A", StorageContext.Storage)!.Figures.Select(figure => figure.Name).Should()
            .Contain("airDelaySeconds").And.Contain("defaults.maxGapSeconds").And.NotContain("defaults.airDelaySeconds");
    }

    [Fact]
    public void HasUnverified_OnlyProductsWithRememberedFigures_SaySo() =>
        Pack.Rules.Where(rule => rule.HasUnverified).Select(rule => rule.Product).Should().Equal(
            "RBC_IRR", "RBC_CRYO_HG", "RBC_CRYO_LN2", "RBC_THAWED", "GRAN", "CRYO_THAWED", "PFF", "PLT_CRYO");

    [Fact]
    public void Hash_IsThatOfTheFile() => Pack.Hash.Should().Be(Convert.ToHexStringLower(SHA256.HashData(Json)));

    private static Celsius Degrees(string text)
    {
        Celsius.TryFrom(decimal.Parse(text, CultureInfo.InvariantCulture), out var value).Should().BeTrue();
        return value;
    }

    private static RulePack Read()
    {
        RulePackReader.TryRead(Json, out var pack, out var errors).Should().BeTrue(string.Join('\n', errors));
        return pack;
    }
}
