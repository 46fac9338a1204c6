using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ColdChain.Server.Commands;
using ColdChain.Server.Evaluate;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;
using ColdChain.Server.Tests.Store;

namespace ColdChain.Server.Tests.Commands;

/// <summary>A fridge that was at 1.5 °C from 9:05 to 9:30 and at 6.25 °C from 10:05 to 10:20: both excursions by the European pack.</summary>
public sealed class WhatIfTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private Scene _scene = null!;

    private string Rules => _folder.File("rules");

    private string Stored => Path.Combine(_scene.DataFolder, "record.db");

    public async Task InitializeAsync()
    {
        _scene = await Scene.OpenAsync();
        await RulePackHistory.LoadAsync(_scene.Store, RulePackFolder.Default, _scene.Clock, CancellationToken.None);
        await _scene.MeasureAsync("pi-001/load", "06:00", "09:00", "4");
        await _scene.MeasureAsync("pi-001/load", "09:05", "09:30", "1.5");
        await _scene.MeasureAsync("pi-001/load", "09:35", "10:00", "4");
        await _scene.MeasureAsync("pi-001/load", "10:05", "10:20", "6.25");
        await _scene.MeasureAsync("pi-001/load", "10:25", "12:00", "4");
        await _scene.JudgeAsync("12:00");
    }

    public async Task DisposeAsync()
    {
        await _scene.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public void AnotherPack_PutsWhatWouldHaveBeenFoundBesideWhatWas()
    {
        var report = Ask("--rules", "us-aabb-fda");

        var findings = report["findings"]!.AsArray();
        findings.Select(line => ((string?)line!["side"], line["found"] is null, line["whatIf"] is null)).Should().Equal(("low", false, true), ("high", false, false));
        findings[1]!["found"]!["rulePack"]!.GetValue<string>().Should().Be("eu-edqm");
        findings[1]!["whatIf"]!["rulePack"]!.GetValue<string>().Should().Be("us-aabb-fda");
        findings[1]!["whatIf"]!["finding"].Should().BeNull("what was not stored has no id");
        findings[1]!["whatIf"]!["peakCelsius"]!.GetValue<decimal>().Should().Be(6.25m);
    }

    [Fact]
    public void AnotherCalibration_IsJudgedByThePacksThatWereInForce()
    {
        var colder = Ask("--calibration-offset", "pi-001/load=-0.25")["findings"]!.AsArray();
        colder.Select(line => ((string?)line!["side"], line["whatIf"] is null)).Should().Equal(("low", false), ("high", true));
        colder[0]!["whatIf"]!["peakCelsius"]!.GetValue<decimal>().Should().Be(1.25m);

        var unchanged = Ask("--calibration-offset", "pi-001/load=0")["findings"]!.AsArray();
        unchanged.Should().OnlyContain(line => JsonNode.DeepEquals(line!["whatIf"], WithoutId(line["found"]!)));
    }

    [Fact]
    public void Period_LeavesOutWhatDoesNotTouchIt()
    {
        Ask("--rules", "us-aabb-fda", "--to", $"{Scene.Day}T09:45Z")["findings"]!.AsArray().Should().ContainSingle().Which!["side"]!.GetValue<string>().Should().Be("low");
    }

    [Fact]
    public void EveryPart_SaysThatItIsAnOpinion()
    {
        var report = Ask("--rules", "us-aabb-fda");
        report["findings"]!.AsArray().Append(report).Should().OnlyContain(part => (string?)part!["opinion"] == WhatIfReport.Label);

        var (_, text, _) = Run(Stored, "--rules", "us-aabb-fda");
        text.TrimEnd().Split('\n').Should().HaveCountGreaterThan(4).And.OnlyContain(line => line.StartsWith("what if: ", StringComparison.Ordinal));
        text.Should().Contain("an opinion, not a record; nothing was stored").And.Contain("would not have been found").And.Contain("2 found, 1 would have been found");
    }

    [Fact]
    public async Task Store_IsUnchanged_UnderARunningServerAndAtRest()
    {
        var before = Files(_scene.DataFolder, ".db", ".db-wal");
        Ask("--rules", "us-aabb-fda");
        Files(_scene.DataFolder, ".db", ".db-wal").Should().Equal(before);

        var resting = _folder.CopyOfStore(Stored, "record.db");
        await RecordStore.Open(resting, _scene.Clock).DisposeAsync();
        before = Files(Path.GetDirectoryName(resting)!, "");
        Run(resting, "--rules", "us-aabb-fda").Code.Should().Be(0);
        Files(Path.GetDirectoryName(resting)!, "").Should().Equal(before);
    }

    [Theory]
    [InlineData("Nothing differs from how it was judged")]
    [InlineData("There is no rule pack 'eu'", "--rules", "eu")]
    [InlineData("'fridge-1' was used for RBC", "--rules", "eu-edqm")]
    [InlineData("--product does not go with --what-if", "--rules", "who", "--product", "RBC")]
    [InlineData("--calibration-offset 'load=1' is not clear", "--calibration-offset", "load=1")]
    [InlineData("--calibration-offset 'pi-001/load=6' is not clear", "--calibration-offset", "pi-001/load=6")]
    [InlineData("Probe 'pi-002/load' never stood in 'fridge-1'", "--calibration-offset", "pi-002/load=1")]
    [InlineData("is not before --to", "--rules", "who", "--to", "2026-11-22T05:00Z")]
    [InlineData("--to 'noon' is not a time", "--rules", "who", "--to", "noon")]
    [InlineData("readings.csv is a file", "--rules", "who", "readings.csv")]
    public void Question_ThatIsNotClear_IsAnErrorWithACure(string expected, params string[] options)
    {
        WritePackWithoutRedCells();

        var (code, _, error) = Run(Stored, [.. options, .. options.Contains("eu-edqm") ? new[] { "--rules-folder", Rules } : []]);

        code.Should().Be(1);
        error.Should().Contain(expected);
    }

    [Fact]
    public void Store_OrUnit_ThatIsNotThere_IsAnError()
    {
        Run(_folder.File("none.db"), "--rules", "who").Error.Should().Contain("There is no record store at");
        File.WriteAllText(_folder.File("other.db"), "");
        Run(_folder.File("other.db"), "--rules", "who").Error.Should().Contain("schema version 0").And.Contain("Start the server of this version once");
        Run(Stored, "--rules", "who", "--unit", "fridge-9").Error.Should().Contain("has no storage unit 'fridge-9'");
        Run(Stored, "--rules", "eu-edqm", "--unit", "freezer-1").Code.Should().Be(0, "it was judged, though nothing was ever heard of it");
    }

    [Fact]
    public void Options_OfTheStore_AreRefusedWithoutWhatIf() =>
        Invoke("--rules", "who", "--product", "RBC", "--unit", "fridge-1", "readings.csv").Error.Should().Contain("--unit goes with --what-if only");

    private void WritePackWithoutRedCells()
    {
        var pack = JsonNode.Parse(File.ReadAllText(Path.Combine(RulePackFolder.Default, "eu-edqm.json")))!.AsObject();
        pack["products"] = new JsonArray([.. pack["products"]!.AsArray().Where(row => (string?)row!["product"] == "PFF").Select(row => row!.DeepClone())]);
        Directory.CreateDirectory(Rules);
        File.WriteAllText(Path.Combine(Rules, "eu-edqm.json"), pack.ToJsonString());
    }

    private JsonNode Ask(params string[] options)
    {
        var (code, output, error) = Run(Stored, [.. options, "--json"]);
        code.Should().Be(0, error);
        return JsonNode.Parse(output)!;
    }

    private static (int Code, string Output, string Error) Run(string store, params string[] options)
    {
        string[] unit = options.Contains("--unit") ? [] : ["--unit", "fridge-1"];
        return Invoke(["--what-if", "--store", store, "--from", $"{Scene.Day}T06:00Z", .. unit, .. options]);
    }

    private static (int Code, string Output, string Error) Invoke(params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = new RootCommand { EvaluateCommand.Create() }.Parse(["evaluate", .. arguments]).Invoke(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }

    private static JsonNode WithoutId(JsonNode found)
    {
        var copy = found.DeepClone();
        (copy["finding"], copy["version"]) = (null, null);
        return copy;
    }

    private static List<string> Files(string folder, params string[] endings) =>
    [
        .. Directory.GetFiles(folder).Where(file => endings.Any(ending => file.EndsWith(ending, StringComparison.Ordinal))).Order(StringComparer.Ordinal)
            .Select(file => $"{file} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))}"),
    ];
}
