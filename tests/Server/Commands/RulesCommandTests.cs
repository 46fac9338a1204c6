using System.CommandLine;
using System.Text.Json.Nodes;
using ColdChain.Server.Commands;
using ColdChain.Server.Tests.Store;
using ColdChain.Tests.Shared;

namespace ColdChain.Server.Tests.Commands;

public sealed class RulesCommandTests : IDisposable
{
    private static readonly string Shipped = Path.Combine(Repository.Root, "storage-rules");

    private readonly TempFolder _folder = new();
    private readonly ManualTimeProvider _clock = new(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Lint_ShippedPacks_AreWithoutError_AndSayWhatNobodyHasRead()
    {
        var (code, output, _) = Run("lint", Shipped);
        code.Should().Be(0);
        output.Should().EndWith("6 packs without error, 0 errors, " + Lines(output, "warning: ") + " warnings.\n")
            .And.Contain("warning: uk-jpac.json: 8 figures are from memory: read each in its text.")
            .And.Contain("warning: uk-jpac.json: no transport rule for WB, PLT, FFP, CRYO, PLASMA_THAWED, CRYO_THAWED, GRAN: under way they are judged by none. Add one for what travels.")
            .And.Contain("warning: us-aabb-fda.json: PLT_CSP (storage) is off: an overlay of the site switches it on.")
            .And.MatchRegex("eu-edqm.json: no transport rule for RBC_WASHED, RBC_IRR,");
    }

    [Fact]
    public void Lint_OneFile_FindsItsBaseBesideIt()
    {
        var (code, output, _) = Run("lint", Path.Combine(Shipped, "ma.json"));
        code.Should().Be(0);
        output.Should().Contain("1 packs without error").And.NotContain("who.json");
    }

    [Fact]
    public void Lint_FaultyPacks_NamesEveryErrorAndEndsWithOne()
    {
        Copy("eu-edqm", pack => pack["products"]![1]!["limits"]!["low"]!["value"] = 9);
        Copy("ma", pack => pack["extends"] = "eu-edqx");
        var (code, output, _) = Run("lint", Path.GetDirectoryName(_folder.File("a"))!);
        code.Should().Be(1);
        output.Should().Contain("error: eu-edqm.json: RBC (storage): limits has low 9, which is not below high 6; exchange or correct them")
            .And.Contain("error: ma.json: the rule pack: extends is 'eu-edqx', which is not there or cannot be read;");
    }

    [Fact]
    public void Lint_DatesThatCannotBeMeant_AreWarnedOf()
    {
        Copy("eu-edqm", pack => pack["effectiveTo"] = "2026-11-30T00:00:00Z");
        Copy("ma", _ => { });
        Copy("eu-edqm", pack => pack["version"] = "2027.1", "next");
        var (_, output, _) = Run("lint", Path.GetDirectoryName(_folder.File("a"))!);
        output.Should().Contain("warning: eu-edqm.json: it is effective from 2026-11-26T00:00:00.000Z to 2026-11-30T00:00:00.000Z, and it is 2026-12-01T00:00:00.000Z.")
            .And.Contain("warning: ma.json: it is effective at times at which its base eu-edqm 2026.2 is not.")
            .And.Contain("warning: eu-edqm.json: eu-edqm 2026.2 and 2027.1 of next.json are effective at the same time.");
    }

    [Theory]
    [InlineData("/nowhere/at/all", "There is no file and no folder /nowhere/at/all. Name a rule pack, or a folder that holds some.")]
    public void Lint_NoSuchPlace_IsWrongUse(string place, string expected)
    {
        var (code, _, error) = Run("lint", place);
        code.Should().Be(2);
        error.Should().Contain(expected);
    }

    [Fact]
    public void Show_Product_TellsEveryFigureWithSource_AndMarksWhatIsFromMemory()
    {
        var (code, output, _) = Run("show", "uk-jpac", "RBC", "--rules-folder", Shipped);
        code.Should().Be(0);
        output.Should().Contain("RBC (storage): Red cells").And.Contain("RBC (transport)").And.Contain("RBC (bench)")
            .And.MatchRegex(@"airLimits\.high +8 °C +read in the text +MHRA and NBTC note")
            .And.MatchRegex(@"bands\[0\]\.maxSingleSeconds +30 min +! from memory, unverified +UK JPAC guideline GI 03, 2016")
            .And.Contain("bands[0]: whatever the temperature, per life of the blood unit; beyond it: quarantine")
            .And.MatchRegex(@"defaults\.mergeSeconds +15 min +engineering default, no authority");
    }

    [Fact]
    public void Show_OneContextInFrench_TellsNothingElse()
    {
        var (_, output, _) = Run("show", "ma", "RBC", "--context", "Storage", "--lang", "fr", "--rules-folder", Shipped);
        output.Should().Contain("RBC (storage): Culot globulaire").And.NotContain("(transport)").And.Contain("Complète : eu-edqm 2026.2")
            .And.MatchRegex(@"limits\.high +6 °C +lue dans le texte");
    }

    [Theory]
    [InlineData("xx", "RBC", "There is no rule pack 'xx'. Known: canary, eu-edqm, ma, uk-jpac, us-aabb-fda, who.")]
    [InlineData("who", "GRAN", "Rule pack who has no product 'GRAN'. Known: WB, RBC, PLT, FFP, CRYO, WB_PLT_HOLD, PFF.")]
    public void Show_Unknown_NamesWhatThereIs(string pack, string product, string expected)
    {
        var (code, _, error) = Run("show", pack, product, "--rules-folder", Shipped);
        (code, error.TrimEnd()).Should().Be((1, expected));
    }

    private (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = RulesCommand.Create(_clock).Parse(arguments).Invoke(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }

    private void Copy(string id, Action<JsonObject> change, string? name = null)
    {
        var pack = JsonNode.Parse(File.ReadAllText(Path.Combine(Shipped, $"{id}.json")))!.AsObject();
        change(pack);
        File.WriteAllText(_folder.File($"{name ?? id}.json"), pack.ToJsonString());
    }

    private static int Lines(string output, string start) => output.Split('\n').Count(line => line.StartsWith(start, StringComparison.Ordinal));
}
