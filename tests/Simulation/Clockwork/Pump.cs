using ColdChain.Core.Readings;

namespace ColdChain.Simulation.Tests.Clockwork;

/// <summary>
/// The only thread of a simulation. It runs what is ready, one piece after the other, in an order that the seed decides; when nothing is
/// ready, time jumps to whatever is due next. Between two pieces any process may die.
/// </summary>
internal sealed class Pump(Instant start, Random random)
{
    /// <summary>So many pieces without time passing mean that two of them wake each other for ever.</summary>
    private const int PiecesAtOnceMax = 50_000;

    private readonly PriorityQueue<Piece, (long Due, long Order)> _later = new();
    private readonly List<Piece> _ready = [];
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private long _order;

    private readonly record struct Piece(SimulatedProcess? Process, Action Run);

    /// <summary>The true time in ticks since the start.</summary>
    public long Elapsed { get; private set; }

    /// <summary>The true time.</summary>
    public Instant Now => At(Elapsed);

    /// <summary>The most pieces that were ever ready at once.</summary>
    public int ReadyMost { get; private set; }

    /// <summary>Asked before each piece of a process; true kills it there.</summary>
    public Func<SimulatedProcess, bool> KillsBefore { get; set; } = _ => false;

    /// <summary>What came from another thread: the simulation is not one then.</summary>
    public string? Stray { get; private set; }

    /// <summary>The true time so many ticks after the start.</summary>
    public Instant At(long elapsed) => start + TimeSpan.FromTicks(elapsed);

    /// <summary>Runs something as soon as may be.</summary>
    public void Post(SimulatedProcess? process, Action run)
    {
        if (process is { IsAlive: false })
        {
            return; // A finalizer, perhaps, of something that it left behind.
        }

        if (Environment.CurrentManagedThreadId != _thread)
        {
            Stray ??= Environment.StackTrace;
            return;
        }

        _ready.Add(new Piece(process, run));
        ReadyMost = Math.Max(ReadyMost, _ready.Count);
    }

    /// <summary>Runs something after a time.</summary>
    public void After(TimeSpan time, SimulatedProcess? process, Action run) =>
        _later.Enqueue(new Piece(process, run), (Elapsed + Math.Max(0, time.Ticks), ++_order));

    /// <summary>Lets time pass, with all that happens meanwhile.</summary>
    public void Run(TimeSpan time)
    {
        var end = Elapsed + time.Ticks;
        while (true)
        {
            Exhaust();
            if (!_later.TryPeek(out _, out var next) || next.Due > end)
            {
                Elapsed = end;
                return;
            }

            Elapsed = Math.Max(Elapsed, next.Due);
            while (_later.TryPeek(out _, out next) && next.Due <= Elapsed)
            {
                _ready.Add(_later.Dequeue());
            }
        }
    }

    private void Exhaust()
    {
        for (var pieces = 0; _ready.Count > 0; pieces++)
        {
            if (pieces == PiecesAtOnceMax)
            {
                throw new InvalidOperationException($"Time stands still at {Now}: {pieces} pieces ran, and there is always another, now of {_ready[0].Process?.Name ?? "the site"}.");
            }

            // Any of the first few: the thread pool, too, keeps no order among what is ready.
            var place = random.Next(Math.Min(_ready.Count, 4));
            var (process, run) = _ready[place];
            _ready.RemoveAt(place);
            if (process is null)
            {
                run();
            }
            else if (process.IsAlive)
            {
                RunOrKill(process, run);
            }

            if (Stray is not null)
            {
                throw new InvalidOperationException($"Something ran outside of the simulation's thread: {Stray}");
            }
        }
    }

    private void RunOrKill(SimulatedProcess process, Action run)
    {
        if (KillsBefore(process))
        {
            process.Dispose();
        }
        else
        {
            process.Enter(run);
        }
    }
}
