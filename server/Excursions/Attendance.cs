using ColdChain.Core.Readings;

namespace ColdChain.Server.Excursions;

/// <summary>The present, and what of the silence before it may be the server's own.</summary>
/// <param name="Now">The present.</param>
/// <param name="Since">Since when the server has been there without a pause.</param>
/// <param name="Allowance">How long from then on its own absence excuses silence.</param>
internal readonly record struct Presence(Instant Now, Instant Since, TimeSpan Allowance);

/// <summary>
/// Notices when the server itself was not there: its process or machine was stopped, or its clock was set forward. It wakes up to devices
/// that were silent to it alone, as it does after a start. Safe for several threads.
/// </summary>
internal sealed class Attendance : BackgroundService
{
    /// <summary>A pause longer than this is an absence: well above what a busy machine delays a timer, well below any limit that counts.</summary>
    public static readonly TimeSpan AbsentAfter = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly ILogger<Attendance> _logger;
    private Instant _lookedAt;
    private long _lookedAtStamp;
    private TimeSpan _presentFor; // By the clock that nobody sets: one that is set back must not lengthen what is excused.
    private TimeSpan _allowance = AwaitedData.Patience; // How long it was away before its start is not known.
    private TimeSpan _excused;

    public Attendance(TimeProvider clock, ILogger<Attendance> logger)
    {
        (_clock, _logger) = (clock, logger);
        (_lookedAt, _lookedAtStamp) = (Instant.Now(clock), clock.GetTimestamp());
    }

    /// <summary>How often it looks by itself; well below <see cref="AbsentAfter"/>.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The present. Whoever judges asks here, so that nobody judges between waking up and noticing it.</summary>
    public Presence Look()
    {
        lock (_gate)
        {
            var (now, stamp) = (Instant.Now(_clock), _clock.GetTimestamp());
            var (pause, elapsed) = (now - _lookedAt, _clock.GetElapsedTime(_lookedAtStamp, stamp));
            (_lookedAt, _lookedAtStamp) = (now, stamp);
            _presentFor += elapsed;
            if (pause > AbsentAfter)
            {
                WakeUp(now, pause);
            }
            else
            {
                _excused = _presentFor < _allowance ? _excused + elapsed : TimeSpan.Zero;
                TellIfSetBack(now, elapsed - pause);
            }

            return new Presence(now, now - _presentFor, _allowance);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => RunAsync(stoppingToken);

    /// <summary>Looks until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(LookEvery, _clock);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                Look();
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    // It excuses as long as it was away. A machine that stops again and again while silence is excused does not postpone judging for ever:
    // what it was awake in such a row is limited.
    private void WakeUp(Instant now, TimeSpan pause)
    {
        if (_excused < AwaitedData.ExcusedAtMost)
        {
            (_presentFor, _allowance) = (TimeSpan.Zero, pause < AwaitedData.Patience ? pause : AwaitedData.Patience);
        }

        _logger.LogWarning(
            "This process was stopped, or its clock set forward, for {Pause}: until {Until}, silence up to the present is no ground to hold.",
            pause,
            now + (_allowance - _presentFor));
    }

    private void TellIfSetBack(Instant now, TimeSpan back)
    {
        if (back > AbsentAfter)
        {
            _logger.LogWarning("The clock was set back by {Back}, to {Now}. Units with readings of later than that show as unverified.", back, now);
        }
    }
}
