using ColdChain.Server.Reports.Content;

namespace ColdChain.Server.Reports.Documents.Charts;

/// <summary>The shapes that tell the lines of several load probes from each other where there is no colour: circle, square, triangle, diamond.</summary>
internal static class ChartMarks
{
    private const int MarksMax = 7;

    /// <summary>A few marks along the line of a probe, at other places than those of its neighbours.</summary>
    public static void Add(Svg svg, IEnumerable<ProbeContent> probes, ChartScale scale, int place)
    {
        var every = (ChartScale.Right - ChartScale.Left) / MarksMax;
        var next = ChartScale.Left + (every * (0.3 + (0.2 * (place % 4))));
        foreach (var (at, celsius) in probes.SelectMany(ChartLines.Pieces).SelectMany(piece => piece))
        {
            var x = scale.X(at);
            if (x >= next)
            {
                Mark(svg, place, x, scale.Y(celsius.Milli));
                next += Math.Ceiling((x - next + 0.001) / every) * every;
            }
        }
    }

    /// <summary>One mark.</summary>
    public static void Mark(Svg svg, int place, double x, double y) => svg.Add(
        "path", ("transform", $"translate({ChartScale.Write(x)} {ChartScale.Write(y)})"), ("d", Shape(place)), ("fill", "#ffffff"), ("stroke", ReportChart.LoadColour(place)), ("stroke-width", 1.2));

    private static string Shape(int place) => (place % 4) switch
    {
        0 => "M-2.4 0a2.4 2.4 0 1 0 4.8 0a2.4 2.4 0 1 0-4.8 0z",
        1 => "M-2.3-2.3h4.6v4.6h-4.6z",
        2 => "M0-2.8L2.8 2.2H-2.8z",
        _ => "M0-3L3 0L0 3L-3 0z",
    };
}
