using ColdChain.Core.Readings;

namespace ColdChain.Core.Excursions;

/// <summary>What the fold of a storage unit remembered after all samples up to and including an instant.</summary>
/// <param name="At">The instant; <see cref="Instant.Beginning"/> for the state before any sample.</param>
/// <param name="Tracks">The tracks.</param>
public sealed record Checkpoint(Instant At, UnitTracks Tracks);

/// <summary>Rows that a device declared lost, by the instants of what it delivered around them, both exclusive.</summary>
/// <param name="Device">The device.</param>
/// <param name="After">When the last reading before the loss was measured.</param>
/// <param name="Before">When the first one after it was measured; <see cref="Instant.End"/> when there is none.</param>
public sealed record LostRows(DeviceId Device, Instant After, Instant Before);

/// <summary>Everything that one evaluation of a storage unit reads.</summary>
public sealed record EvaluationInput
{
    /// <summary>By what to judge.</summary>
    public required UnitPlan Plan { get; init; }

    /// <summary>Where to begin: a checkpoint earlier than every changed instant; null for the beginning.</summary>
    public Checkpoint? Start { get; init; }

    /// <summary>Checkpoints of an earlier evaluation at or after the last changed instant, ascending: the fold may stop where it agrees with one.</summary>
    public IReadOnlyList<Checkpoint> Later { get; init; } = [];

    /// <summary>The state at the end of the earlier evaluation; needed when <see cref="Later"/> is not empty.</summary>
    public Checkpoint? Head { get; init; }

    /// <summary>All samples later than the start, ascending, one for each probe and instant.</summary>
    public required IEnumerable<ProbeSample> Samples { get; init; }

    /// <summary>The current findings that were not settled at or before the start.</summary>
    public IReadOnlyList<Finding> Known { get; init; } = [];

    /// <summary>The present.</summary>
    public required Instant Now { get; init; }

    /// <summary>What may be about to arrive: unknown time that it could explain does not become a finding yet.</summary>
    public Awaited Awaited { get; init; } = Awaited.Nothing;

    /// <summary>Rows that devices of the unit declared lost.</summary>
    public IReadOnlyList<LostRows> Lost { get; init; } = [];

    /// <summary>Gives the next unused finding id.</summary>
    public required Func<long> NextId { get; init; }
}

/// <summary>Everything that one evaluation of a storage unit decides.</summary>
/// <param name="Changes">What changes among the findings.</param>
/// <param name="View">What to show.</param>
/// <param name="NextDeadline">When silence alone would change the verdict.</param>
/// <param name="Head">The tracks after all samples.</param>
/// <param name="Checkpoints">New checkpoints, ascending; they replace every one after the start and before <paramref name="AgreedAt"/>.</param>
/// <param name="AgreedAt">The later checkpoint at which the fold stopped, since from there on nothing differs; null when it went to the end.</param>
/// <param name="Postponed">
/// For each device whose backlog is awaited, the start of the earliest unknown time that ended and is no finding only because of that: when
/// the backlog is awaited no more, fold again from before it.
/// </param>
/// <param name="Settled">Up to when the judgement of each load probe is settled: nothing that comes after the samples folded changes what was before.</param>
public sealed record EvaluationResult(
    IReadOnlyList<FindingChange> Changes,
    StateView View,
    Instant? NextDeadline,
    UnitTracks Head,
    IReadOnlyList<Checkpoint> Checkpoints,
    Instant? AgreedAt,
    IReadOnlyDictionary<DeviceId, Instant> Postponed,
    IReadOnlyDictionary<ProbeId, Instant> Settled);

/// <summary>
/// One evaluation of a storage unit as a pure function: fold from a checkpoint, stop early where nothing differs any more, add what silence
/// up to now means, and match the outcome with the known findings.
/// </summary>
public static class Evaluation
{
    /// <summary>A checkpoint is made after this many samples.</summary>
    public const int CheckpointEvery = 256;

    /// <summary>Evaluates.</summary>
    public static EvaluationResult Run(EvaluationInput input)
    {
        var fold = new UnitFold(input.Plan, input.Start);
        var checkpoints = new List<Checkpoint>();
        var agreed = FoldSamples(input, fold, checkpoints);
        if (agreed is null)
        {
            var verdict = fold.Judge(input.Now);
            var whole = Reconciler.Reconcile(input.Known, Declared(verdict.Stretches, input), input);
            return new EvaluationResult(
                whole.Changes, verdict.View, verdict.NextDeadline, fold.Tracks(), checkpoints, null, Postponed(whole), fold.Settled(input.Now));
        }

        var head = new UnitFold(input.Plan, input.Head);
        var now = head.Judge(input.Now);
        var touched = input.Known.Where(finding => finding.Stretch.SettledAt <= agreed).ToList();
        var untouched = input.Known.Except(touched).ToList();
        var early = Reconciler.Reconcile(touched, Declared(fold.Closed, input), input);
        var late = Reconciler.Reconcile(untouched.Where(finding => finding.Stretch.SettledAt is null).ToList(), Declared(now.Stretches, input), input);
        return new EvaluationResult(
            [.. early.Changes, .. late.Changes], now.View, now.NextDeadline, head.Tracks(), checkpoints, agreed, Postponed(early), head.Settled(input.Now));
    }

    /// <summary>The stretches, those of unknown time marked in which rows were declared lost.</summary>
    private static IEnumerable<ProbeStretch> Declared(IEnumerable<ProbeStretch> stretches, EvaluationInput input) => input.Lost.Count == 0
        ? stretches
        : stretches.Select(found => found.Stretch.Side == Side.Unknown && input.Lost.Any(lost => Overlaps(found, lost))
            ? found with { Stretch = found.Stretch with { IsDeclaredLost = true } }
            : found);

    private static bool Overlaps(ProbeStretch found, LostRows lost) =>
        found.Probe.Device == lost.Device && found.Stretch.Start < lost.Before && lost.After < found.Stretch.LastKnown;

    // What has not ended will be judged when it does, or when the waiting is over: it needs no second look.
    private static Dictionary<DeviceId, Instant> Postponed(Reconciliation outcome) => outcome.Postponed
        .Where(postponed => postponed.Stretch.SettledAt is not null)
        .GroupBy(postponed => postponed.Probe.Device)
        .ToDictionary(group => group.Key, group => group.Min(postponed => postponed.Stretch.Start));

    /// <summary>Folds to the end, or to a later checkpoint that agrees; then returns its instant.</summary>
    private static Instant? FoldSamples(EvaluationInput input, UnitFold fold, List<Checkpoint> checkpoints)
    {
        var (last, sinceCheckpoint, later) = (Instant.Beginning, 0, 0);
        foreach (var (probe, sample) in input.Samples)
        {
            if (sample.At != last)
            {
                if (Agrees(input, fold, ref later, sample.At))
                {
                    return input.Later[later].At;
                }

                if (sinceCheckpoint >= CheckpointEvery)
                {
                    checkpoints.Add(new Checkpoint(last, fold.Tracks()));
                    sinceCheckpoint = 0;
                }
            }

            fold.Take(probe, sample);
            (last, sinceCheckpoint) = (sample.At, sinceCheckpoint + 1);
        }

        return null;
    }

    /// <summary>Compares the fold with each later checkpoint once, when the first sample after it comes; true when they agree.</summary>
    private static bool Agrees(EvaluationInput input, UnitFold fold, ref int later, Instant next)
    {
        for (; later < input.Later.Count && input.Later[later].At < next; later++)
        {
            if (fold.Tracks().Equals(input.Later[later].Tracks))
            {
                return true;
            }
        }

        return false;
    }
}
