using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using ColdChain.Core.Rules;

namespace ColdChain.Core.Tests.Rules;

/// <summary>A bad pack is refused with all its errors; each names product, key, reason and cure.</summary>
public class RulePackErrorTests
{
    private static readonly byte[] Shipped = RepositoryFile.Read("storage-rules/eu-edqm.json");

    /// <summary>Path to a key of the shipped pack (products[1] is RBC in storage), what to write there (nothing: remove it), the error.</summary>
    [Theory]
    [InlineData("id", null, "the rule pack: id is missing or not a text; write a text in quotes")]
    [InlineData("id", "\"eu\\nedqm\"", "the rule pack: id holds a control character; write plain characters only")]
    [InlineData("effectiveFrom", "\"2026-\\u0007\"", "the rule pack: effectiveFrom is '2026-\uFFFD'; write a date and time")]
    [InlineData("effectiveFrom", "\"2026-11-01\"", "the rule pack: effectiveFrom is '2026-11-01'; write a date and time with its zone, such as 2026-11-01T00:00:00Z")]
    [InlineData("products", "[]", "the rule pack: products is missing or empty; add at least one product")]
    [InlineData("products", "{}", "the rule pack: products is an object, not an array; write an array in brackets")]
    [InlineData("defaults.maxGapSeconds", null, "the rule pack: defaults.maxGapSeconds is missing; add it with value, source and status")]
    [InlineData("defaults.airDelaySecond", "1", "the rule pack: defaults.airDelaySecond is not a known key; remove it, or correct it to one of: airDelaySeconds, ")]
    [InlineData("products[1]", "7", "products[1] is '7', not an object; write an object in braces")]
    [InlineData("products[1].product", null, "products[1]: product is missing or not a text; write a text in quotes")]
    [InlineData("products[1].context", "\"shelf\"", "RBC (shelf): context is 'shelf'; write one of: storage, transport, bench")]
    [InlineData("products[1].product", "\"WB\"", "WB (storage): product has two rules for one context; keep one of them")]
    [InlineData("products[1].name.fr", null, "RBC (storage): name.fr is missing or not a text; write a text in quotes")]
    [InlineData("products[1].limit", "{}", "RBC (storage): limit is not a known key; remove it, or correct it to one of: ")]
    [InlineData("products[1].limits.low.source", null, "RBC (storage): limits.low.source is missing or not a text; write a text in quotes")]
    [InlineData("products[1].limits.low.source", "\"x\"", "RBC (storage): limits.low.source is 'x', which the pack's sources do not have; add it to sources, or correct it")]
    [InlineData("products[1].limits.low.status", null, "RBC (storage): limits.low.status is missing or not a text; write a text in quotes")]
    [InlineData("products[1].limits.low.status", "\"sure\"", "RBC (storage): limits.low.status is 'sure'; write one of: from-memory, verified, engineering-default")]
    [InlineData("products[1].limits.low.value", null, "RBC (storage): limits.low.value is missing; write a number")]
    [InlineData("products[1].limits.low.value", "\"2\"", "RBC (storage): limits.low.value is a text, not a number; write a decimal number such as 2.5")]
    [InlineData("products[1].limits.low.value", "1e308", "RBC (storage): limits.low.value is '1e308', not a number; write a decimal number such as 2.5")]
    [InlineData("products[1].limits.low.value", "2.0005", "RBC (storage): limits.low.value is 2.0005; write degrees Celsius with at most three decimals, not colder than -273.15")]
    [InlineData("products[1].limits.low.value", "6", "RBC (storage): limits has low 6, which is not below high 6; exchange or correct them")]
    [InlineData("products[1].limits", "{}", "RBC (storage): limits has neither low nor high; state at least one")]
    [InlineData("products[1].warning.high.value", "6.5", "RBC (storage): warning.high is 6.5, outside the limits 2..6; place it within them, so that it warns before")]
    [InlineData("products[1].warning.low.value", "5.5", "RBC (storage): warning has low 5.5, which is not below high 5.5; exchange or correct them")]
    [InlineData("products[1].redLine.low.value", "3", "RBC (storage): redLine.low is 3, within the limits; place it at the lower limit or colder")]
    [InlineData("products[1].redLine.high.value", "5", "RBC (storage): redLine.high is 5, within the limits; place it at the upper limit or warmer")]
    [InlineData("products[1].shelfLife[0].seconds.value", "-1", "RBC (storage): shelfLife[0].seconds.value is -1; write seconds from 0 to 3155760000, at most three decimals")]
    [InlineData("products[1].shelfLife[0].seconds", null, "RBC (storage): shelfLife[0].seconds is missing; add it with value, source and status")]
    [InlineData("products[1].action", null, "RBC (storage): action is missing; add it")]
    [InlineData("products[1].action.onBreach", "\"release\"", "RBC (storage): action.onBreach is 'release'; write one of: quarantine, use, assess, propose-discard")]
    [InlineData("products[4].bands[0].source", null, "WB (transport): bands[0].source is missing or not a text; write a text in quotes")]
    [InlineData("products[4].bands[0].window", "\"day\"", "WB (transport): bands[0].window is 'day'; write one of: lifetime, leg, 24h")]
    [InlineData("products[4].bands[0].maxCumulativeSeconds", null, "WB (transport): bands[0] has no maximum; state maxSingleSeconds, maxCumulativeSeconds or maxCount")]
    [InlineData("products[4].bands[0].maxSingleSeconds", "90000", "WB (transport): bands[0] allows a longer single stay than in total; correct maxSingleSeconds or maxCumulativeSeconds")]
    [InlineData("products[4].bands[0].maxCount", "1.5", "WB (transport): bands[0].maxCount is 1.5; write a whole number from 0 to 1000")]
    [InlineData("products[4].bands[0].ranges[0].le", "6", "WB (transport): bands[0].ranges has a range that holds no temperature; exchange or correct its bounds")]
    [InlineData("products[4].bands[0].ranges[0].ge", "6", "WB (transport): bands[0].ranges[0].gt stands beside ge; keep one of them")]
    [InlineData("products[4].bands[0].ranges", "[{}]", "WB (transport): bands[0].ranges is missing or has a range without a bound; state gt or ge, lt or le")]
    [InlineData("products[10].agitation.required", "1", "PLT (storage): agitation.required is missing or not a yes or no; write true or false")]
    [InlineData("defaults.maxGapSeconds.value", "0", "RBC (storage): maxGapSeconds is 0, so no two samples would ever join; write how long the time between two samples may be")]
    [InlineData("defaults.unknownLimitSeconds.value", "60", "RBC (storage): unknownLimitSeconds is shorter than maxGapSeconds; make it at least as long")]
    [InlineData("effectiveTo", "\"2026-11-01T00:00:00Z\"", "the rule pack: effectiveTo is 2026-11-01T00:00:00.000Z, not after effectiveFrom; write a later instant, or leave it out")]
    [InlineData("products[1].airLimits", "{}", "RBC (storage): airLimits has low none and high none; state at least one, the low one below the high one")]
    [InlineData("products[1].enabled", "1", "RBC (storage): enabled is missing or not a yes or no; write true or false")]
    [InlineData("products[1].redLine.low.inclusive", "\"yes\"", "RBC (storage): redLine.low.inclusive is missing or not a yes or no; write true or false")]
    [InlineData("products[1].limits.low.inclusive", "true", "RBC (storage): limits.low.inclusive is not a known key; remove it, or correct it to one of: ")]
    [InlineData("products[4].bands[0].anyTemperature", "true", "WB (transport): bands[0].ranges stands beside anyTemperature; keep one of them")]
    [InlineData("products[6].bands[0].anyTemperature", "false", "WB_PLT_HOLD (storage): bands[0].anyTemperature is false; write true, or remove it and state ranges")]
    [InlineData("products[6].bands[0].anyTemperature", null, "WB_PLT_HOLD (storage): bands[0].ranges is missing or has a range without a bound; state gt or ge, lt or le")]
    [InlineData("products[4].bands[0].countsOverSeconds", "60", "WB (transport): bands[0].countsOverSeconds stands without maxCount; write how many such stays there may be")]
    [InlineData("products[4].bands[0].onExceeding", "\"release\"", "WB (transport): bands[0].onExceeding is 'release'; write one of: quarantine, use, assess, propose-discard")]
    [InlineData("products[4].bands[0].warnSingleSeconds", "{\"value\":60,\"source\":\"gi03\",\"status\":\"verified\"}", "WB (transport): bands[0].warnSingleSeconds is not below a maxSingleSeconds; write a shorter time, or the maximum that it warns of")]
    [InlineData("products[8].bands", "[{\"anyTemperature\":true,\"maxCumulativeSeconds\":86401,\"window\":\"24h\",\"source\":\"gi03\",\"status\":\"verified\"}]", "RBC_CRYO_LN2 (storage): bands[0] allows more than 24 hours within any 24 hours; correct the maximum, or the window")]
    [InlineData("products[8].limits", null, "RBC_CRYO_LN2 (storage): limits has neither low nor high; state at least one")]
    [InlineData("products[13].bands", "[{\"anyTemperature\":true,\"maxSingleSeconds\":60,\"quarantineSeconds\":60,\"window\":\"leg\",\"source\":\"gi03\",\"status\":\"verified\"}]", "FFP_A (storage): bands[0].quarantineSeconds stands beside another action than quarantine; write onExceeding quarantine, or remove it")]
    [InlineData("products[1].shelfLife[0].seconds.value", "3155760000.001", "RBC (storage): shelfLife[0].seconds.value is 3155760000.001; write seconds from 0 to 3155760000, at most three decimals")]
    [InlineData("products[1].shelfLife[0].seconds.value", "0.0005", "RBC (storage): shelfLife[0].seconds.value is 0.0005; write seconds from 0 to 3155760000, at most three decimals")]
    [InlineData("products[1].limits.low.value", "-273.151", "RBC (storage): limits.low.value is -273.151; write degrees Celsius with at most three decimals, not colder than -273.15")]
    [InlineData("products[4].bands[0].maxCount", "1001", "WB (transport): bands[0].maxCount is 1001; write a whole number from 0 to 1000")]
    [InlineData("products[4].bands[0].maxCount", "-1", "WB (transport): bands[0].maxCount is -1; write a whole number from 0 to 1000")]
    [InlineData("products[4].bands[0].ranges[0].lt", "10", "WB (transport): bands[0].ranges[0].lt stands beside le; keep one of them")]
    [InlineData("products[1].warning.low.value", "1.999", "RBC (storage): warning.low is 1.999, outside the limits 2..6; place it within them, so that it warns before")]
    [InlineData("products[1].airLimits", "{\"low\":{\"value\":8,\"source\":\"gi03\",\"status\":\"verified\"},\"high\":{\"value\":8,\"source\":\"gi03\",\"status\":\"verified\"}}", "RBC (storage): airLimits has low 8 and high 8; state at least one, the low one below the high one")]
    [InlineData("products[8].bands", "[{\"anyTemperature\":true,\"maxSingleSeconds\":86401,\"window\":\"24h\",\"source\":\"gi03\",\"status\":\"verified\"}]", "RBC_CRYO_LN2 (storage): bands[0] allows more than 24 hours within any 24 hours; correct the maximum, or the window")]
    [InlineData("products[8].bands", "[{\"anyTemperature\":true,\"maxSingleSeconds\":60,\"warnSingleSeconds\":{\"value\":61,\"source\":\"gi03\",\"status\":\"verified\"},\"window\":\"leg\",\"source\":\"gi03\",\"status\":\"verified\"}]", "RBC_CRYO_LN2 (storage): bands[0].warnSingleSeconds is not below a maxSingleSeconds; write a shorter time, or the maximum that it warns of")]
    [InlineData("products[8].bands", "[{\"maxSingleSeconds\":60,\"window\":\"leg\",\"source\":\"gi03\",\"status\":\"verified\"}]", "RBC_CRYO_LN2 (storage): bands[0].ranges is missing or has a range without a bound; state gt or ge, lt or le")]
    [InlineData("products[8].redLine", "{\"high\":{\"value\":-141,\"source\":\"gi03\",\"status\":\"verified\"}}", "RBC_CRYO_LN2 (storage): redLine.high is -141, within the limits; place it at the upper limit or warmer")]
    [InlineData("products[8].redLine", "{\"low\":{\"value\":-139,\"source\":\"gi03\",\"status\":\"verified\"}}", "RBC_CRYO_LN2 (storage): redLine.low is -139, within the limits; place it at the lower limit or colder")]
    public void TryRead_OneKeyWrong_NamesProductKeyReasonAndCure(string path, string? json, string expected) =>
        Errors(Changed(path, json)).Should().Contain(error => error.StartsWith(expected, StringComparison.Ordinal));

