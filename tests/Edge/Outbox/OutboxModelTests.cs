using ColdChain.Core.Readings;
using ColdChain.Edge.Outbox;
using ColdChain.Edge.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace ColdChain.Edge.Tests.Outbox;

/// <summary>
/// Whatever is done to it in whatever order, the outbox is a list of rows, a set of acknowledged numbers and a set of pruned ones.
/// </summary>
public sealed class OutboxModelTests
{
    /// <summary>One thing done to an outbox; the numbers are taken modulo what there is.</summary>
    private abstract record Step
    {
        public sealed record Append(int Count) : Step;

        public sealed record Acknowledge(int First, int Length) : Step;

        public sealed record Restore(int UpTo) : Step;

        public sealed record Prune : Step;

        public sealed record Reopen : Step;
    }

    private static readonly Gen<Step> Steps = Gen.OneOf(
        Gen.Choose(1, 20).Select(Step (count) => new Step.Append(count)),
        Gen.Choose(0, 200).SelectMany(first => Gen.Choose(0, 30).Select(Step (length) => new Step.Acknowledge(first, length))),
        Gen.Choose(0, 200).Select(Step (upTo) => new Step.Restore(upTo)),
        Gen.Constant<Step>(new Step.Prune()),
        Gen.Constant<Step>(new Step.Reopen()));

    [Fact]
    public void AnySteps_LeaveTheOutboxEqualToTheListModel() =>
        Prop.ForAll(Steps.ListOf(20).ToArbitrary(), steps => Run(steps.ToList())).QuickCheckThrowOnFailure();

    private static void Run(List<Step> steps)
    {
        using var folder = new TempFolder();
        var time = new ManualTime(Some.Noon);
        var outbox = Some.Outbox(folder.File("outbox.db"), time);
        var model = new Model();
        try
        {
            foreach (var step in steps)
            {
                Do(step, ref outbox, model, folder, time);
                model.ShouldDescribe(outbox);
            }
        }
        finally
        {
            outbox.Dispose();
        }
    }

    private static void Do(Step step, ref SqliteOutbox outbox, Model model, TempFolder folder, ManualTime time)
    {
        switch (step)
        {
            case Step.Append append:
                var measurements = Enumerable.Range(0, append.Count).Select(i => Some.Measurement(model.Values.Count + i)).ToList();
                outbox.Append(measurements);
                model.Values.AddRange(measurements.Select(measurement => measurement.Value!.Value.Milli));
                break;
            case Step.Acknowledge acknowledge:
                model.Acknowledge(acknowledge.First, acknowledge.Length);
                outbox.Apply(Some.Ack(outbox, model.Statement()));
                break;
            case Step.Restore restore:
                model.Acknowledged.RemoveWhere(seq => seq > restore.UpTo);
                outbox.Apply(Some.Ack(outbox, model.Statement()));
                break;
            case Step.Prune:
                time.Advance(TimeSpan.FromDays(1));
                outbox.Prune(time.Now());
                model.Pruned.UnionWith(model.Acknowledged);
                break;
            case Step.Reopen:
                outbox.Dispose();
                outbox = Some.Outbox(folder.File("outbox.db"), time);
                break;
        }
    }

    private sealed class Model
    {
        public List<int> Values { get; } = [];

        public SortedSet<long> Acknowledged { get; } = [];

        public SortedSet<long> Pruned { get; } = [];

        public void Acknowledge(int first, int length) =>
            Acknowledged.UnionWith(Enumerable.Range(first, length).Select(seq => (long)seq).Where(seq => seq >= 1 && seq <= Values.Count));

        public string Statement() => Acknowledged.Aggregate(SeqRanges.Empty, (set, seq) => set.Add(seq, seq)).ToString();

        public void ShouldDescribe(SqliteOutbox outbox)
        {
            var expected = Enumerable.Range(1, Values.Count).Where(seq => !Acknowledged.Contains(seq) && !Pruned.Contains(seq));
            var found = new List<(int Seq, int Milli)>();
            var seen = SeqRanges.Empty;
            while (outbox.Unacknowledged(seen, max: 7) is { Count: > 0 } readings)
            {
                readings.Select(reading => reading.Key.Seq)
                    .Should().Equal(Enumerable.Range(0, readings.Count).Select(i => readings[0].Key.Seq + i));
                found.AddRange(readings.Select(reading => ((int)reading.Key.Seq, reading.Value!.Value.Milli)));
                seen = seen.Add(readings[0].Key.Seq, readings[^1].Key.Seq);
            }

            found.Should().Equal(expected.Select(seq => (seq, Values[seq - 1])));
            outbox.LastSeq.Should().Be(Values.Count);
            outbox.Snapshot().Unacked.Should().Be(found.Count);
            outbox.Snapshot().Gone.Sum(gone => gone.To - gone.From + 1).Should().Be(Pruned.Except(Acknowledged).Count());
        }
    }
}
