using ColdChain.Core.Readings;
using ColdChain.Edge.Outbox;
using ColdChain.Edge.Tests.Support;
using ColdChain.Tests.Shared;
using FsCheck;
using FsCheck.Fluent;

namespace ColdChain.Edge.Tests.Outbox;

/// <summary>
/// Two devices, whose cards are copied onto each other at any moment while both measure, deliver and are answered in any order, and a server
/// that is restored from a backup: no reading ever counts as delivered that did not arrive, and in the end all have.
/// </summary>
public sealed class TwinModelTests
{
    private const int Twins = 2;

    private abstract record Step(int Twin)
    {
        public sealed record Append(int Twin, int Count) : Step(Twin);

        /// <summary>Some of what is outstanding goes out: from a place on, so many; the newest may go before the oldest.</summary>
        public sealed record Send(int Twin, int From, int Count) : Step(Twin);

        public sealed record Answer(int Twin) : Step(Twin);

        /// <summary>An answer that was under way for a while.</summary>
        public sealed record OldAnswer(int Twin) : Step(Twin);

        public sealed record Prune(int Twin) : Step(Twin);

        public sealed record Reopen(int Twin) : Step(Twin);

        /// <summary>This one's card becomes a copy of the other's.</summary>
        public sealed record CopyFromOther(int Twin) : Step(Twin);

        public sealed record Backup() : Step(0);

        /// <summary>The server becomes what it was at the last backup. Both devices learn it from the next answer.</summary>
        public sealed record Restore() : Step(0);
    }

    private static readonly Gen<Step> Steps =
        from twin in Gen.Choose(0, Twins - 1)
        from count in Gen.Choose(1, 8)
        from place in Gen.Choose(0, 12)
        from step in Gen.Frequency(
            (4, Gen.Constant<Step>(new Step.Append(twin, count))),
            (4, Gen.Constant<Step>(new Step.Send(twin, place, count))),
            (4, Gen.Constant<Step>(new Step.Answer(twin))),
            (1, Gen.Constant<Step>(new Step.OldAnswer(twin))),
            (1, Gen.Constant<Step>(new Step.Prune(twin))),
            (1, Gen.Constant<Step>(new Step.Reopen(twin))),
            (1, Gen.Constant<Step>(new Step.CopyFromOther(twin))),
            (1, Gen.Elements<Step>(new Step.Backup(), new Step.Restore())))
        select step;

    [Fact]
    public void Reading_NeverCountsAsDelivered_UnlessItArrived() =>
        Prop.ForAll(Steps.ListOf(40).ToArbitrary(), steps => Run(steps.ToList())).QuickCheckThrowOnFailure();

    /// <summary>A reading was pruned, the card copied, and an answer came late: the rows by which to compare are gone.</summary>
    [Fact]
    public void LateAnswer_OnACopy_WhoseRowsWerePruned_DeliversNothing() => Run([
        new Step.Append(1, 1), new Step.CopyFromOther(0), new Step.Answer(0), new Step.Send(1, 0, 1), new Step.Answer(1), new Step.Prune(1),
        new Step.Append(0, 1), new Step.Send(0, 0, 2), new Step.CopyFromOther(0), new Step.OldAnswer(0), new Step.Append(0, 1), new Step.Answer(0)]);

    /// <summary>The twin's readings took the numbers that a restored server had forgotten.</summary>
    [Fact]
    public void RestoredServer_ThatHeardTheTwin_IsSentEverythingAgain() => Run([
        new Step.Append(0, 1), new Step.CopyFromOther(1), new Step.Backup(), new Step.Append(0, 2), new Step.Send(0, 0, 3), new Step.Answer(0),
        new Step.Restore(), new Step.Append(1, 4), new Step.Send(1, 0, 4), new Step.Answer(0)]);

    private static void Run(List<Step> steps)
    {
        using var world = new World();
        foreach (var step in steps)
        {
            world.Do(step);
            world.NothingIsDeliveredThatDidNotArrive();
        }

        world.EverythingArrivesInTheEnd();
    }

    private sealed class World : IDisposable
    {
        private readonly TempFolder _folder = new();
        private readonly ManualTime _time = new(Some.Noon);
        private HeldReadings _server = new();
        private readonly SqliteOutbox[] _outboxes;
        private readonly List<int>[] _measured = [[], []];
        private readonly Core.Wire.Ack?[] _old = new Core.Wire.Ack?[Twins];
        private readonly bool[] _knowsOfTheRestore = [true, true];
        private HeldReadings _backup = new();
        private int _last;

