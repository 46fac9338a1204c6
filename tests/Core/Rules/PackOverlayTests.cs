using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ColdChain.Core.Rules;

namespace ColdChain.Core.Tests.Rules;

/// <summary>An overlay is its own statements over its base: nothing of the base is lost, and nothing of it changes unseen.</summary>
public class PackOverlayTests
{
    private static readonly byte[] Europe = ShippedPack.Bytes("eu-edqm");

    [Fact]
    public void Hash_IsOfTheOverlayFollowedByItsBase_SoAChangedBaseIsAnotherOverlay()
    {
        var own = Overlay();
        var pack = Read(own, Europe);
        pack.Hash.Should().Be(Convert.ToHexStringLower(SHA256.HashData([.. own, .. Europe])));
        Read(own, [.. Europe, (byte)'\n']).Hash.Should().NotBe(pack.Hash);
        Read([.. own, (byte)' '], Europe).Hash.Should().NotBe(pack.Hash);
    }

    [Fact]
    public void Read_ShippedMorocco_KeepsItsOwnStatusAndNamesItsBase()
    {
        var pack = ShippedPack.Read("ma");
        (pack.Id, pack.Version, pack.Status).Should().Be(("ma", "2026.1", "draft, to be ratified by AMSD"));
        (pack.Base!.Id, pack.Base.Hash).Should().Be(("eu-edqm", ShippedPack.Read("eu-edqm").Hash));
        pack.Find("RBC", StorageContext.Storage)!.Name.Should().Be(new LocalName("Red cells", "Culot globulaire"));
    }

    [Fact]
    public void Read_SingleFigure_ReplacesItWithSourceAndStatus_AndNothingElse()
    {
        var rule = Read(
            Overlay("""{"product":"RBC","context":"storage","limits":{"high":{"value":5,"source":"own","status":"from-memory"}},"warning":{"high":{"value":4.5,"source":"engineering","status":"engineering-default"}}}"""),
            Europe).Find("RBC", StorageContext.Storage)!;
        var basis = ShippedPack.Read("eu-edqm").Find("RBC", StorageContext.Storage)!;
        rule.High!.Value.Milli.Should().Be(5_000);
        rule.Figures.Single(figure => figure.Name == "limits.high").Should().Be(new Figure("limits.high", 5, "A text of our own", FigureStatus.FromMemory));
        (rule.Low, rule.WarnLow, rule.RedLow, rule.RedHigh, rule.OnBreach, rule.Notes).Should().Be((basis.Low, basis.WarnLow, basis.RedLow, basis.RedHigh, basis.OnBreach, basis.Notes));
        rule.ShelfLives.Should().Equal(basis.ShelfLives);
    }

    [Fact]
    public void Read_RuleThatIsOff_CanBeSwitchedOn()
    {
        var own = Overlay("""{"product":"PLT_CSP","context":"storage","enabled":true}""", basis: "us-aabb-fda");
        Read(own, ShippedPack.Bytes("us-aabb-fda")).Find("PLT_CSP", StorageContext.Storage)!.IsEnabled.Should().BeTrue();
        ShippedPack.Read("us-aabb-fda").Find("PLT_CSP", StorageContext.Storage)!.IsEnabled.Should().BeFalse();
    }

    [Fact]
    public void Read_NewProduct_IsAdded()
    {
        var pack = Read(
            Overlay("""{"product":"SERUM","name":{"en":"Serum","fr":"Sérum"},"context":"storage","limits":{"high":{"value":-20,"source":"own","status":"verified"}},"action":{"onBreach":"assess","onExceeding":"assess"}}"""),
            Europe);
        pack.Rules.Should().HaveCount(26);
        pack.Find("SERUM", StorageContext.Storage)!.AirDelay.Should().Be(TimeSpan.FromMinutes(10));
    }

    [Fact]
    public void Read_OverlayOfAnOverlay_IsTheThirdLayer()
    {
        byte[] below = [.. ShippedPack.Bytes("ma"), .. Europe];
        var pack = Read(Overlay("""{"product":"RBC","context":"storage","notes":"Ours."}""", basis: "ma"), below);
        pack.Base!.Base!.Id.Should().Be("eu-edqm");
        var rule = pack.Find("RBC", StorageContext.Storage)!;
        (rule.Notes, rule.Name.Fr, rule.High!.Value.Milli).Should().Be(("Ours.", "Culot globulaire", 6_000));
    }

