using ColdChain.Core.Readings;
using ColdChain.Edge.Clocks;
using ColdChain.Edge.Outbox;
using ColdChain.Edge.Sensors;
using ColdChain.Hosting.Clocks;

namespace ColdChain.Edge;

/// <summary>
/// The device's clocks: the wall clock, and the monotonic clock of this boot, by which the server can date what was measured while the wall
/// clock was not trusted. The wall clock is trusted once somebody who knows vouches for it, and then as long as it keeps its distance from
/// the monotonic one: both are slewed alike, so only a step changes that. After a step it is trusted again when it has come back, or when
/// it is vouched for anew. Each time is an anchor. Safe for several threads.
/// </summary>
internal sealed class DeviceClock(TimeProvider time, string boot, IClockAuthority authority, Instant floor)
{
    /// <summary>Before the first release: an earlier wall clock has not been set, whoever vouches for it.</summary>
    public static readonly Instant DefaultFloor = Instant.From(new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero));

    /// <summary>So many anchors of a boot are kept: the first, which dates it, and the latest.</summary>
    public const int AnchorsMax = 8;

    private const int LooksMax = 10;
    private static readonly TimeSpan TogetherWithin = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private readonly List<ClockAnchor> _anchors = [];

    public TimeProvider Time => time;

    public string Boot => boot;

    /// <summary>Milliseconds since the boot.</summary>
    public long Mono => Milliseconds(time.GetTimestamp());

    /// <summary>The present, or null while the wall clock is not trusted.</summary>
    public Instant? Now => Read().Now;

    /// <summary>When the wall clock became trusted in this boot, as far as this run saw it, oldest first.</summary>
    public IReadOnlyList<ClockAnchor> Anchors
    {
        get
        {
            lock (_gate)
            {
                return [.. _anchors];
            }
        }
    }

    public static DeviceClock ThisDevice(TimeProvider time, IClockAuthority authority) => new(time, ReadBootId(), authority, DefaultFloor);

    /// <summary>Reads both clocks.</summary>
    public ClockReading Read()
    {
        lock (_gate)
        {
            var (wall, mono) = Together();
            return new ClockReading(IsTrusted(wall, mono) ? wall : null, mono);
        }
    }

    /// <summary>Why the wall clock is trusted at this moment, or not; for the log.</summary>
    public string Explain() => Instant.Now(time) is var wall && wall < floor
        ? $"it shows {wall}, before this program was made"
        : authority.Ask(wall.ToDateTimeOffset()).Reason;

    /// <summary>
    /// Dates a sample. One that carries its own instant keeps it, and says nothing of boot and monotonic time: these would be of now, and
    /// mislead whoever derives one clock from the other.
    /// </summary>
    public Measurement Stamp(ProbeSample sample)
    {
        if (sample.At is { } own)
        {
            return new Measurement(sample.Probe, own, sample.Value, sample.Fault, sample.RawFrame, null, null, sample.State);
        }

        var (now, mono) = Read();
        return new Measurement(sample.Probe, now, sample.Value, sample.Fault, sample.RawFrame, boot, mono, sample.State);
    }

    private bool IsTrusted(Instant wall, long mono)
    {
        if (wall < floor)
        {
            return false;
        }

        var shown = new ClockAnchor(boot, mono, wall, 0);
        if (_anchors.Count > 0 && IsNear(shown, _anchors[^1]))
        {
            return true;
        }

        if (authority.Ask(wall.ToDateTimeOffset()).ErrorMs is not { } error)
        {
            return _anchors.Exists(anchor => IsNear(shown, anchor)); // Set by hand, and set back.
        }

        if (_anchors.Count == AnchorsMax)
        {
            _anchors.RemoveAt(1);
        }

        _anchors.Add(shown with { ErrorMs = error });
        return true;
    }

    private static bool IsNear(ClockAnchor shown, ClockAnchor anchor) => Math.Abs(shown.Offset - anchor.Offset) <= ClockAnchor.ToleranceMs;

    // A thread that is held up between the two looks would see a step where there is none.
    private (Instant Wall, long Mono) Together()
    {
        for (var look = 1; ; look++)
        {
            var before = time.GetTimestamp();
            var wall = Instant.Now(time);
            var after = time.GetTimestamp();
            if (look == LooksMax || time.GetElapsedTime(before, after) <= TogetherWithin)
            {
                return (wall, Milliseconds(after));
            }
        }
    }

    private long Milliseconds(long timestamp) => (long)time.GetElapsedTime(0, timestamp).TotalMilliseconds;

    private static string ReadBootId()
    {
        const string linux = "/proc/sys/kernel/random/boot_id";
        return File.Exists(linux) ? File.ReadAllText(linux).Trim() : Guid.NewGuid().ToString();
    }
}
