namespace ColdChain.Simulation.Tests.Clockwork;

/// <summary>
/// A run of a program: everything that it does is a piece of the pump. When it is killed nothing of it ever runs again, not even what
/// would have tidied up.
/// </summary>
internal sealed class SimulatedProcess : IDisposable
{
    private readonly Pump _pump;
    private readonly Trace _trace;
    private readonly Context _context;
    private readonly List<Action> _atEnd = [];
    private bool _isInside;

    public SimulatedProcess(string name, Pump pump, Trace trace, Func<long> wallOffset, long bootedAt)
    {
        (Name, _pump, _trace) = (name, pump, trace);
        _context = new Context(this);
        Clock = new ProcessClock(pump, this, wallOffset, bootedAt);
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_context);
        Loops = TaskScheduler.FromCurrentSynchronizationContext();
        SynchronizationContext.SetSynchronizationContext(outer);
    }

    public string Name { get; }

    public bool IsAlive { get; private set; } = true;

    /// <summary>Its clock, with its timers.</summary>
    public ProcessClock Clock { get; }

    /// <summary>Where its loops run.</summary>
    public TaskScheduler Loops { get; }

    /// <summary>Something to do when it ends, however that is: its connections close.</summary>
    public void AtEnd(Action action) => _atEnd.Add(action);

    public void Tell(string what) => _trace.Add(_pump.Now, Name, what);

    /// <summary>Starts a task of the process; what becomes of it is told when it is over.</summary>
    public void Start(Func<Task> work, Action<Exception?> ended) => _pump.Post(this, () => Watch(RunAsync(work), ended));

    /// <summary>Runs a piece of it.</summary>
    public void Enter(Action run)
    {
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_context);
        _isInside = true;
        try
        {
            run();
        }
        catch (Exception fault) when (!IsAlive)
        {
            Tell($"died in the middle of something: {fault.GetType().Name}");
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
            _isInside = false;
        }

        if (!IsAlive)
        {
            End();
        }
    }

    /// <summary>Ends it at once, like a power cut. What it is in the middle of unwinds, and can do nothing any more.</summary>
    public void Dispose()
    {
        if (!IsAlive)
        {
            return;
        }

        IsAlive = false;
        if (!_isInside)
        {
            End();
        }
    }

    private void End()
    {
        foreach (var action in _atEnd)
        {
            action();
        }

        _atEnd.Clear();
    }

    // What fails before it first waits fails like the rest.
    private static async Task RunAsync(Func<Task> work) => await work();

    private void Watch(Task task, Action<Exception?> ended) => task.ContinueWith(
        done => _pump.Post(this, () => ended(done.Exception?.GetBaseException())),
        CancellationToken.None,
        TaskContinuationOptions.ExecuteSynchronously,
        Loops);

    private sealed class Context(SimulatedProcess process) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => process._pump.Post(process, () => d(state));

        public override void Send(SendOrPostCallback d, object? state) =>
            throw new NotSupportedException("Nothing in a simulation waits for another thread.");

        public override SynchronizationContext CreateCopy() => this;
    }
}

/// <summary>The process that this is thrown in has just been killed.</summary>
internal sealed class ProcessKilledException() : Exception("The process was killed.");