    /// <summary>What is just possible is no error: each bound belongs to what may be written.</summary>
    [Theory]
    [InlineData("products[1].redLine.low.value", "-273.15")]
    [InlineData("products[1].redLine.low.value", "2")]
    [InlineData("products[1].redLine.high.value", "6")]
    [InlineData("products[1].warning.low.value", "2")]
    [InlineData("products[1].warning.high.value", "6")]
    [InlineData("products[1].shelfLife[0].seconds.value", "0")]
    [InlineData("products[1].shelfLife[0].seconds.value", "3155760000")]
    [InlineData("products[1].shelfLife[0].seconds.value", "0.001")]
    [InlineData("products[1].maxGapSeconds", "{\"value\":14400,\"source\":\"gi03\",\"status\":\"verified\"}")]
    [InlineData("products[1].airLimits", "{\"high\":{\"value\":8,\"source\":\"gi03\",\"status\":\"verified\"}}")]
    [InlineData("products[4].bands[0].maxCount", "0")]
    [InlineData("products[4].bands[0].maxCount", "1000")]
    [InlineData("products[4].bands[0].maxSingleSeconds", "86400")]
    [InlineData("products[4].bands[0].ranges[0].le", "6.001")]
    [InlineData("products[4].bands[0].ranges[0].le", null)]
    [InlineData("products[4].bands[0].ranges[0].gt", null)]
    [InlineData("products[8].bands", "[{\"anyTemperature\":true,\"maxCumulativeSeconds\":86400,\"maxSingleSeconds\":86400,\"window\":\"24h\",\"source\":\"gi03\",\"status\":\"verified\"}]")]
    [InlineData("products[8].bands", "[{\"anyTemperature\":true,\"maxSingleSeconds\":60,\"warnSingleSeconds\":{\"value\":60,\"source\":\"gi03\",\"status\":\"verified\"},\"window\":\"leg\",\"source\":\"gi03\",\"status\":\"verified\"}]")]
    [InlineData("products[8].bands", "[{\"anyTemperature\":true,\"maxCount\":1,\"countsOverSeconds\":60,\"window\":\"leg\",\"source\":\"gi03\",\"status\":\"verified\"}]")]
    [InlineData("effectiveTo", "\"2026-11-26T00:00:00.001Z\"")]
    public void TryRead_FigureAtItsBound_IsTaken(string path, string? json)
    {
        RulePackReader.TryRead(Changed(path, json), out _, out var errors).Should().BeTrue(string.Join('\n', errors));
    }

