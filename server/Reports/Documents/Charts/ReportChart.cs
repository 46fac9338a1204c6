using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Reports.Wording;

namespace ColdChain.Server.Reports.Documents.Charts;

/// <summary>
/// Draws the temperatures of a storage unit: load probes as whole lines, air probes dashed, limits as a band, what nobody knows hatched and never
/// joined, excursions shaded with their peak, and beneath the axis what explains them. Nothing is told by colour alone.
/// </summary>
internal sealed class ReportChart(ReportTexts texts)
{
    private const double Width = 680;
    private const double LaneHeight = 16;
    private const double AxisHeight = 27;
    private const double RibbonTop = 8.5;
    private const double RibbonHeight = 5.5;
    private const double MarkLengthMin = 1.5;
    private const int MarksMax = 12;
    private const double Letter = 4.6;

    private static readonly string[] LoadColours = ["#0b4f7d", "#7a1f5c", "#5a4300", "#1d5f2f"];
    private const string AirColour = "#4a5a68";
    private const string LimitInk = "#1d5f2f";
    private const string GapInk = "#56626e";

    /// <summary>The colour of a load probe, by its place among them.</summary>
    public static string LoadColour(int place) => LoadColours[place % LoadColours.Length];

    public string Draw(ChartSubject subject)
    {
        var scale = ChartScale.Of(subject.From, subject.To, subject.Probes, subject.Rules);
        var lanes = ChartLanes.Of(texts, subject);
        var height = ChartScale.Bottom + AxisHeight + (lanes.Count * LaneHeight) + 4;
        using var svg = new Svg();
        svg.Open("svg", ("class", "chart"), ("viewBox", $"0 0 {ChartScale.Write(Width)} {ChartScale.Write(height)}"), ("role", "img"), ("direction", "ltr"), ("aria-labelledby", $"{subject.Id}-title {subject.Id}-text"));
        Describe(svg, subject);
        Band(svg, subject, scale);
        Grid(svg, scale);
        Findings(svg, subject, scale);
        Gaps(svg, subject, scale);
        Axis(svg, subject, scale);
        Lines(svg, subject, scale);
        foreach (var finding in subject.Findings)
        {
            Peak(svg, subject, scale, finding);
        }

        svg.Add("rect", ("x", ChartScale.Left), ("y", ChartScale.Top), ("width", ChartScale.Right - ChartScale.Left), ("height", ChartScale.Bottom - ChartScale.Top), ("fill", "none"), ("stroke", "#5b6773"), ("stroke-width", 0.8));
        Lanes(svg, subject, scale, lanes);
        svg.Close();
        return svg.ToString();
    }

    private void Describe(Svg svg, ChartSubject subject)
    {
        svg.Text("title", texts.Common.Chart, ("id", $"{subject.Id}-title"));
        svg.Text(
            "desc",
            texts.Fill(texts.ChartDescription, texts.Listed(subject.Probes.Select(probe => probe.Probe).Distinct()), texts.Local(subject.From, subject.Zone), texts.Local(subject.To, subject.Zone)),
            ("id", $"{subject.Id}-text"));
    }

    private void Band(Svg svg, ChartSubject subject, ChartScale scale)
    {
        foreach (var rule in subject.Rules.Where(rule => rule.InForce.To > subject.From && rule.InForce.From < subject.To && (rule.Low is not null || rule.High is not null)))
        {
            var (left, right) = (scale.X(rule.InForce.From), scale.X(rule.InForce.To));
            var (top, bottom) = (rule.High is { } high ? scale.Y(high.Milli) : ChartScale.Top, rule.Low is { } low ? scale.Y(low.Milli) : ChartScale.Bottom);
            svg.Add("rect", ("class", "band"), ("x", left), ("y", top), ("width", right - left), ("height", bottom - top), ("fill", "#e3f1e6"));
            Limit(svg, rule.High, (left, right, top));
            Limit(svg, rule.Low, (left, right, bottom));
            if (left > ChartScale.Left)
            {
                svg.Add("path", ("d", Vertical(left)), ("stroke", LimitInk), ("stroke-width", 0.8), ("stroke-dasharray", "1 2"));
            }
        }
    }

    // Beside the picture, or within it where another rule follows.
    private void Limit(Svg svg, Celsius? limit, (double Left, double Right, double Y) line)
    {
        if (limit is { } celsius)
        {
            var isLast = line.Right >= ChartScale.Right - 1;
            svg.Add("path", ("d", $"M{ChartScale.Write(line.Left)} {ChartScale.Write(line.Y)}H{ChartScale.Write(line.Right)}"), ("stroke", LimitInk), ("stroke-width", 1.0));
            svg.Text(
                "text", texts.Common.DegreesExactly(celsius), ("x", line.Right + (isLast ? 4 : -3)), ("y", line.Y + (isLast ? 3 : -3)), ("text-anchor", isLast ? "start" : "end"), ("fill", LimitInk), ("font-weight", "bold"));
        }
    }

