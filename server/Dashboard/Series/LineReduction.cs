namespace ColdChain.Server.Dashboard.Series;

/// <summary>
/// Makes a long line short without hiding anything: of each stretch of time the first, lowest, highest and last point stay, and so does
/// every break. An average would make a short excursion vanish.
/// </summary>
internal static class LineReduction
{
    private const int KeptPerStretch = 4;

    /// <summary>At most about <paramref name="pointsMax"/> points, more only where there are many breaks; a shorter line stays as it is.</summary>
    public static IReadOnlyList<LinePoint> Reduce(IReadOnlyList<LinePoint> line, int pointsMax)
    {
        if (line.Count <= pointsMax)
        {
            return line;
        }

        var stretches = pointsMax / KeptPerStretch;
        var start = line[0].At.Milliseconds;
        var width = (line[^1].At.Milliseconds - start) / stretches + 1;
        var reduced = new List<LinePoint>(pointsMax);
        for (var (from, to) = (0, 0); from < line.Count; from = to)
        {
            to = EndOfStretch(line, from, start, width);
            Keep(line, from, to, reduced);
        }

        return reduced;
    }

    // A break is a stretch of its own, so that no stretch reaches over one.
    private static int EndOfStretch(IReadOnlyList<LinePoint> line, int from, long start, long width)
    {
        var to = from + 1;
        if (line[from].Milli is null)
        {
            return to;
        }

        var stretch = (line[from].At.Milliseconds - start) / width;
        while (to < line.Count && line[to].Milli is not null && (line[to].At.Milliseconds - start) / width == stretch)
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

        var last = from - 1;
        foreach (var i in (ReadOnlySpan<int>)[from, Math.Min(lowest, highest), Math.Max(lowest, highest), to - 1])
        {
            if (i > last)
            {
                reduced.Add(line[i]);
                last = i;
            }
        }
    }
}
