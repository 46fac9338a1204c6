using ColdChain.Core.Readings;
using ColdChain.Server.Reports.Content;

namespace ColdChain.Server.Tests.Reports;

/// <summary>The probes of the sample reports with lines that look like those of a fridge.</summary>
internal static class SampleProbes
{
    private const int StepMinutes = 5;
    private const double DayMinutes = 24 * 60;

    /// <summary>The load probe that saw the excursion: a gap before it, three faults behind it.</summary>
    public static ProbeContent Excursion() => new()
    {
        Probe = "load-1",
        Role = ProbeRole.Load,
        Mounted = new SpanContent(SampleReports.From, SampleReports.To),
        CalibrationOffsetMilli = -120,
        Certificate = "LNE-2026-0417",
        CalibratedOn = new DateOnly(2026, 1, 14),
        CalibrationDueOn = new DateOnly(2027, 1, 14),
        UncertaintyMilli = 150,
        Figures = Figures(135, (2_912, "2026-11-25T22:05:00Z"), (9_412, "2026-11-26T03:02:30Z"), TimeSpan.FromMinutes(196), TimeSpan.FromMinutes(45)),
        Line = Line(SampleReports.From, SampleReports.To, at => Warmed(at, 5_412), [SampleReports.Gap, new SpanContent(SampleReports.At("2026-11-26T05:09:00Z"), SampleReports.At("2026-11-26T05:21:00Z"))]),
        Unknown = [SampleReports.Gap],
    };

    /// <summary>Another load probe, lower down and never too warm, of which nobody recorded a calibration.</summary>
    public static ProbeContent Second() => new()
    {
        Probe = "load-2",
        Role = ProbeRole.Load,
        Mounted = new SpanContent(SampleReports.From, SampleReports.To),
        CalibrationOffsetMilli = 0,
        Figures = Figures(135, (3_240, "2026-11-25T23:40:00Z"), (5_871, "2026-11-26T03:35:00Z"), TimeSpan.Zero, TimeSpan.Zero),
        Line = Line(SampleReports.From, SampleReports.To, at => Warmed(at, 1_980), []),
        Unknown = [],
    };

    public static ProbeContent Air() => new()
    {
        Probe = "air-1",
        Role = ProbeRole.Air,
        Mounted = new SpanContent(SampleReports.From, SampleReports.To),
        CalibrationOffsetMilli = 40,
        Certificate = "LNE-2025-1188",
        CalibratedOn = new DateOnly(2025, 11, 3),
        CalibrationDueOn = new DateOnly(2026, 11, 3),
        UncertaintyMilli = 300,
        Figures = Figures(135, (2_105, "2026-11-25T22:00:00Z"), (11_962, "2026-11-26T02:40:00Z"), TimeSpan.FromMinutes(212), TimeSpan.Zero),
        Line = Line(SampleReports.From, SampleReports.To, at => Warmed(at, 7_600) + Wave(at, 37, 620), [SampleReports.Gap]),
        Unknown = [SampleReports.Gap],
    };

    /// <summary>A load probe over a week.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="mounted">From when to when it stood there.</param>
    /// <param name="rise">How far it was warmed, in thousandths of a degree, during the time that <paramref name="warm"/> gives.</param>
    /// <param name="warm">When it was warmed.</param>
    /// <param name="unknown">When nothing is known.</param>
    public static ProbeContent OfWeek(string name, SpanContent mounted, int rise, SpanContent? warm, IReadOnlyList<SpanContent> unknown)
    {
        var line = Line(mounted.From, mounted.To, at => 3_900 + (int)Wave(at, DayMinutes, 350) + (int)Wave(at, 173, 240) + Bump(at, warm, rise), unknown, 15);
        return new ProbeContent
        {
            Probe = name,
            Role = ProbeRole.Load,
            Mounted = mounted,
            CalibrationOffsetMilli = 35,
            Certificate = "LNE-2026-0533",
            CalibratedOn = new DateOnly(2026, 3, 2),
            CalibrationDueOn = new DateOnly(2027, 3, 2),
            UncertaintyMilli = 150,
            Figures = FiguresOfWeek(mounted, line, warm is null ? TimeSpan.Zero : TimeSpan.FromMinutes(74), unknown),
            Line = line,
            Unknown = unknown,
        };
    }

