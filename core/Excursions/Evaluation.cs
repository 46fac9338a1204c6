using ColdChain.Core.Exposure;
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
    /// <remarks>Read once, and no further than the samples.</remarks>
    public IEnumerable<Checkpoint> Later { get; init; } = [];

    /// <summary>
    /// So many samples are folded at least before the fold stops at an instant at which nothing runs: the rest is for another evaluation, so
    /// that none takes long.
    /// </summary>
    public int SamplesMax { get; init; } = int.MaxValue;

    /// <summary>The state at the end of the earlier evaluation; needed when <see cref="Later"/> is not empty.</summary>
    public Checkpoint? Head { get; init; }

    /// <summary>All samples later than the start, ascending, one for each probe and instant.</summary>
    public required IEnumerable<ProbeSample> Samples { get; init; }

    /// <summary>The current findings that were not settled at or before the start.</summary>
    public IReadOnlyList<Finding> Known { get; init; } = [];

    /// <summary>The stored conditions that were not settled at or before the start.</summary>
    public IReadOnlyList<KnownCondition> KnownConditions { get; init; } = [];

    /// <summary>The present.</summary>
    public required Instant Now { get; init; }

    /// <summary>What may be about to arrive: unknown time that it could explain does not become a finding yet.</summary>
    public Awaited Awaited { get; init; } = Awaited.Nothing;

    /// <summary>Rows that devices of the unit declared lost.</summary>
    public IReadOnlyList<LostRows> Lost { get; init; } = [];

    /// <summary>Gives the next unused finding id.</summary>
    public required Func<long> NextId { get; init; }
}

/// <summary>What silence up to the present means, after all samples.</summary>
/// <param name="View">What to show.</param>
/// <param name="NextDeadline">When silence alone would change the verdict.</param>
/// <param name="Head">The tracks after all samples.</param>
/// <param name="Settled">Up to when the judgement of each load probe is settled: nothing that comes after the samples folded changes what was before.</param>
public sealed record PresentVerdict(StateView View, Instant? NextDeadline, UnitTracks Head, IReadOnlyDictionary<ProbeId, Instant> Settled)
{
    /// <summary>The levels that run.</summary>
    public IReadOnlyList<RunningLevels> Levels { get; init; } = [];
}

