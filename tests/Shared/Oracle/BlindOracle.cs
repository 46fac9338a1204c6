namespace ColdChain.Tests.Shared.Oracle;

/// <summary>
/// When nobody knew the temperature of a storage unit: the times, of those in which a load probe stood there, that no probe tells of. Reckoned
/// by cutting time at everything that any of them said, and asking of each piece whether one of them knows it.
/// </summary>
internal sealed class BlindOracle(string unit, IReadOnlyList<ProbeOracle> probes, long now)
{
    private readonly List<(long From, long To)> _known = [.. probes.SelectMany(probe => probe.Known())];
    private readonly HashSet<long> _told = [.. probes.SelectMany(probe => probe.Told())];

    /// <summary>The unknown times that are long enough, or may have been explained as lost.</summary>
    /// <param name="mayBeLost">Whether rows of a time may be known as lost.</param>
    public IEnumerable<Exposure> Exposures(Func<long, long, bool> mayBeLost)
    {
        foreach (var (from, to, isOpen) in Times())
        {
            var isLong = to - from > Limits.UnknownLimit;
            if (isLong || mayBeLost(from, to))
            {
                yield return new Exposure(unit, "", "unknown", from, to, isOpen ? null : to, isLong, isOpen);
            }
        }
    }

    /// <summary>All unknown times, however short.</summary>
    public IEnumerable<(long From, long To, bool IsOpen)> Times()
    {
        foreach (var attended in Attended())
        {
            var (end, isOpen) = (Math.Min(attended.To, now), attended.To > now);
            List<long> cuts = [.. _known.SelectMany(piece => new[] { piece.From, piece.To }).Concat(_told).Where(at => attended.From < at && at < end).Distinct().Order(), end];
            var (start, from) = (attended.From, attended.From);
            foreach (var cut in cuts)
            {
                if (_known.Exists(piece => piece.From <= from && cut <= piece.To))
                {
                    start = cut;
                }
                else if (cut == end || _told.Contains(cut) || _known.Exists(piece => piece.From <= cut && cut < piece.To))
                {
                    yield return (start, cut, isOpen && cut == end);
                    start = cut;
                }

                from = cut;
            }
        }
    }

    // The times in which a load probe stood there, without a pause.
    private IEnumerable<(long From, long To)> Attended()
    {
        var mounts = probes.SelectMany(probe => probe.Mounts).Where(mount => mount.From < now).OrderBy(mount => mount.From).ToList();
        for (var i = 0; i < mounts.Count;)
        {
            var (from, to) = mounts[i];
            for (i++; i < mounts.Count && mounts[i].From <= to; i++)
            {
                to = Math.Max(to, mounts[i].To);
            }

            yield return (from, to);
        }
    }
}