    private static FiguresContent FiguresOfWeek(SpanContent mounted, IReadOnlyList<PointContent> line, TimeSpan high, IReadOnlyList<SpanContent> unknown)
    {
        var length = mounted.To - mounted.From;
        var blind = unknown.Aggregate(TimeSpan.Zero, (sum, span) => sum + (span.To - span.From));
        var (lowest, highest) = (line.Where(point => point.Celsius is not null).MinBy(point => point.Celsius)!, line.MaxBy(point => point.Celsius)!); // There are points.
        return new FiguresContent
        {
            Expected = (int)(length.TotalMinutes / StepMinutes),
            Received = (int)((length - blind).TotalMinutes / StepMinutes) + 4,
            Good = (int)((length - blind).TotalMinutes / StepMinutes),
            Minimum = lowest.Celsius,
            MinimumAt = lowest.At,
            Maximum = highest.Celsius,
            MaximumAt = highest.At,
            Mean = 3.951204,
            StandardDeviation = 0.412907,
            MeanKinetic = 4.018233,
            Low = TimeSpan.Zero,
            InRange = length - blind - high,
            High = high,
            Unknown = blind,
            LongestGap = unknown.Count == 0 ? TimeSpan.Zero : unknown.Max(span => span.To - span.From),
            CoveragePercent = Math.Round((length - blind) / length * 100, 4),
        };
    }

    private static FiguresContent Figures(int expected, (int Milli, string At) minimum, (int Milli, string At) maximum, TimeSpan high, TimeSpan unknown)
    {
        var length = SampleReports.To - SampleReports.From;
        return new FiguresContent
        {
            Expected = expected,
            Received = unknown > TimeSpan.Zero ? expected - 6 : expected,
            Good = unknown > TimeSpan.Zero ? expected - 9 : expected,
            Minimum = Celsius.FromMilli(minimum.Milli),
            MinimumAt = SampleReports.At(minimum.At),
            Maximum = Celsius.FromMilli(maximum.Milli),
            MaximumAt = SampleReports.At(maximum.At),
            Mean = 5.112345,
            StandardDeviation = 1.907651,
            MeanKinetic = 5.402118,
            Low = TimeSpan.Zero,
            InRange = length - high - unknown,
            High = high,
            Unknown = unknown,
            LongestGap = unknown,
            CoveragePercent = Math.Round((length - unknown) / length * 100, 4),
        };
    }

    private static IReadOnlyList<PointContent> Line(Instant from, Instant to, Func<Instant, double> milli, IReadOnlyList<SpanContent> gaps, int stepMinutes = StepMinutes)
    {
        var points = new List<PointContent>();
        for (var at = from; at < to; at += TimeSpan.FromMinutes(stepMinutes))
        {
            points.Add(new PointContent(at, gaps.Any(gap => gap.From < at && at < gap.To) ? null : Celsius.FromMilli((int)milli(at))));
        }

        return points;
    }

    // From the start of the excursion up to its peak, and down again to its end, above what the compressor makes of every hour.
    private static double Warmed(Instant at, int rise)
    {
        var (up, down) = (SampleReports.Start - TimeSpan.FromMinutes(35), SampleReports.End + TimeSpan.FromMinutes(70));
        var share = at <= up || at >= down ? 0
            : at <= SampleReports.Peak ? (at - up) / (SampleReports.Peak - up)
            : (down - at) / (down - SampleReports.Peak);
        return at.Milliseconds / 1000 == SampleReports.Peak.Milliseconds / 1000 ? 4_000 + rise : 3_920 + (rise * Math.Sin(share * Math.PI / 2)) + Wave(at, 57, 75);
    }

    private static int Bump(Instant at, SpanContent? warm, int rise) =>
        warm is null || at < warm.From || at > warm.To ? 0 : (int)(rise * Math.Sin((at - warm.From) / (warm.To - warm.From) * Math.PI));

    private static double Wave(Instant at, double minutes, double height) => height * Math.Sin(at.Milliseconds / 60_000.0 / minutes * 2 * Math.PI);
}
