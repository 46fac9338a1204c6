using ColdChain.Core.Readings;

namespace ColdChain.Core.Reporting;

/// <summary>
/// By when a report is to be prepared, reviewed and approved. No regulation names these times: they are engineering defaults that a blood service
/// replaces by those of its procedures.
/// </summary>
/// <param name="Prepare">From when it could be prepared until it is.</param>
/// <param name="Review">From then until it is reviewed.</param>
/// <param name="Approve">From then until it is approved.</param>
public sealed record ReportDue(TimeSpan Prepare, TimeSpan Review, TimeSpan Approve)
{
    /// <summary>Three days, four and seven.</summary>
    public static ReportDue Default { get; } = new(TimeSpan.FromDays(3), TimeSpan.FromDays(4), TimeSpan.FromDays(7));

    /// <summary>When a signature is due.</summary>
    /// <param name="meaning">The signature.</param>
    /// <param name="since">When what comes before it was done: when the report could be prepared, or the signature before.</param>
    public Instant Of(SignatureMeaning meaning, Instant since) => since + meaning switch
    {
        SignatureMeaning.Prepared => Prepare,
        SignatureMeaning.Reviewed => Review,
        SignatureMeaning.Approved => Approve,
        _ => throw new ArgumentOutOfRangeException(nameof(meaning)),
    };
}