    [Fact]
    public void TryRead_BenchWithoutLimitsOrBands_IsRefusedWithBothCures() => Errors(Changed("products[8]", """
        {"product":"RBC","name":{"en":"a","fr":"b"},"context":"bench","action":{"onBreach":"use","onExceeding":"assess"}}
        """)).Should().Contain("RBC (bench): limits has neither low nor high; state at least one, or bands");

    [Fact]
    public void TryRead_MoreThanAHundredErrors_CountsTheRest()
    {
        var pack = JsonNode.Parse(Shipped)!;
        Enumerable.Range(0, 103).ToList().ForEach(i => pack[$"key{i}"] = 1);

        var errors = Errors(Encoding.UTF8.GetBytes(pack.ToJsonString()));

        errors.Should().HaveCount(101);
        errors[^1].Should().Be("the rule pack has 3 more errors; mend these first");
    }

    [Fact]
    public void TryRead_AHundredErrors_AreAllTold()
    {
        var pack = JsonNode.Parse(Shipped)!;
        Enumerable.Range(0, 100).ToList().ForEach(i => pack[$"key{i}"] = 1);

        Errors(Encoding.UTF8.GetBytes(pack.ToJsonString())).Should().HaveCount(100).And.OnlyContain(error => error.Contains("is not a known key"));
    }

