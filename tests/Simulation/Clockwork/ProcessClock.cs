namespace ColdChain.Simulation.Tests.Clockwork;

/// <summary>
/// The clocks of a process: the wall clock of its machine, which may be wrong and may be set, and the monotonic one, which counts from the
/// boot. Timers go by true time.
/// </summary>
internal sealed class ProcessClock(Pump pump, SimulatedProcess process, Func<long> wallOffset, long bootedAt) : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => pump.Now.ToDateTimeOffset().AddTicks(wallOffset());

    public override long GetTimestamp() => pump.Elapsed - bootedAt;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SimulatedTimer(pump, process, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class SimulatedTimer(Pump pump, SimulatedProcess process, Action fire) : ITimer
    {
        private int _generation;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var generation = ++_generation;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                Wait(generation, dueTime, period);
            }

            return true;
        }

        public void Dispose() => _generation++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Wait(int generation, TimeSpan time, TimeSpan period) => pump.After(time, process, () =>
        {
            if (generation != _generation)
            {
                return;
            }

            if (period > TimeSpan.Zero)
            {
                Wait(generation, period, period);
            }

            fire();
        });
    }
}
