using System.CommandLine;
using System.Text.Json.Nodes;
using ColdChain.Server.Commands;

namespace ColdChain.Server.Tests.Evaluate;

public sealed class EvaluateTests
{
    private const string Warm = """
        time,probe,role,celsius,quality
        2026-03-01T12:00:00Z,top,load,5,
        2026-03-01T12:05:00Z,top,load,7,good
        2026-03-01T12:10:00Z,top,load,9,
        2026-03-01T13:15:00+01:00,top,load,7,
        2026-03-01T12:20:00Z,top,load,5,
        2026-03-01T12:25:00Z,top,load,,
        2026-03-01T12:20:00Z,air,air,12,
        2026-03-01T12:25:00Z,air,air,12,
        """;

    [Fact]
    public void Readings_ByRulePack_GiveTheExcursionInFull()
    {
        var report = Evaluate(Warm, "--rules", "eu-edqm", "--product", "RBC");

        report["excursions"]!.AsArray().Should().ContainSingle();
        report["excursions"]![0]!.ToJsonString().Should().Be(
            """{"probe":"top","side":"high","start":"2026-03-01T12:02:30.000Z","alarmedAt":"2026-03-01T12:02:30.000Z","end":"2026-03-01T12:17:30.000Z","endReason":"in-range","durationSeconds":900,"peakCelsius":9,"degreeMinutes":22.5}""");
        report["probes"]![1]!["faults"]!.GetValue<int>().Should().Be(1);
        report["probes"]![1]!["min"]!.GetValue<decimal>().Should().Be(5);
        (string Name, decimal Seconds)[] bands = [("lowSeconds", 0), ("inRangeSeconds", 600), ("highSeconds", 900), ("unknownSeconds", 0), ("longestGapSeconds", 0)];
        bands.Should().OnlyContain(band => report["probes"]![1]![band.Name]!.GetValue<decimal>() == band.Seconds);
    }

    [Fact]
    public void Rows_InAnyOrderAndRepeated_GiveTheSameAnswer()
    {
        var lines = Warm.Split('\n');
        var rows = lines.Skip(1).Concat(lines.Skip(1)).ToArray();
        var expected = Evaluate(Warm, "--low", "2", "--high", "6").ToJsonString();

        for (var seed = 0; seed < 50; seed++)
        {
            new Random(seed).Shuffle(rows);
            Evaluate(string.Join('\n', rows.Prepend(lines[0])), "--low", "2", "--high", "6").ToJsonString().Should().Be(expected, $"seed {seed}");
        }
    }

    [Fact]
    public void Rows_OfSignals_AreLeftOutAndCounted()
    {
        const string signals = "\n2026-03-01T12:00:00Z,door,door,,on\n2026-03-01T12:01:00Z,mains,mains,,\n2026-03-01T12:01:00Z,agitator,agitation,,off";

        var report = Evaluate(Warm + signals, "--low", "2", "--high", "6");

        report["signalRowsLeftOut"]!.GetValue<int>().Should().Be(3);
        report["signalRowsLeftOut"] = 0;
        report.ToJsonString().Should().Be(Evaluate(Warm, "--low", "2", "--high", "6").ToJsonString());
    }

    [Theory]
    [InlineData(15, 1)]
    [InlineData(15.1, 0)]
    public void Excursion_IsListed_OnlyWhenItOutlastsTheDelay(double delay, int expected) =>
        Evaluate(Warm, "--low", "2", "--high", "6", "--delay-minutes", $"{delay}")["excursions"]!.AsArray().Should().HaveCount(expected);

    [Fact]
    public void Gap_AndEndOfFile_LeaveTheEndUnseen()
    {
        var report = Evaluate(
            """
            time,probe,role,celsius
            2026-03-01T12:00:00Z,p,load,7
            2026-03-01T14:00:00Z,p,load,7
            """, "--low", "2", "--high", "6", "--max-gap-minutes", "15");

        report["excursions"]!.AsArray().Select(e => ((string?)e!["end"], (string?)e["endReason"])).Should().Equal((null, "unknown"), (null, "open"));
        report["unknown"]![0]!.ToJsonString().Should().Be("""{"probe":"p","start":"2026-03-01T12:00:00.000Z","end":"2026-03-01T14:00:00.000Z"}""");
        report["probes"]![0]!["coveragePercent"]!.GetValue<double>().Should().Be(0);
        report["probes"]![0]!["unknownSeconds"]!.GetValue<decimal>().Should().Be(7200);
        report["probes"]![0]!["longestGapSeconds"]!.GetValue<decimal>().Should().Be(7200);
    }

