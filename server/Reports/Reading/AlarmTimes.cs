using ColdChain.Core.Readings;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Store;

namespace ColdChain.Server.Reports.Reading;

/// <summary>
/// The times in which an incident went on: from its opening until no member of it did, and from each time on at which one did again. What stands in the
/// incident today says only whether it goes on now.
/// </summary>
internal static class AlarmTimes
{
    /// <summary>They ascend; one that goes on at <paramref name="to"/> ends there.</summary>
    /// <param name="incident">The incident, opened before the end.</param>
    /// <param name="members">What was noted of its members before the end, in that order.</param>
    /// <param name="to">The end.</param>
    public static IReadOnlyList<SpanContent> Of(IncidentRow incident, IEnumerable<IncidentMember> members, Instant to)
    {
        var (times, going, since) = (new List<SpanContent>(), new HashSet<string>(), (Instant?)incident.OpenedAt);
        foreach (var member in members)
        {
            _ = member.GoesOn ? going.Add(member.Member) : going.Remove(member.Member);
            if (going.Count == 0 && since is { } began)
            {
                times.Add(new SpanContent(began, member.At));
                since = null;
            }
            else if (going.Count > 0)
            {
                since ??= member.At;
            }
        }

        return since is { } still ? [.. times, new SpanContent(still, to)] : times;
    }
}