    [Fact]
    public void Read_BaseWithOneDefaultChanged_ChangesTheOverlay()
    {
        var basis = JsonNode.Parse(Europe)!;
        basis["defaults"]!["maxGapSeconds"]!["value"] = 600;
        Read(Overlay(), Encoding.UTF8.GetBytes(basis.ToJsonString())).Find("RBC", StorageContext.Storage)!.MaxGap.Should().Be(TimeSpan.FromMinutes(10));
    }

    /// <summary>A product of the overlay, and the error.</summary>
    [Theory]
    [InlineData("""{"product":"RBC","context":"storage","limits":{"high":{"value":8}}}""", "RBC (storage): limits.high.source is missing or not a text; write a text in quotes")]
    [InlineData("""{"product":"RBC","context":"storage","limits":{"hihg":{"value":8}}}""", "RBC (storage): limits.hihg is not a known key; remove it, or correct it to one of: high, low")]
    [InlineData("""{"product":"RBX","context":"storage"}""", "RBX (storage): action is missing; add it")]
    [InlineData("""{"product":"RBC","context":"storage","warning":{"high":{"value":7,"source":"own","status":"verified"}}}""", "RBC (storage): warning.high is 7, outside the limits 2..6; place it within them, so that it warns before")]
    [InlineData("""{"product":"RBC","context":"storage"},{"product":"RBC","context":"storage"}""", "RBC (storage): product has two rules for one context; keep one of them")]
    public void TryRead_BadStatement_NamesProductKeyReasonAndCure(string product, string expected) =>
        Errors([.. Overlay(product), .. Europe]).Should().Contain(expected);

    [Fact]
    public void TryRead_SourceOfTheBaseWithAnotherText_IsRefused() =>
        Errors([.. Overlay(sources: """{"edqm":"Something else"}"""), .. Europe]).Should().Contain("the rule pack: sources.edqm has another text than in 'eu-edqm'; give it a key of its own");

    [Fact]
    public void TryRead_WithoutItsBase_SaysWhichIsMissing() =>
        Errors(Overlay()).Should().Equal("the rule pack: extends is 'eu-edqm', which is not there or cannot be read; name a rule pack that lies beside it, or mend that");

    [Fact]
    public void TryRead_BehindAnotherPack_IsRefused() =>
        Errors([.. Overlay(), .. ShippedPack.Bytes("who")]).Should().Equal("the rule pack: extends is 'eu-edqm', and behind it stands 'who'; correct one of them");

    [Fact]
    public void TryRead_OwnVersionMissing_IsNotTakenFromTheBase()
    {
        var own = JsonNode.Parse(Overlay())!.AsObject();
        own.Remove("version");
        Errors([.. Encoding.UTF8.GetBytes(own.ToJsonString()), .. Europe]).Should().Equal("the rule pack: version is missing or not a text; write a text in quotes");
    }

    [Fact]
    public void TryRead_FiveLayers_AreTooMany()
    {
        var layers = Enumerable.Range(0, 4).Select(i => Overlay(id: $"layer{i}", basis: i == 3 ? "eu-edqm" : $"layer{i + 1}")).SelectMany(bytes => bytes);
        Errors([.. layers, .. Europe]).Should().Equal("the rule pack: extends is 'layer1', which has 1 errors; mend those first");
    }

    private static byte[] Overlay(string products = "", string basis = "eu-edqm", string id = "own", string sources = """{"own":"A text of our own"}""") => Encoding.UTF8.GetBytes(
        $$"""{"id":"{{id}}","extends":"{{basis}}","version":"1","effectiveFrom":"2026-11-26T00:00:00Z","name":{"en":"Own","fr":"Propre"},"status":"draft","sources":{{sources}},"products":[{{products}}]}""");

    private static RulePack Read(byte[] own, byte[] basis) => ShippedPack.Read([.. own, .. basis]);

    private static IReadOnlyList<string> Errors(byte[] json)
    {
        RulePackReader.TryRead(json, out var pack, out var errors).Should().BeFalse();
        pack.Should().BeNull();
        return errors;
    }
}
