using ColdChain.Server.Reports.Content;

namespace ColdChain.Server.Reports.Sheets;

/// <summary>The probes: their figures, what did not count, when nobody can tell, and the line to draw.</summary>
internal static class ProbeSheets
{
    public static Sheet Figures(IEnumerable<Placed<ProbeContent>> probes, SheetFrame frame)
    {
        var texts = frame.Texts;
        var table = OfUnit<ProbeContent>(frame, texts.SheetFigures)
            .Text(texts.SheetProbe, row => row.What.Probe)
            .Text(texts.SheetRole, row => frame.Texts.Of(row.What.Role))
            .Time(texts.SheetMountedFrom, row => row.What.Mounted.From)
            .Time(texts.SheetMountedTo, row => row.What.Mounted.To)
            .Thousandths(texts.SheetOffset, row => row.What.CalibrationOffsetMilli)
            .Recorded(texts.SheetCertificate, row => row.What.Certificate)
            .Date(texts.SheetCalibratedOn, row => row.What.CalibratedOn)
            .Date(texts.SheetCalibrationDueOn, row => row.What.CalibrationDueOn)
            .Thousandths(texts.SheetUncertainty, row => row.What.UncertaintyMilli)
            .Whole(texts.SheetExpected, row => row.What.Figures.Expected)
            .Whole(texts.SheetReceived, row => row.What.Figures.Received)
            .Whole(texts.SheetGood, row => row.What.Figures.Good)
            .Celsius(texts.SheetMinimum, row => row.What.Figures.Minimum)
            .Time(texts.SheetMinimumAt, row => row.What.Figures.MinimumAt)
            .Celsius(texts.SheetMaximum, row => row.What.Figures.Maximum)
            .Time(texts.SheetMaximumAt, row => row.What.Figures.MaximumAt);
        return WithMeansAndTimes(table, frame).Of(probes);
    }

    public static Sheet Excluded(IEnumerable<Placed<ExcludedContent>> excluded, SheetFrame frame)
    {
        var texts = frame.Texts;
        return OfUnit<ExcludedContent>(frame, texts.SheetExcluded)
            .Text(texts.SheetProbe, row => row.What.Probe)
            .Text(texts.SheetReason, row => frame.Texts.OfExcluded(row.What.Reason))
            .Time(texts.SheetFirstSample, row => row.What.From)
            .Time(texts.SheetLastSample, row => row.What.To)
            .Whole(texts.SheetSamples, row => row.What.Samples)
            .Whole(texts.SheetRuns, row => row.What.Runs)
            .Minutes(texts.SheetRunsTime, row => row.What.Total ?? row.What.To - row.What.From)
            .LongText(texts.SheetDetail, row => row.What.Detail)
            .Of(excluded);
    }

    public static Sheet Unknown(IEnumerable<Placed<ProbeContent>> probes, SheetFrame frame)
    {
        var texts = frame.Texts;
        return OfUnit<(string Probe, SpanContent? Span, LeftOutContent Times)>(frame, texts.SheetUnknown)
            .Text(texts.SheetProbe, row => row.What.Probe)
            .Time(texts.SheetFrom, row => row.What.Span?.From, texts.SheetRest)
            .Time(texts.SheetTo, row => row.What.Span?.To, texts.SheetRest)
            .Whole(texts.SheetRuns, row => row.What.Times.Count)
            .Minutes(texts.SheetDuration, row => row.What.Times.Total)
            .Of(probes.SelectMany(probe => Placed.All(probe.Place, UnknownOf(probe.What))));
    }

    // Behind those that are told one by one, the rest.
    private static IEnumerable<(string Probe, SpanContent? Span, LeftOutContent Times)> UnknownOf(ProbeContent probe) =>
        probe.Unknown.Select(span => (probe.Probe, (SpanContent?)span, new LeftOutContent(1, span.To - span.From)))
            .Concat(probe.UnknownLeftOut is { } rest ? [(probe.Probe, null, rest)] : []);

    /// <summary>One point for each row. Where the line is broken, the temperature is empty, so that a chart breaks as well.</summary>
    public static Sheet Lines(IEnumerable<Placed<ProbeContent>> probes, SheetFrame frame)
    {
        var texts = frame.Texts;
        return OfUnit<(string Probe, PointContent Point)>(frame, texts.SheetLines)
            .Text(texts.SheetProbe, row => row.What.Probe)
            .Time(texts.SheetTime, row => row.What.Point.At)
            .Celsius(texts.SheetTemperature, row => row.What.Point.Celsius)
            .Of(probes.SelectMany(probe => Placed.All(probe.Place, probe.What.Line.Select(point => (probe.What.Probe, point)))));
    }

    /// <summary>A table that begins with the storage unit, so that the sheets of several units have the form of those of one.</summary>
    public static SheetTable<Placed<T>> OfUnit<T>(SheetFrame frame, string name) =>
        new SheetTable<Placed<T>>(frame, name).Text(frame.Texts.SheetUnitId, row => row.Place.Unit).Text(frame.Texts.SheetUnit, row => row.Place.UnitName);

    private static SheetTable<Placed<ProbeContent>> WithMeansAndTimes(SheetTable<Placed<ProbeContent>> table, SheetFrame frame)
    {
        var texts = frame.Texts;
        return table
            .Number(texts.SheetMean, "°C", row => row.What.Figures.Mean)
            .Number(texts.SheetStandardDeviation, "°C", row => row.What.Figures.StandardDeviation)
            .Number(texts.SheetMeanKinetic, "°C", row => row.What.Figures.MeanKinetic)
            .Minutes(texts.SheetLow, row => row.What.Figures.Low)
            .Minutes(texts.SheetInRange, row => row.What.Figures.InRange)
            .Minutes(texts.SheetHigh, row => row.What.Figures.High)
            .Minutes(texts.SheetUnknownTime, row => row.What.Figures.Unknown)
            .Minutes(texts.SheetLongestGap, row => row.What.Figures.LongestGap)
            .Number(texts.SheetCoverage, "%", row => row.What.Figures.CoveragePercent);
    }
}
