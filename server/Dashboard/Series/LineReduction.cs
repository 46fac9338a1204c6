using ColdChain.Server.Store;

namespace ColdChain.Server.Dashboard.Series;

/// <summary>
/// Makes a long line short without hiding anything: of each step of time the lowest and the highest point stay, and so does every break,
/// with the points beside it. An average would make a short excursion vanish.
/// </summary>
internal static class LineReduction
{
    private const int KeptPerStep = 2;

    /// <summary>How long a step is, if a line over a time is to have about so many points.</summary>
    public static TimeSpan StepFor(TimeSpan length, int pointsMax) => TimeSpan.FromMilliseconds((long)length.TotalMilliseconds / (pointsMax / KeptPerStep) + 1);

    /// <summary>At most about <paramref name="pointsMax"/> points, more only where there are many breaks; a shorter line stays as it is.</summary>
    public static IReadOnlyList<LinePoint> Reduce(IReadOnlyList<LinePoint> line, int pointsMax) =>
        line.Count <= pointsMax ? line : ByStep(line, StepFor(line[^1].At - line[0].At, pointsMax));

    /// <summary>The lowest and the highest point of each step, and the breaks.</summary>
    public static IReadOnlyList<LinePoint> ByStep(IReadOnlyList<LinePoint> line, TimeSpan step)
    {
        var grid = new TimeGrid(step);
        var reduced = new List<LinePoint>();
        for (var (from, to) = (0, 0); from < line.Count; from = to)
        {
            to = EndOfStep(line, from, grid);
            Keep(line, from, to, reduced);
        }

        return reduced;
    }

    // A break is a step of its own, so that no step reaches over one.
    private static int EndOfStep(IReadOnlyList<LinePoint> line, int from, TimeGrid grid)
    {
        var to = from + 1;
        if (line[from].Milli is null)
        {
            return to;
        }

        var end = grid.StartOf(line[from].At) + grid.Step;
        while (to < line.Count && line[to].Milli is not null && line[to].At < end)
        {
            to++;
        }

        return to;
    }

    private static void Keep(IReadOnlyList<LinePoint> line, int from, int to, List<LinePoint> reduced)
    {
        var (lowest, highest) = (from, from);
        for (var i = from; i < to; i++)
        {
            lowest = line[i].Milli < line[lowest].Milli ? i : lowest;
            highest = line[i].Milli > line[highest].Milli ? i : highest;
        }

        var (early, late) = (Math.Min(lowest, highest), Math.Max(lowest, highest));
        var last = from - 1;
        foreach (var i in (ReadOnlySpan<int>)[IsBreak(line, from - 1) ? from : early, early, late, IsBreak(line, to) ? to - 1 : late])
        {
            if (i > last)
            {
                reduced.Add(line[i]);
                last = i;
            }
        }
    }

    private static bool IsBreak(IReadOnlyList<LinePoint> line, int place) => place < 0 || place >= line.Count || line[place].Milli is null;
}
