namespace ColdChain.Tests.Shared.Oracle;

/// <summary>How long a blood unit was beyond some limits, in milliseconds.</summary>
/// <param name="Known">What is known.</param>
/// <param name="Possible">That, and all of which nobody can tell.</param>
/// <param name="Pieces">Of how many times both are made: each was rounded to a millisecond at both ends.</param>
internal readonly record struct Lived(decimal Known, decimal Possible, int Pieces);

/// <summary>What a blood unit went through over all its stays, and between them.</summary>
internal static class LifeOracle
{
    /// <summary>The time beyond some limits.</summary>
    /// <param name="stays">Where it was, no two at once.</param>
    /// <param name="probes">The load probes of all storage units.</param>
    /// <param name="limits">The limits.</param>
    /// <param name="now">Up to when.</param>
    public static Lived Beyond(IEnumerable<Presence> stays, IReadOnlyList<(string Unit, ProbeOracle Probe)> probes, Limits limits, long now)
    {
        var (known, possible, pieces) = (0m, 0m, 0);
        decimal? left = null;
        foreach (var stay in stays.Where(stay => stay.In < now).OrderBy(stay => stay.In))
        {
            var (from, to) = ((decimal)stay.In, (decimal)Math.Min(stay.Out ?? now, now));
            var lines = probes.Where(entry => entry.Unit == stay.Unit).Select(entry => entry.Probe.Lines(limits)).ToList();
            var beyond = Union(lines.SelectMany(line => line.Beyond), from, to);
            var told = Union(lines.SelectMany(line => line.Told), from, to);
            var between = from - (left ?? from);
            known += Length(beyond);
            possible += Length(beyond) + (to - from - Length(told)) + (between > Limits.MaxGap ? between : 0);
            pieces += beyond.Count + told.Count + lines.Sum(line => line.Told.Count(time => time.From == time.To)) + 1; // One sample alone lasts a millisecond.
            left = to;
        }

        return new Lived(known, possible, pieces);
    }

    private static List<(decimal From, decimal To)> Union(IEnumerable<(decimal From, decimal To)> times, decimal from, decimal to)
    {
        var united = new List<(decimal From, decimal To)>();
        foreach (var (start, end) in times.Select(time => (From: Math.Max(time.From, from), To: Math.Min(time.To, to))).Where(time => time.From < time.To).OrderBy(time => time.From))
        {
            if (united.Count > 0 && start <= united[^1].To)
            {
                united[^1] = (united[^1].From, Math.Max(united[^1].To, end));
            }
            else
            {
                united.Add((start, end));
            }
        }

        return united;
    }

    private static decimal Length(List<(decimal From, decimal To)> times) => times.Sum(time => time.To - time.From);
}
