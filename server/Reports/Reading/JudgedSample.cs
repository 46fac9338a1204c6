using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Reports.Reading;

/// <summary>A sample of a probe as a report counted it.</summary>
/// <param name="Probe">The probe.</param>
/// <param name="Role">Its role at that instant.</param>
/// <param name="At">When it was measured.</param>
/// <param name="MeasuredMilli">What it measured, in thousandths of a degree, before calibration; null where there is no temperature, or more than one.</param>
/// <param name="CalibrationOffsetMilli">What was added to it at that instant, in thousandths of a degree.</param>
/// <param name="Counts">
/// <see cref="CountsAs.Good"/>, or why it does not count: <see cref="CountsAs.Fault"/>, <see cref="CountsAs.Conflict"/>, or the word of the condition or
/// window that covers it (<c>probe-spike</c>, <c>probe-stuck</c>, <c>alarm-test</c>, and <see cref="CountsAs.InDoubt"/> of a draft).
/// </param>
internal readonly record struct JudgedSample(ProbeId Probe, ProbeRole Role, Instant At, int? MeasuredMilli, int CalibrationOffsetMilli, string Counts)
{
    /// <summary>The calibrated temperature in thousandths of a degree; null where there is none. No correction reaches out of the range of temperatures.</summary>
    public int? CalibratedMilli => MeasuredMilli is { } milli ? Calibrated(milli, CalibrationOffsetMilli) : null;

    /// <summary>A measured temperature with an offset added, in thousandths of a degree.</summary>
    public static int Calibrated(int milli, int offsetMilli) => Math.Clamp(milli + offsetMilli, Celsius.Lowest.Milli, Celsius.Highest.Milli);
}

/// <summary>As what a sample counts. Bundles carry the words: they are never changed.</summary>
internal static class CountsAs
{
    /// <summary>A temperature.</summary>
    public const string Good = "good";

    /// <summary>The probe was asked and gave no temperature.</summary>
    public const string Fault = "fault";

    /// <summary>It came last and may be a spike: what comes next will tell, or silence that lasts.</summary>
    public const string InDoubt = UnjudgedTimes.InDoubt;

    /// <summary>Contents contradict each other.</summary>
    public const string Conflict = "conflict";
}
