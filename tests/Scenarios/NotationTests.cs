using ColdChain.Scenarios.Tests.Notation;
using ColdChain.Scenarios.Tests.Running;

namespace ColdChain.Scenarios.Tests;

public sealed class NotationTests
{
    private const string Day = "day 2026-11-22\n";

    [Fact]
    public void Runs_OneAfterTheOther_GiveTheirSamples()
    {
        Samples("measure pi/load 08:00 every 60s : 4.0 x2, ramp 4 6 for 2m, gap 5m, fault no-answer, -25.0005").Should().Equal(
            "08:00 4000", "08:01 4000", "08:02 4000", "08:03 5000", "08:09 no-answer", "08:10 -25001");
    }

    [Fact]
    public void Runs_ThatEndBetweenTwoSamples_LeaveTheIntervalAsItIs()
    {
        Samples("measure pi/load 08:00 every 60s : 4.0 for 90s, 5.0 for 2m").Should().Equal("08:00 4000", "08:01 4000", "08:02 5000", "08:03 5000");
    }

    [Fact]
    public void Exponential_AfterItsTimeConstant_HasGoneTwoThirds()
    {
        Samples("measure pi/load 1d00:00 every 30m : exp 4 24 1h for 1h30m, toward 4 1h for 30m").Should().Equal(
            "1d00:00 4000", "1d00:30 11869", "1d01:00 16642", "1d01:30 19537");
    }

    [Fact]
    public void Follow_AStepInTheAir_LagsBehindIt()
    {
        var courses = Read("measure pi/air 08:00 every 60s : 4 x1, 14 for 2h\nmeasure pi/load 08:00 every 60s : 4 x1, follow pi/air 30m for 1h").Courses;

        courses[1].Samples().Last().Milli.Should().BeInRange(12_600, 12_640, "after 59 minutes of 30 it is 10·exp(-59/30) below 14");
    }

    [Theory]
    [InlineData("", "line 1: nothing is measured", "Write a day")]
    [InlineData("measure pi/load 08:00 every 60s : 4", "line 1: no day is given", "day 2026-11-22")]
    [InlineData("day today", "line 1: 'today' is no date", "2026-11-22")]
    [InlineData(Day + "fridge", "line 2: 'fridge' is no statement", "such as measure, enter")]
    [InlineData(Day + "measure load 08:00 every 60s : 4", "'load' is no probe", "pi-001/load")]
    [InlineData(Day + "measure pi/load 8:00 every 60s : 4", "'8:00' is no time", "22:00")]
    [InlineData(Day + "measure pi/load 25:00 every 60s : 4", "'25:00' is no time", "22:00")]
    [InlineData(Day + "measure pi/load 08:00 : 4", "':' stands where 'every' is expected", "every 60s")]
    [InlineData(Day + "measure pi/load 08:00 every 60 : 4", "'60' is no duration", "90s")]
    [InlineData(Day + "measure pi/load 08:00 every 60s : warm", "'warm' is no temperature", "like 4.5")]
    [InlineData(Day + "measure pi/load 08:00 every 60s : 4 x0", "'x0' is no count", "x30")]
    [InlineData(Day + "measure pi/load 08:00 every 60s : toward 4 6m for 6m", "goes on from nothing", "stand before it")]
    [InlineData(Day + "measure pi/load 08:00 every 60s : 4, follow pi/air 30m for 6m", "nothing above says what pi/air shows", "first")]
    [InlineData(Day + "measure pi/load 08:00 every 60s : 4 x2 5", "'5' is left over", "README")]
    [InlineData(Day + "enter fridge W000026123456 RBC", "a time is missing", "Write a time there")]
    [InlineData(Day + "offline pi 08:00", "'the end of the line' stands where 'until' is expected", "like: until 10:00")]
    [InlineData(Day + "boot pi/load 08:00", "'pi/load' is no device", "like pi-001")]
    [InlineData(Day + "maintenance Fridge! 08:00 until 09:00", "'Fridge!' is no storage unit", "as in the fleet file")]
    public void Line_Malformed_NamesThePlaceTheReasonAndTheCure(string text, string reason, string cure)
    {
        var read = () => ScenarioReader.Read("case/readings.txt", text);

        read.Should().Throw<ScenarioException>().Which.Message.Should().StartWith("case/readings.txt, line ").And.Contain(reason).And.Contain(cure);
    }

    [Fact]
    public void Folder_WithoutAFile_NamesItAndWhatAScenarioHas()
    {
        var read = () => new ScenarioFolder("no-such-case").Text(ScenarioFolder.Expected);

        read.Should().Throw<ScenarioException>().WithMessage("no-such-case/expected.txt: the file is missing.*A scenario has*");
    }

    [Fact]
    public void Difference_OfTwoTexts_ShowsWhatIsMissingAndWhatIsNew()
    {
        Difference.Of("a # why\n\nb\n", "a\nb\n").Should().BeEmpty();
        Difference.Of("a\nb\nc\n", "a\nd\nc\n").Split('\n').Should().Equal("    a", "  - b", "  + d", "    c");
    }

    private static Scenario Read(string statements) => ScenarioReader.Read("case/readings.txt", Day + statements);

    private static IEnumerable<string> Samples(string statement)
    {
        var scenario = Read(statement);
        return scenario.Courses.SelectMany(course => course.Samples()).Select(sample => $"{Written.Time(sample.At, scenario.Day)} {(sample.Milli is { } milli ? milli : sample.Fault)}");
    }
}
