namespace ColdChain.Tests.Shared.Oracle;

/// <summary>What a signal said at one instant, in milliseconds since 1970.</summary>
/// <param name="At">The instant.</param>
/// <param name="IsOn">The state; null for a fault.</param>
/// <param name="IsConflict">True when states contradict each other, or are contested otherwise.</param>
internal sealed record Told(long At, bool? IsOn, bool IsConflict);

/// <summary>Something that a person should know, half-open; without an end while it goes on.</summary>
internal sealed record Notice(string Kind, long Start, long? End);

/// <summary>What a signal shows of a storage unit: a state holds until the next one, and what lies between two that nothing joins is unknown.</summary>
internal static class SignalOracle
{
    /// <summary>What should be told of it.</summary>
    /// <param name="kind"><c>door</c>, <c>mains</c> or <c>agitation</c>.</param>
    /// <param name="from">Since when it belongs to the storage unit.</param>
    /// <param name="told">All that it said, in order.</param>
    /// <param name="now">The present.</param>
    public static IEnumerable<Notice> Notices(string kind, long from, IReadOnlyList<Told> told, long now)
    {
        var runs = Runs(from, [.. told.Where(one => one.At >= from)], now).ToList();
        return
            from run in runs
            let word = WordOf(kind, run.IsOn)
            where word is not null && (run.End ?? now) - run.Start >= DelayOf(kind, run.IsOn)
            select new Notice(word, run.Start, run.End);
    }

    private static string? WordOf(string kind, bool? isOn) => (kind, isOn) switch
    {
        ("door", true) => "door-open",
        ("mains", false) => "mains-lost",
        ("agitation", false) => "agitation-stopped",
        ("agitation", null) => "agitation-unknown",
        (_, null) => "signal-unknown",
        _ => null,
    };

    private static long DelayOf(string kind, bool? isOn) => (kind, isOn) switch
    {
        ("agitation", _) => 0,
        (_, null) => Limits.MaxGap,
        ("door", _) => 3 * 60_000,
        _ => 60_000,
    };

    // One after the other: the state, or null where nobody can tell, and until when.
    private static IEnumerable<(bool? IsOn, long Start, long? End)> Runs(long from, List<Told> told, long now)
    {
        var states = told.Where(one => one is { IsOn: not null, IsConflict: false }).ToList();
        if (states.Count == 0)
        {
            yield return (null, from, null);
            yield break;
        }

        if (states[0].At > from)
        {
            yield return (null, from, states[0].At);
        }

        var start = states[0].At;
        foreach (var (state, next) in states.Zip(states.Skip(1)))
        {
            var doubt = told.Find(one => state.At < one.At && one.At < next.At);
            var isBroken = told.Exists(one => state.At < one.At && one.At < next.At && one.IsConflict);
            long? unknownFrom = next.At - state.At > Limits.MaxGap ? state.At : isBroken || next.IsOn != state.IsOn ? doubt?.At : null;
            if (unknownFrom is null && next.IsOn == state.IsOn)
            {
                continue;
            }

            yield return (state.IsOn, start, unknownFrom ?? next.At);
            if (unknownFrom is { } unknown)
            {
                yield return (null, unknown, next.At);
            }

            start = next.At;
        }

        var last = states[^1];
        var isSilent = now - last.At > Limits.MaxGap;
        yield return (last.IsOn, start, isSilent ? last.At : null);
        if (isSilent)
        {
            yield return (null, last.At, null);
        }
    }
}