        public World() => _outboxes = [Open(0), Open(1)];

        public void Do(Step step)
        {
            var outbox = _outboxes[step.Twin];
            _time.Advance(TimeSpan.FromMinutes(11));
            switch (step)
            {
                case Step.Append append:
                    var values = Enumerable.Range(_last + 1, append.Count).ToList();
                    _last += append.Count;
                    outbox.Append(values.ConvertAll(value => Some.Measurement(value, Some.Noon + TimeSpan.FromSeconds(value))));
                    _measured[step.Twin].AddRange(values);
                    break;
                case Step.Send send:
                    _server.Take(outbox.Outstanding().Skip(send.From).Take(send.Count));
                    break;
                case Step.Answer:
                    outbox.Apply(_old[step.Twin] = _server.Statement(outbox.Epoch));
                    _knowsOfTheRestore[step.Twin] = true;
                    break;
                case Step.OldAnswer when _old[step.Twin] is { } old:
                    outbox.Apply(old);
                    break;
                case Step.Prune when _knowsOfTheRestore[step.Twin]: // Rows are kept for longer than a server is silent.
                    outbox.Prune(_time.Now());
                    break;
                case Step.Reopen:
                    outbox.Dispose();
                    _outboxes[step.Twin] = Open(step.Twin);
                    break;
                case Step.CopyFromOther:
                    var other = 1 - step.Twin;
                    outbox.Dispose();
                    DatabaseCopy.Make(File(other), File(step.Twin));
                    _outboxes[step.Twin] = Open(step.Twin);
                    _knowsOfTheRestore[step.Twin] = _knowsOfTheRestore[other];
                    _measured[step.Twin].AddRange(_measured[other]);
                    ForgetWhatIsLost();
                    break;
                case Step.Backup:
                    _backup = _server.Copy();
                    break;
                case Step.Restore:
                    _server = _backup.Copy();
                    (_knowsOfTheRestore[0], _knowsOfTheRestore[1]) = (false, false);
                    Array.Clear(_old);
                    ForgetWhatIsLost();
                    break;
            }
        }

        public void NothingIsDeliveredThatDidNotArrive()
        {
            for (var twin = 0; twin < Twins; twin++)
            {
                var outstanding = _outboxes[twin].Outstanding().Select(Milli).ToHashSet();
                _measured[twin].Where(value => _knowsOfTheRestore[twin] && !outstanding.Contains(value)).Except(Arrived()).Should().BeEmpty("what is not outstanding has arrived");
            }
        }

        public void EverythingArrivesInTheEnd()
        {
            for (var round = 0; round < 6; round++)
            {
                foreach (var outbox in _outboxes)
                {
                    _time.Advance(TimeSpan.FromMinutes(11));
                    _server.Take(outbox.Outstanding());
                    outbox.Apply(_server.Statement(outbox.Epoch));
                }
            }

            _outboxes.Should().OnlyContain(outbox => outbox.Snapshot().Unacked == 0);
            _measured.SelectMany(values => values).Except(Arrived()).Should().BeEmpty();
        }

        public void Dispose()
        {
            Array.ForEach(_outboxes, outbox => outbox.Dispose());
            _folder.Dispose();
        }

        // Whoever writes over a card, or restores a server, loses what was on nothing else: nobody can bring that back.
        private void ForgetWhatIsLost()
        {
            for (var twin = 0; twin < Twins; twin++)
            {
                var somewhere = OnCard(twin).Concat(Arrived()).ToHashSet();
                _measured[twin].RemoveAll(value => !somewhere.Contains(value));
            }
        }

        private List<int> OnCard(int twin)
        {
            DatabaseCopy.Make(File(twin), _folder.File("look.db"));
            using var copy = Some.Outbox(_folder.File("look.db"), _time);
            copy.ForgetStore();
            return copy.Outstanding().Select(Milli).ToList();
        }

        private IEnumerable<int> Arrived() => _server.Arrived.Select(reading => reading.Value!.Value.Milli);

        private static int Milli(Reading reading) => reading.Value!.Value.Milli;

        private string File(int twin) => _folder.File($"outbox-{twin}.db");

        private SqliteOutbox Open(int twin) => Some.Outbox(File(twin), _time);
    }
}