    private void Grid(Svg svg, ChartScale scale)
    {
        foreach (var tick in scale.Ticks())
        {
            var y = scale.Y(tick);
            svg.Add("path", ("d", $"M{ChartScale.Write(ChartScale.Left)} {ChartScale.Write(y)}H{ChartScale.Write(ChartScale.Right)}"), ("stroke", "#17202a"), ("stroke-opacity", ".13"), ("stroke-width", 0.6));
            svg.Text("text", texts.Common.Limit(Celsius.FromMilli(tick)), ("x", ChartScale.Left - 4), ("y", y + 3), ("text-anchor", "end"), ("fill", "#333f4b"));
        }

        svg.Text("text", "°C", ("x", ChartScale.Left - 4), ("y", ChartScale.Top - 8), ("text-anchor", "end"), ("fill", "#333f4b"));
    }

    private void Findings(Svg svg, ChartSubject subject, ChartScale scale)
    {
        var free = ChartScale.Left - (2 * Letter);
        foreach (var finding in subject.Findings.Where(finding => finding.To > subject.From && finding.From < subject.To))
        {
            var (left, right) = (scale.X(finding.From), scale.X(finding.To));
            var width = Math.Max(MarkLengthMin, right - left);
            var isUnknown = finding.Side == Side.Unknown;
            if (!isUnknown)
            {
                svg.Add("rect", ("class", "excursion"), ("x", left), ("y", ChartScale.Top), ("width", width), ("height", ChartScale.Bottom - ChartScale.Top), ("fill", "#f9d9db"));
                svg.Add("path", ("d", $"{Vertical(left)}{Vertical(left + width)}"), ("stroke", "#a3121a"), ("stroke-width", 0.8), ("stroke-dasharray", "3 2"));
            }

            // A bracket above the picture holds its name, so that it is found without its colour.
            svg.Add("path", ("d", $"M{ChartScale.Write(left)} {ChartScale.Write(ChartScale.Top)}v-5h{ChartScale.Write(width)}v5"), ("stroke", isUnknown ? "#39444f" : "#a3121a"), ("stroke-width", 1.2), ("fill", "none"));
            free = Name(svg, finding, left + (width / 2), free);
        }
    }

    // In short where the name before leaves no room for more; not at all where it leaves none: the list under the picture has every one.
    private double Name(Svg svg, ChartFinding finding, double middle, double free)
    {
        var number = texts.Fill(texts.Common.NumberSign, finding.Id);
        foreach (var name in new[] { $"{texts.Common.Of(finding.Side)} ({number})", number })
        {
            var half = name.Length * Letter / 2;
            if (middle - half >= free)
            {
                Label(svg, name, middle, ChartScale.Top - 8, finding.Side == Side.Unknown ? "#39444f" : "#8f0d12");
                return middle + half + Letter;
            }
        }

        return free;
    }

    private static void Gaps(Svg svg, ChartSubject subject, ChartScale scale)
    {
        var loads = subject.Probes.Where(probe => probe.Role == ProbeRole.Load).ToList();
        var without = Spans.Between(Spans.Union(loads.Select(probe => probe.Mounted), subject.From, subject.To), subject.From, subject.To); // No load probe was in place: nobody knows that either.
        foreach (var gap in loads.SelectMany(probe => probe.Unknown).Where(gap => gap.To > subject.From && gap.From < subject.To).Concat(without).Distinct())
        {
            var left = scale.X(gap.From);
            Hatched(svg, HatchKind.Rising, ("gap", "#e4e7ea", GapInk), (left, ChartScale.Top, Math.Max(MarkLengthMin, scale.X(gap.To) - left), ChartScale.Bottom - ChartScale.Top));
        }
    }

    private static void Hatched(Svg svg, HatchKind kind, (string Class, string Ground, string Ink) look, (double X, double Y, double Width, double Height) place)
    {
        svg.Add("rect", ("class", look.Class), ("x", place.X), ("y", place.Y), ("width", place.Width), ("height", place.Height), ("fill", look.Ground), ("stroke", look.Ink), ("stroke-width", 0.6));
        svg.Add("path", ("class", "hatch"), ("d", Hatch.Path(kind, place.X, place.Y, place.Width, place.Height)), ("stroke", look.Ink), ("stroke-width", 0.9), ("fill", "none"));
    }

    private void Axis(Svg svg, ChartSubject subject, ChartScale scale)
    {
        foreach (var mark in TimeAxis.Marks(subject.From, subject.To, subject.Zone, MarksMax, (texts.MonthDay, texts.Common.Culture)))
        {
            var x = scale.X(mark.At);
            svg.Add("path", ("d", Vertical(x)), ("stroke", "#17202a"), ("stroke-opacity", mark.Day.Length > 0 && mark.Time.Length > 0 ? ".35" : ".13"), ("stroke-width", 0.6));
            svg.Add("path", ("d", $"M{ChartScale.Write(x)} {ChartScale.Write(ChartScale.Bottom)}v3"), ("stroke", "#333f4b"), ("stroke-width", 0.8));
            Label(svg, mark.Time.Length > 0 ? mark.Time : mark.Day, x, ChartScale.Bottom + 12, "#333f4b");
            Label(svg, mark.Time.Length > 0 ? mark.Day : "", x, ChartScale.Bottom + 22, "#333f4b");
        }
    }

