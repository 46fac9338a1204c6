using System.Text;

namespace ColdChain.Server.Reports.Documents.Charts;

/// <summary>How an area is hatched, so that it is known without its colour.</summary>
internal enum HatchKind
{
    /// <summary>Wide strokes that rise.</summary>
    Rising,

    /// <summary>Close strokes that fall.</summary>
    Falling,

    /// <summary>Upright strokes.</summary>
    Upright,

    /// <summary>One line along its middle.</summary>
    Middle,
}

/// <summary>
/// The strokes of a hatched rectangle, as the data of a path. Patterns of SVG would say it shorter, but a browser that prints them puts every stroke into
/// the PDF many times over.
/// </summary>
internal static class Hatch
{
    private const double Wide = 6;
    private const double Close = 3.5;

    public static string Path(HatchKind kind, double x, double y, double width, double height)
    {
        var path = new StringBuilder();
        if (kind == HatchKind.Middle)
        {
            return Line(path, x, y + (height / 2), x + width, y + (height / 2)).ToString();
        }

        var step = kind == HatchKind.Rising ? Wide : Close;
        var lean = kind == HatchKind.Upright ? 0 : height;
        for (var at = Math.Ceiling((x - lean) / step) * step; at < x + width; at += step)
        {
            var (from, to) = (Math.Max(at, x), Math.Min(at + lean, x + width));
            _ = kind switch
            {
                HatchKind.Upright => at > x ? Line(path, at, y, at, y + height) : path,
                HatchKind.Falling => Line(path, from, y + (from - at), to, y + (to - at)),
                _ => Line(path, from, y + height - (from - at), to, y + height - (to - at)),
            };
        }

        return path.ToString();
    }

    private static StringBuilder Line(StringBuilder path, double fromX, double fromY, double toX, double toY) => path
        .Append('M').Append(ChartScale.Write(fromX)).Append(' ').Append(ChartScale.Write(fromY)).Append('L').Append(ChartScale.Write(toX)).Append(' ').Append(ChartScale.Write(toY));
}
