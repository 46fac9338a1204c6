using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;

namespace ColdChain.Server.Store;

/// <summary>A time in which what a probe told is kept, and not judged: it counts as a fault does.</summary>
/// <param name="Probe">The probe; the others go on.</param>
/// <param name="Reason">The word of the condition, such as <c>probe-spike</c>, <see cref="WindowKinds.AlarmTest"/>, or <see cref="UnjudgedTimes.InDoubt"/>.</param>
/// <param name="From">The first instant.</param>
/// <param name="To">The instant after the last.</param>
internal sealed record UnjudgedTime(ProbeId Probe, string Reason, Instant From, Instant To)
{
    public bool Covers(ProbeId probe, Instant at) => From <= at && at < To && Probe == probe;
}

/// <summary>What the judgement has left out, for whoever shows temperatures: lines, minimum and maximum leave it out as well.</summary>
internal static class UnjudgedTimes
{
    /// <summary>The last samples may be a spike: the next ones will tell.</summary>
    public const string InDoubt = "in-doubt";

    /// <summary>The times of a storage unit's probes that touch [from, to], both included.</summary>
    public static List<UnjudgedTime> Touching(StoreSession session, StorageUnitId unit, Instant from, Instant to) =>
    [
        .. ConditionStore.Disbelieving(session, unit, from, to).Select(row => row.Condition)
            .Select(condition => new UnjudgedTime(condition.Probe, ConditionWords.Of(condition.Kind), condition.Start, condition.Until)),
        .. WindowStore.AlarmTests(session, unit).Where(test => test.From <= to && test.To >= from)
            .Select(test => new UnjudgedTime(test.Probe, WindowKinds.AlarmTest, test.From, test.To)),
    ];

    /// <summary>The sample as it is judged: a fault within one of the times.</summary>
    public static Sample AsJudged(this IReadOnlyList<UnjudgedTime> times, ProbeId probe, in Sample sample)
    {
        foreach (var time in times)
        {
            if (time.Covers(probe, sample.At))
            {
                return Sample.Fault(sample.At);
            }
        }

        return sample;
    }
}