    [Fact]
    public void Merge_CountsNearExcursionsAsOneWithoutTheTimeBetween()
    {
        const string twice = """
            time,probe,role,celsius
            2026-03-01T12:00:00Z,p,load,5
            2026-03-01T12:10:00Z,p,load,7
            2026-03-01T12:20:00Z,p,load,5
            2026-03-01T12:30:00Z,p,load,7
            2026-03-01T12:40:00Z,p,load,5
            """;

        Evaluate(twice, "--high", "6")["excursions"]!.AsArray().Should().HaveCount(2);
        var merged = Evaluate(twice, "--high", "6", "--merge-minutes", "10")["excursions"]!.AsArray();
        merged.Should().ContainSingle().Which!["durationSeconds"]!.GetValue<decimal>().Should().Be(1200);
    }

    [Theory]
    [InlineData("2026-03-01T12:00:00,p,load,5", "Line 2: time '2026-03-01T12:00:00'")]
    [InlineData("2026-03-01T12:00:00Z,p,shelf,5", "Line 2: role 'shelf'")]
    [InlineData("2026-03-01T12:00:00Z,p,load,NaN", "Line 2: celsius 'NaN'")]
    [InlineData("2026-03-01T12:00:00Z,p,load,1e308", "Line 2: celsius '1e308'")]
    [InlineData("2026-03-01T12:00:00Z,p,load,4,5", "Line 2: 5 fields")]
    [InlineData("2026-03-01T12:00:00Z,p,load,\"4,5\"", "Line 2: celsius '4,5'")]
    [InlineData("2026-03-01T12:00:00Z,,load,4", "Line 2: the probe has no name")]
    [InlineData("2026-03-01T12:00:00Z,p,load", "Line 2: 3 fields")]
    [InlineData("2026-03-01T12:00:00Z,p,\u001b[2Jload,4", "Line 2: role '\uFFFD[2Jload' is neither load nor air. Write load")]
    [InlineData("2026-03-01T12:00:00Z,p,load,4\n2026-03-01T12:05:00Z,p,air,4", "Line 3: probe p is air here and load on line 2")]
    public void Row_InDoubt_IsAnErrorNamingItsLine(string rows, string expected)
    {
        var (code, _, error) = Run("time,probe,role,celsius\n" + rows, "--high", "6");

        code.Should().Be(1);
        error.Should().Contain(expected);
    }

    [Fact]
    public void Quality_IsReadAndNothingElse()
    {
        Evaluate("time,probe,role,celsius,quality\n2026-03-01T12:00:00Z,p,load,9,fault", "--high", "6")["excursions"]!.AsArray().Should().BeEmpty();
        Run("time,probe,role,celsius,quality\n2026-03-01T12:00:00Z,p,load,9,so-so", "--high", "6").Error.Should().Contain("quality 'so-so'");
    }

    [Theory]
    [InlineData("--rules and --product state the limits", "--rules", "eu-edqm", "--product", "RBC", "--high", "6")]
    [InlineData("There is no rule pack 'eu'", "--rules", "eu", "--product", "RBC")]
    [InlineData("has no product 'XYZ'", "--rules", "eu-edqm", "--product", "XYZ")]
    [InlineData("--rules needs --product", "--rules", "eu-edqm")]
    [InlineData("Give --low, --high or both")]
    public void Options_ThatContradictOrLack_AreErrorsWithACure(string expected, params string[] options)
    {
        var (code, _, error) = Run(Warm, options);

        code.Should().Be(1);
        error.Should().Contain(expected);
    }

    private static JsonNode Evaluate(string csv, params string[] options)
    {
        var (code, output, error) = Run(csv, [.. options, "--json"]);
        code.Should().Be(0, error);
        return JsonNode.Parse(output)!;
    }

    private static (int Code, string Output, string Error) Run(string csv, params string[] options)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, csv);
            var (output, error) = (new StringWriter(), new StringWriter());
            var command = new RootCommand { EvaluateCommand.Create() };
            var code = command.Parse(["evaluate", .. options, file]).Invoke(new InvocationConfiguration { Output = output, Error = error });
            return (code, output.ToString(), error.ToString());
        }
        finally
        {
            File.Delete(file);
        }
    }
}
