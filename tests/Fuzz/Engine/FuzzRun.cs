using System.Globalization;
using Xunit.Abstractions;

namespace ColdChain.Fuzz.Tests.Engine;

/// <summary>
/// Feeds a target: first what is kept, then what is too large to keep, then mutations. Notices an exception, an input that never comes
/// back, one that allocates beyond measure, and a heap that grows with the number of inputs.
/// </summary>
internal sealed class FuzzRun
{
    /// <summary>How long one input may take, so long that only a hang does.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);

    /// <summary>What the heap may have grown by over the second half of the inputs: noise of the runtime, not a few bytes for each.</summary>
    private const long GrowthMax = 3 * 1024 * 1024;

    private readonly FuzzTarget _target;
    private readonly int _inputs;
    private readonly TimeSpan _patience;
    private readonly InputPool _pool = new();
    private readonly CurrentInput _current = new();
    private readonly BlackBox _box;

    private FuzzRun(FuzzTarget target, int inputs, TimeSpan patience, BlackBox box) =>
        (_target, _inputs, _patience, _box) = (target, inputs, patience, box);

    /// <summary>Runs a target with a number of mutated inputs.</summary>
    /// <exception cref="FuzzFailure">Something did not hold.</exception>
    public static Task OfAsync(FuzzTarget target, int inputs, ITestOutputHelper output) => OfAsync(target, checked(inputs * FuzzBudget.Factor), Patience, output);

    /// <summary>As above, with a patience of its own and without the factor.</summary>
    public static async Task OfAsync(FuzzTarget target, int inputs, TimeSpan patience, ITestOutputHelper output)
    {
        using var box = BlackBox.Open(target.Name, out var left);
        var run = new FuzzRun(target, inputs, patience, box);
        var growth = await run.WatchAsync(cancellation => run.FeedAllAsync(left, cancellation));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{target.Name}: {run._inputs} inputs, {run._pool.Answers} different answers, the heap grew by {growth / 1024} KiB"));
    }

    // On a thread of its own: what hangs without awaiting would take this one with it.
    private async Task<long> WatchAsync(Func<CancellationToken, Task<long>> feed)
    {
        using var ending = new CancellationTokenSource();
        var feeding = Task.Factory.StartNew(() => feed(ending.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
        while (await Task.WhenAny(feeding, Task.Delay(Glance, TimeProvider.System, CancellationToken.None)) != feeding)
        {
            if (_current.Overdue(_patience) is { } hung)
            {
                await ending.CancelAsync();
                throw new FuzzFailure(_target.Name, hung.Origin, hung.Input, $"it did not come back within {_patience}");
            }
        }

        return await feeding;
    }

    private async Task<long> FeedAllAsync(byte[]? left, CancellationToken cancellation)
    {
        if (left is not null)
        {
            await FeedAsync(left, "the input on which the last run died", cancellation);
        }

        foreach (var (name, bytes) in CorpusFolder.Read(_target.Corpus))
        {
            _pool.AddKept(bytes);
            await FeedAsync(bytes, $"kept as {name}", cancellation);
        }

        foreach (var (place, bytes) in _target.Giants.Index())
        {
            await FeedAsync(bytes, $"giant {place + 1}", cancellation);
        }

        return await MutateAsync(cancellation);
    }

    private async Task<long> MutateAsync(CancellationToken cancellation)
    {
        var random = new Random(FuzzBudget.Seed);
        var mutator = new Mutator(random, _target.Words, _target.LengthMax);
        long level = 0;
        for (var number = 0; number < _inputs; number++)
        {
            if (number == _inputs / 2)
            {
                _pool.IsClosed = true;
                level = await LevelAsync(cancellation);
            }

            await FeedAsync(mutator.Mutate(_pool.Pick(random), _pool.Pick(random)), $"seed {FuzzBudget.Seed}, input {number}", cancellation);
        }

        var growth = await LevelAsync(cancellation) - level;
        return growth <= GrowthMax
            ? growth
            : throw new InvalidOperationException($"{_target.Name}: the heap grew by {growth} bytes over {_inputs - (_inputs / 2)} inputs; at most {GrowthMax} is noise.");
    }

    private async Task<long> LevelAsync(CancellationToken cancellation)
    {
        await _target.SettleAsync(cancellation);
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private async Task FeedAsync(byte[] input, string origin, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        _box.Write(input);
        _current.Begin(input, origin);
        if (await FaultAsync(input, cancellation) is not { } fault)
        {
            _current.End();
            return;
        }

        var shape = AnswerShape.Of(fault.Message);
        var small = await Shrinker.ShrinkAsync(input, async smaller => await FaultAsync(smaller, cancellation) is { } again && AnswerShape.Of(again.Message) == shape);
        throw new FuzzFailure(_target.Name, origin, small, fault.Message, fault);
    }

    // Every kind of exception is a finding here; which one is said in the failure.
    private async Task<Exception?> FaultAsync(byte[] input, CancellationToken cancellation)
    {
        try
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var feeding = _target.FeedAsync(input, cancellation);
            if (feeding.IsCompleted)
            {
                RequireModesty(GC.GetAllocatedBytesForCurrentThread() - before);
            }

            _pool.Add(input, await feeding);
            return null;
        }
        catch (Exception fault)
        {
            return fault;
        }
    }

    private void RequireModesty(long allocated)
    {
        if (allocated > _target.AllocationMax)
        {
            throw new InsufficientMemoryException($"it allocated {allocated} bytes, and {_target.AllocationMax} is the most for one input");
        }
    }
}
