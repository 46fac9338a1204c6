using ColdChain.Core.Readings;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Reports.Reading;

namespace ColdChain.Server.Tests.Reports.Reading;

public sealed class ExcludedRunsTests
{
    [Fact]
    public void Runs_OfAProbeThatFailsAgainAndAgain_AreTheLongestAndTheRestOfEachReason()
    {
        var runs = new ExcludedRuns(FiguresBench.Id(FiguresBench.Load));
        for (var minute = 0; minute < 50_000; minute++)
        {
            runs.Take(At(minute, (minute % 10, minute) switch
            {
                (_, >= 30_000 and < 30_060) => CountsAs.Fault,
                (3, _) => CountsAs.Fault,
                (4, _) => "probe-spike",
                _ => CountsAs.Good,
            }));
        }

        var found = runs.End().ToList();

        found.Should().HaveCount(ExcludedRuns.ToldMax + 2);
        found.Should().Contain(Excluded("fault", 30_000, 30_059, 60), "the longest stays");
        found[0].Should().Be(Excluded("fault", 3, 3, 1), "and of those that are alike the first");
        found[^2].Should().Match<ExcludedContent>(rest => rest.Reason == "fault" && rest.Total == TimeSpan.Zero && rest.Detail == "" && rest.To == FiguresBench.At(49_993));
        (found[^2].Runs, found[^1].Runs).Should().Be((found[^2].Samples, found[^1].Samples), "each was of one sample");
        found.Where(run => run.Reason == "fault").Sum(run => run.Samples).Should().Be(4_994 + 60);
        found.Sum(run => run.Samples).Should().Be(4_994 + 60 + 4_994);
    }

    [Fact]
    public void Runs_ThatAreLeftOut_AreAddedUp()
    {
        var runs = new ExcludedRuns(FiguresBench.Id(FiguresBench.Load));
        for (var minute = 0; minute < 300; minute++)
        {
            runs.Take(At(minute, minute % 10 < (minute < 20 ? 3 : 5) ? CountsAs.Fault : CountsAs.Good));
        }

        var found = runs.End().ToList();

        found.Should().HaveCount(ExcludedRuns.ToldMax + 1);
        found[^1].Should().Be(Excluded("fault", 0, 294, 3 + 3 + 5 + 5 + 5) with { Runs = 5, Total = TimeSpan.FromMinutes(2 + 2 + 4 + 4 + 4), To = found[^1].To });
    }

    private static JudgedSample At(double minute, string counts) => new(FiguresBench.Id(FiguresBench.Load), ProbeRole.Load, FiguresBench.At(minute), counts == CountsAs.Fault ? null : 4_000, 0, counts);

    private static ExcludedContent Excluded(string reason, double from, double to, int samples) =>
        new(FiguresBench.Load, reason, FiguresBench.At(from), FiguresBench.At(to), samples, "");
}
