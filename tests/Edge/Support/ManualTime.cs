using ColdChain.Core.Readings;

namespace ColdChain.Edge.Tests.Support;

/// <summary>A clock that stands still until the test moves it, timers included.</summary>
internal sealed class ManualTime(Instant start) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private Instant _now = start;
    private long _elapsed = TimeSpan.TicksPerDay; // The machine has been up for a day.

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now.ToDateTimeOffset();
        }
    }

    public override long GetTimestamp()
    {
        lock (_gate)
        {
            return _elapsed;
        }
    }

    public Instant Now() => Instant.Now(this);

    /// <summary>Sets the wall clock without letting time pass.</summary>
    public void Set(Instant now)
    {
        lock (_gate)
        {
            _now = now;
        }
    }

    /// <summary>Lets time pass, timer by timer.</summary>
    public void Advance(TimeSpan span)
    {
        long end;
        lock (_gate)
        {
            end = _elapsed + span.Ticks;
        }

        while (NextDue(end) is { } timer)
        {
            timer.Fire();
        }

        lock (_gate)
        {
            MoveTo(end);
        }
    }

    /// <summary>Waits until somebody waits for this clock.</summary>
    public Task UntilSomeoneWaitsAsync(int timers = 1) => Eventually.TrueAsync(() => Waiting() >= timers);

    /// <summary>Waits until somebody waits for an instant that is no further away than a time.</summary>
    public Task UntilSomeoneWaitsForAsync(TimeSpan within) => Eventually.TrueAsync(() =>
    {
        lock (_gate)
        {
            return _timers.Exists(timer => timer.Due <= _elapsed + within.Ticks);
        }
    });

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private int Waiting()
    {
        lock (_gate)
        {
            return _timers.Count;
        }
    }

    private ManualTimer? NextDue(long end)
    {
        lock (_gate)
        {
            var next = _timers.Where(timer => timer.Due <= end).MinBy(timer => timer.Due);
            if (next is not null)
            {
                MoveTo(next.Due);
                _timers.Remove(next);
            }

            return next;
        }
    }

    private void MoveTo(long elapsed)
    {
        if (elapsed > _elapsed)
        {
            _now += TimeSpan.FromTicks(elapsed - _elapsed);
            _elapsed = elapsed;
        }
    }

    // One-shot is enough: delays and time limits are.
    private sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        public long Due { get; private set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                time._timers.Remove(this);
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    Due = time._elapsed + dueTime.Ticks;
                    time._timers.Add(this);
                }
            }

            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