    private static void Lines(Svg svg, ChartSubject subject, ChartScale scale)
    {
        var loads = subject.Probes.Where(probe => probe.Role == ProbeRole.Load).Select(probe => probe.Probe).Distinct().ToList();
        foreach (var probe in subject.Probes.OrderByDescending(probe => probe.Role))
        {
            var isLoad = probe.Role == ProbeRole.Load;
            svg.Add(
                "path", ("class", isLoad ? "load" : "air"), ("data-probe", probe.Probe), ("d", ChartLines.Path(probe, scale)), ("fill", "none"),
                ("stroke", isLoad ? LoadColour(loads.IndexOf(probe.Probe)) : AirColour), ("stroke-width", isLoad ? 1.7 : 0.9), ("stroke-linejoin", "round"), ("stroke-linecap", isLoad ? "round" : "butt"),
                ("stroke-dasharray", isLoad ? "none" : "4 2.5"));
        }

        foreach (var (probe, place) in loads.Select((probe, place) => (probe, place)))
        {
            ChartMarks.Add(svg, subject.Probes.Where(one => one.Probe == probe), scale, place);
        }
    }

    private void Peak(Svg svg, ChartSubject subject, ChartScale scale, ChartFinding finding)
    {
        var points = subject.Probes.Where(probe => probe.Probe == finding.Probe).SelectMany(probe => probe.Line)
            .Where(point => point.Celsius is not null && point.At >= finding.From && point.At <= finding.To);
        var furthest = finding.Side == Side.High ? points.MaxBy(point => point.Celsius) : points.MinBy(point => point.Celsius);

        // The peak may lie outside of the time of the picture, or between two samples: then another point is not called by its name.
        if (finding.Peak is not { } peak || furthest?.Celsius != peak)
        {
            return;
        }

        var at = furthest.At;
        var (x, y) = (scale.X(at), scale.Y(peak.Milli));
        var rule = RuleAt.Of(subject.Rules, at);
        svg.Add("circle", ("class", "peak"), ("cx", x), ("cy", y), ("r", 3.2), ("fill", "#ffffff"), ("stroke", "#8f0d12"), ("stroke-width", 1.6));
        if (subject.Findings.Count == 1)
        {
            var time = TimeZoneInfo.ConvertTime(at.ToDateTimeOffset(), subject.Zone).ToString("HH:mm", texts.Common.Culture);
            Label(svg, $"{texts.Degrees(peak, rule?.Low, rule?.High)} · {time}", x, finding.Side == Side.High ? Math.Max(y - 7, ChartScale.Top + 9) : Math.Min(y + 13, ChartScale.Bottom - 4), "#8f0d12", isHaloed: true);
        }
    }

    private static void Lanes(Svg svg, ChartSubject subject, ChartScale scale, IReadOnlyList<ChartLane> lanes)
    {
        var top = ChartScale.Bottom + AxisHeight;
        foreach (var lane in lanes)
        {
            svg.Text("text", lane.Label, ("x", ChartScale.Left), ("y", top + 6.5), ("fill", "#17202a"));
            svg.Add("rect", ("x", ChartScale.Left), ("y", top + RibbonTop), ("width", ChartScale.Right - ChartScale.Left), ("height", RibbonHeight), ("fill", "#f2f4f6"));
            foreach (var (from, to) in lane.Times.Where(time => time.To >= subject.From && time.From <= subject.To))
            {
                var left = scale.X(from);
                Hatched(svg, lane.Hatch, ("ribbon", lane.Ground, lane.Ink), (left, top + RibbonTop, Math.Max(MarkLengthMin, scale.X(to) - left), RibbonHeight));
            }

            top += LaneHeight;
        }
    }

    // Kept within the picture by its length, as far as that can be told without the font.
    private static void Label(Svg svg, string text, double x, double y, string ink, bool isHaloed = false)
    {
        if (text.Length > 0)
        {
            var half = text.Length * Letter / 2;
            var middle = Math.Clamp(x, Math.Min(ChartScale.Left + half - 20, Width / 2), Math.Max(Width - half - 4, Width / 2));
            (string, object)[] halo = isHaloed ? [("paint-order", "stroke"), ("stroke", "#ffffff"), ("stroke-width", 3.0), ("stroke-linejoin", "round"), ("font-weight", "bold")] : [];
            svg.Text("text", text, [("x", middle), ("y", y), ("text-anchor", "middle"), ("fill", ink), .. halo]);
        }
    }

    private static string Vertical(double x) => $"M{ChartScale.Write(x)} {ChartScale.Write(ChartScale.Top)}V{ChartScale.Write(ChartScale.Bottom)}";
}
