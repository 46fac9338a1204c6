namespace ColdChain.Core.Exposure;

/// <summary>Tells agitation over a whole time from what is told of it where it is not as it should be.</summary>
public static class AgitationCourse
{
    /// <summary>The intervals told, and in all of the rest the state that nobody needs to tell.</summary>
    /// <param name="told">What is told, in any order.</param>
    /// <param name="otherwise">The state where nothing is.</param>
    /// <param name="whole">The whole time.</param>
    public static IReadOnlyList<AgitationInterval> Of(IEnumerable<AgitationInterval> told, Agitation otherwise, TimeRange whole)
    {
        var within = told
            .Select(interval => (interval.State, Time: new TimeRange(interval.Start, interval.End).Within(whole)))
            .Where(entry => entry.Time is not null)
            .Select(entry => new AgitationInterval(entry.State, entry.Time!.Value.Start, entry.Time.Value.End)) // Those without were left out.
            .ToList();
        var rest = TimeSet.Except([whole], TimeSet.Union(within.Select(interval => new TimeRange(interval.Start, interval.End))));
        return [.. within.Concat(rest.Select(time => new AgitationInterval(otherwise, time.Start, time.End))).OrderBy(interval => interval.Start)];
    }
}
