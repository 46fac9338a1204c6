namespace ColdChain.Mqtt.Transport;

/// <summary>
/// Barks once when it was not touched for a whole window. A touch only notes the time, so that it costs nothing on every packet; the timer
/// looks at it when it fires and sleeps for what is left.
/// </summary>
internal sealed class Watchdog : IDisposable
{
    private readonly TimeProvider time;
    private readonly TimeSpan window;
    private readonly Func<bool> isExcused;
    private readonly Action bark;
    private readonly ITimer timer;
    private long touchedAt;

    /// <param name="time">The clock.</param>
    /// <param name="window">The longest silence.</param>
    /// <param name="isExcused">True when silence means nothing at the moment; a new window begins then.</param>
    /// <param name="bark">Called when the window has passed.</param>
    public Watchdog(TimeProvider time, TimeSpan window, Func<bool> isExcused, Action bark)
    {
        (this.time, this.window, this.isExcused, this.bark) = (time, window, isExcused, bark);
        Touch();
        timer = time.CreateTimer(_ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        timer.Change(window, Timeout.InfiniteTimeSpan);
    }

    public void Touch() => Volatile.Write(ref touchedAt, time.GetTimestamp());

    public void Dispose() => timer.Dispose();

    private void Look()
    {
        if (isExcused())
        {
            Touch();
        }

        var left = window - time.GetElapsedTime(Volatile.Read(ref touchedAt));
        if (left <= TimeSpan.Zero)
        {
            bark();
        }
        else
        {
            timer.Change(left, Timeout.InfiniteTimeSpan);
        }
    }
}