/// <summary>Everything that one evaluation of a storage unit decides.</summary>
/// <param name="Changes">What changes among the findings.</param>
/// <param name="Checkpoints">
/// New checkpoints, ascending; they replace every one after the start and before <paramref name="AgreedAt"/>, or up to <paramref name="StoppedAt"/>.
/// </param>
/// <param name="FoldedTo">The newest instant folded; <see cref="Instant.Beginning"/> for none.</param>
/// <param name="AgreedAt">The later checkpoint at which the fold stopped, since from there on nothing differs; null when it did not.</param>
/// <param name="StoppedAt">The new checkpoint, the last one, at which it stopped to be continued from there; null when it did not.</param>
/// <param name="Postponed">
/// For each device whose backlog is awaited, the start of the earliest unknown time that ended and is no finding only because of that: when
/// the backlog is awaited no more, fold again from before it.
/// </param>
/// <param name="Present">The present; null when the fold stopped before it.</param>
public sealed record EvaluationResult(
    IReadOnlyList<FindingChange> Changes,
    IReadOnlyList<Checkpoint> Checkpoints,
    Instant FoldedTo,
    Instant? AgreedAt,
    Instant? StoppedAt,
    IReadOnlyDictionary<DeviceId, Instant> Postponed,
    PresentVerdict? Present)
{
    /// <summary>
    /// The levels of load probes that the samples settled; they replace every one settled after the start, up to where the fold stopped.
    /// </summary>
    public IReadOnlyList<ProbeLevel> Levels { get; init; } = [];

    /// <summary>What changes among the conditions.</summary>
    public IReadOnlyList<ConditionChange> ConditionChanges { get; init; } = [];
}

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
        var end = FoldSamples(input, fold, checkpoints);
        if (end.AgreedAt is null && end.StoppedAt is null)
        {
            var verdict = fold.Judge(input.Now);
            var whole = Reconciler.Reconcile(input.Known, Declared(verdict.Stretches, input), input);
            return Result(whole.Changes, whole, PresentOf(fold, verdict, input), ConditionReconciler.Reconcile(input.KnownConditions, verdict.Conditions));
        }

        var reached = end.AgreedAt ?? end.StoppedAt;
        var early = Reconciler.Reconcile([.. input.Known.Where(finding => finding.Stretch.SettledAt <= reached)], Declared(fold.Closed, input), input);
        var earlyConditions = ConditionReconciler.Reconcile(
            input.KnownConditions.Where(known => known.Condition.SettledAt <= reached), fold.ClosedConditions);
        if (end.StoppedAt is not null)
        {
            return Result(early.Changes, early, null, earlyConditions);
        }

        // What an earlier evaluation found after that stands, but for what runs: it has gone on.
        var head = new UnitFold(input.Plan, input.Head);
        var running = head.Judge(input.Now);
        var late = Reconciler.Reconcile([.. input.Known.Where(finding => finding.Stretch.SettledAt is null)], Declared(running.Stretches, input), input);
        var lateConditions = ConditionReconciler.Reconcile(input.KnownConditions.Where(known => known.Condition.SettledAt is null), running.Conditions);
        return Result([.. early.Changes, .. late.Changes], early, PresentOf(head, running, input), [.. earlyConditions, .. lateConditions]);

        EvaluationResult Result(
            IReadOnlyList<FindingChange> changes, Reconciliation folded, PresentVerdict? present, IReadOnlyList<ConditionChange> conditions) =>
            new(changes, checkpoints, end.FoldedTo, end.AgreedAt, end.StoppedAt, Postponed(folded), present)
            {
                ConditionChanges = conditions, Levels = fold.ClosedLevels,
            };
    }

    private static PresentVerdict PresentOf(UnitFold fold, UnitVerdict verdict, EvaluationInput input) =>
        new(verdict.View, verdict.NextDeadline, fold.Tracks(), fold.Settled(input.Now)) { Levels = fold.RunningLevels(input.Now) };

    /// <summary>The stretches, those of unknown time marked in which every device that held what is missing declared rows lost.</summary>
    private static IEnumerable<ProbeStretch> Declared(IEnumerable<ProbeStretch> stretches, EvaluationInput input) => input.Lost.Count == 0
        ? stretches
        : stretches.Select(found => found.Stretch.Side == Side.Unknown && found.MayStillTell.All(device => input.Lost.Any(lost => Overlaps(device, found.Stretch, lost)))
            ? found with { Stretch = found.Stretch with { IsDeclaredLost = true } }
            : found);

    private static bool Overlaps(DeviceId device, Stretch unknown, LostRows lost) =>
        device == lost.Device && unknown.Start < lost.Before && lost.After < unknown.LastKnown;

    // What has not ended will be judged when it does, or when the waiting is over: it needs no second look.
    private static Dictionary<DeviceId, Instant> Postponed(Reconciliation outcome) => outcome.Postponed
        .Where(postponed => postponed.Stretch.SettledAt is not null)
        .SelectMany(postponed => postponed.MayStillTell, (postponed, device) => (Device: device, postponed.Stretch.Start))
        .GroupBy(postponed => postponed.Device)
        .ToDictionary(group => group.Key, group => group.Min(postponed => postponed.Start));

    /// <summary>Folds to the end, to a later checkpoint that agrees, or to where it may stop.</summary>
    private static FoldEnd FoldSamples(EvaluationInput input, UnitFold fold, List<Checkpoint> checkpoints)
    {
        var (last, sinceCheckpoint, folded) = (Instant.Beginning, 0, 0L);
        using var later = input.Later.GetEnumerator();
        var isLater = later.MoveNext();
        foreach (var (probe, sample) in input.Samples)
        {
            if (sample.At != last)
            {
                for (; isLater && later.Current.At < sample.At; isLater = later.MoveNext())
                {
                    if (fold.Tracks().Equals(later.Current.Tracks))
                    {
                        return new FoldEnd(last, later.Current.At, null);
                    }
                }

                if (sinceCheckpoint >= CheckpointEvery)
                {
                    checkpoints.Add(new Checkpoint(last, fold.Tracks()));
                    sinceCheckpoint = 0;
                    if (folded >= input.SamplesMax && MayStop(input, fold, last))
                    {
                        return new FoldEnd(last, null, last);
                    }
                }
            }

            fold.Take(probe, sample);
            (last, sinceCheckpoint, folded) = (sample.At, sinceCheckpoint + 1, folded + 1);
        }

        return new FoldEnd(last, null, null);
    }

    /// <summary>
    /// True when a part of the fold can be matched with the known findings by itself: nothing is out of range or contradictory there, and no
    /// known finding reaches over it.
    /// </summary>
    private static bool MayStop(EvaluationInput input, UnitFold fold, Instant at) =>
        !fold.IsRunning && input.Known.All(finding => finding.Stretch.Start > at || finding.Stretch.SettledAt <= at);

    private readonly record struct FoldEnd(Instant FoldedTo, Instant? AgreedAt, Instant? StoppedAt);
}
