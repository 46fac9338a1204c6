using ColdChain.Core.Readings;
using ColdChain.Edge.Outbox;
using ColdChain.Edge.Sensors;

namespace ColdChain.Edge;

/// <summary>
/// The device's clocks: the wall clock, which is trusted only from a floor on (a Pi without a battery-backed clock starts in 1970 or at its
/// last shutdown), and the monotonic clock of this boot, by which the server can date such readings later.
/// </summary>
internal sealed class DeviceClock(TimeProvider time, string boot, Instant floor)
{
    /// <summary>Before the first release: an earlier wall clock has not been set.</summary>
    public static readonly Instant DefaultFloor = Instant.From(new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public TimeProvider Time => time;

    public string Boot => boot;

    /// <summary>Milliseconds since the boot.</summary>
    public long Mono => (long)time.GetElapsedTime(0).TotalMilliseconds;

    /// <summary>The present, or null while the wall clock is not trusted.</summary>
    public Instant? Now => Instant.Now(time) is var now && now >= floor ? now : null;

    public static DeviceClock ThisDevice(TimeProvider time) => new(time, ReadBootId(), DefaultFloor);

    /// <summary>
    /// Dates a sample. One that carries its own instant keeps it, and says nothing of boot and monotonic time: these would be of now, and
    /// mislead whoever derives one clock from the other.
    /// </summary>
    public Measurement Stamp(ProbeSample sample) => sample.At is { } own
        ? new Measurement(sample.Probe, own, sample.Value, sample.Fault, sample.RawFrame, null, null)
        : new Measurement(sample.Probe, Now, sample.Value, sample.Fault, sample.RawFrame, boot, Mono);

    private static string ReadBootId()
    {
        const string linux = "/proc/sys/kernel/random/boot_id";
        return File.Exists(linux) ? File.ReadAllText(linux).Trim() : Guid.NewGuid().ToString();
    }
}
