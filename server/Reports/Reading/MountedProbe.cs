using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;

namespace ColdChain.Server.Reports.Reading;

/// <summary>A time in which one rule judged a mounted probe.</summary>
/// <param name="From">The first instant.</param>
/// <param name="To">The instant after the last.</param>
/// <param name="Rule">Its figures for the role of the probe.</param>
/// <param name="SampleEvery">How often its pack recommends to sample.</param>
internal sealed record RulePiece(Instant From, Instant To, ProbeRule Rule, TimeSpan SampleEvery);

/// <summary>A probe that stood in a storage unit with one role, offset and certificate.</summary>
/// <param name="From">From when.</param>
/// <param name="To">Until when, not included.</param>
/// <param name="Probe">The probe as it was mounted.</param>
internal sealed record MountedProbe(Instant From, Instant To, FleetProbe Probe);

/// <summary>
/// Mountings of one probe in one role that follow each other without a hole. Lines between samples go on over their boundaries, and never over a
/// time in which the probe stood elsewhere.
/// </summary>
/// <param name="mountings">Ascending, at least one.</param>
internal sealed class MountedRun(IReadOnlyList<MountedProbe> mountings)
{
    public IReadOnlyList<MountedProbe> Mountings => mountings;

    public Instant From => Mountings[0].From;

    public Instant To => Mountings[^1].To;

    public ProbeId Probe => Mountings[0].Probe.Id;

    public ProbeRole Role => Mountings[0].Probe.Role;

    public bool Covers(Instant at) => From <= at && at < To;

    /// <summary>What is added to a measured temperature at an instant that the run covers.</summary>
    public int OffsetAt(Instant at)
    {
        foreach (var mounting in Mountings)
        {
            if (at < mounting.To)
            {
                return mounting.Probe.CalibrationOffsetMilli;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(at), at, "The probe did not stand there.");
    }

    /// <summary>The runs of a storage unit that reach into [from, to), whole: a run may begin before and end after. Load probes first, then by name.</summary>
    public static IReadOnlyList<MountedRun> Of(StorageUnit unit, Instant from, Instant to)
    {
        var mountings =
            from period in unit.History
            from probe in period.Probes
            group new MountedProbe(period.From, period.To, probe) by (probe.Id, probe.Role);
        return
        [
            .. mountings.SelectMany(Runs)
                .Where(run => run.From < to && run.To > from)
                .OrderBy(run => run.Role == ProbeRole.Load ? 0 : 1)
                .ThenBy(run => run.Probe.ToString(), StringComparer.Ordinal)
                .ThenBy(run => run.From),
        ];
    }

    private static IEnumerable<MountedRun> Runs(IEnumerable<MountedProbe> ofOneRole)
    {
        var run = new List<MountedProbe>();
        foreach (var mounting in PackSpans.Joined(ofOneRole, mounting => (mounting.From, mounting.To), (mounting, from, to) => mounting with { From = from, To = to }))
        {
            if (run.Count > 0 && run[^1].To != mounting.From)
            {
                yield return new MountedRun([.. run]);
                run.Clear();
            }

            run.Add(mounting);
        }

        if (run.Count > 0)
        {
            yield return new MountedRun([.. run]);
        }
    }
}