    [Fact]
    public void TryRead_SeveralErrors_AllAreTold()
    {
        var pack = JsonNode.Parse(Shipped)!;
        pack["version"] = 3;
        pack["products"]![0]!["limits"]!["low"]!["value"] = 9;
        pack["products"]![1]!["colour"] = "red";
        Errors(Encoding.UTF8.GetBytes(pack.ToJsonString())).Should().HaveCountGreaterThan(3)
            .And.Contain(error => error.StartsWith("the rule pack: version", StringComparison.Ordinal))
            .And.Contain(error => error.StartsWith("WB (storage): limits", StringComparison.Ordinal))
            .And.Contain(error => error.StartsWith("RBC (storage): colour", StringComparison.Ordinal));
    }

    [Fact]
    public void TryRead_KeyTwice_IsRefused() =>
        Errors("""{"id":"a","id":"b"}"""u8.ToArray()).Should().Contain("the rule pack: id is written twice; keep one of them");

    [Theory]
    [InlineData("", "the rule pack is not JSON")]
    [InlineData("[]", "the rule pack is an array, not an object; write an object in braces")]
    [InlineData("{\"id\":\"\\ud800\"}", "the rule pack holds half of a surrogate pair; write whole characters")]
    public void TryRead_NotAPack_IsRefused(string json, string expected) =>
        Errors(Encoding.UTF8.GetBytes(json)).Should().Contain(error => error.StartsWith(expected, StringComparison.Ordinal));

