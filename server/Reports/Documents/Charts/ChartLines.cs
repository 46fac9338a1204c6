using System.Text;
using ColdChain.Core.Readings;
using ColdChain.Server.Reports.Content;

namespace ColdChain.Server.Reports.Documents.Charts;

/// <summary>The line of a probe as pieces that hang together: none of them crosses a break, or a time in which nobody can tell the temperature.</summary>
internal static class ChartLines
{
    /// <summary>The pieces, each with at least one point.</summary>
    public static IReadOnlyList<IReadOnlyList<(Instant At, Celsius Celsius)>> Pieces(ProbeContent probe)
    {
        var pieces = new List<IReadOnlyList<(Instant, Celsius)>>();
        var piece = new List<(Instant At, Celsius Celsius)>();
        foreach (var point in probe.Line)
        {
            if (piece.Count > 0 && (point.Celsius is null || IsGap(probe, piece[^1].At, point.At)))
            {
                pieces.Add(piece);
                piece = [];
            }

            if (point.Celsius is { } celsius)
            {
                piece.Add((point.At, celsius));
            }
        }

        return piece.Count > 0 ? [.. pieces, piece] : pieces;
    }

    /// <summary>The pieces as the data of a path. A single point becomes a dot.</summary>
    public static string Path(ProbeContent probe, ChartScale scale)
    {
        var path = new StringBuilder();
        foreach (var piece in Pieces(probe))
        {
            var letter = 'M';
            foreach (var (at, celsius) in piece)
            {
                path.Append(letter).Append(ChartScale.Write(scale.X(at))).Append(' ').Append(ChartScale.Write(scale.Y(celsius.Milli)));
                letter = 'L';
            }

            path.Append(piece.Count == 1 ? "h0" : "");
        }

        return path.ToString();
    }

    private static bool IsGap(ProbeContent probe, Instant last, Instant next) => probe.Unknown.Any(unknown => unknown.From < next && unknown.To > last);
}