    [Fact]
    public void TryRead_CutOrChangedAnywhere_NeverThrows() =>
        Prop.ForAll(Gen.Choose(0, Shipped.Length - 1).ToArbitrary(), Gen.Choose(0, 255).ToArbitrary(), (position, value) =>
        {
            RulePackReader.TryRead(Shipped.AsSpan(0, position), out _, out var cut).Should().BeFalse();
            cut.Should().NotBeEmpty();
            byte[] changed = [.. Shipped];
            changed[position] = (byte)value;
            RulePackReader.TryRead(changed, out var pack, out var errors).Should().Be(errors.Count == 0);
            (pack is null).Should().Be(errors.Count > 0);
        }).QuickCheckThrowOnFailure();

    private static byte[] Changed(string path, string? json)
    {
        var pack = JsonNode.Parse(Shipped)!;
        var keys = path.Replace("[", ".[", StringComparison.Ordinal).Split('.');
        var parent = keys[..^1].Aggregate(pack, (node, key) => key[0] == '[' ? node[Index(key)]! : node[key]!);
        if (keys[^1][0] == '[')
        {
            parent[Index(keys[^1])] = JsonNode.Parse(json!);
        }
        else if (json is null)
        {
            parent.AsObject().Remove(keys[^1]).Should().BeTrue();
        }
        else
        {
            parent[keys[^1]] = JsonNode.Parse(json);
        }

        return Encoding.UTF8.GetBytes(pack.ToJsonString());
    }

    private static int Index(string key) => int.Parse(key[1..^1], CultureInfo.InvariantCulture);

    private static IReadOnlyList<string> Errors(byte[] json)
    {
        RulePackReader.TryRead(json, out var pack, out var errors).Should().BeFalse();
        pack.Should().BeNull();
        return errors;
    }
}
