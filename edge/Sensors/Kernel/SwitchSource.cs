using System.Buffers.Text;
using System.Runtime.CompilerServices;
using ColdChain.Core.Readings;

namespace ColdChain.Edge.Sensors.Kernel;

/// <summary>
/// A signal in a file of the kernel, such as a power supply's <c>online</c> or the value of a GPIO line: looked at every second, with a reading
/// whenever it differs from the one before, and at least one in each interval. What lasts for less than a second may go unseen.
/// </summary>
internal sealed class SwitchSource(ProbeId signal, string file, bool isInverted, Sampling sampling, TimeProvider clock) : IReadingSource
{
    private const int FrameBytesMax = 96; // 128 characters of base64url, the wire format's limit.
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly Bus _bus = new();

    public ProbeId Probe => signal;

    public TimeSpan Interval => sampling.Interval;

    public async IAsyncEnumerable<ProbeSample> ReadAsync(StoredSample? newest, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var start = clock.GetTimestamp();
        var (last, toldAt) = (default(ProbeSample?), start);
        while (true)
        {
            var sample = await LookAsync(cancellation);
            var now = clock.GetTimestamp();
            if ((sample.State, sample.Fault) != (last?.State, last?.Fault) || clock.GetElapsedTime(toldAt, now) >= sampling.Interval)
            {
                (last, toldAt) = (sample, now);
                yield return sample;
            }

            var passed = clock.GetElapsedTime(start).Ticks % LookEvery.Ticks;
            await Task.Delay(LookEvery - TimeSpan.FromTicks(passed), clock, cancellation);
        }
    }

    private async Task<ProbeSample> LookAsync(CancellationToken cancellation)
    {
        try
        {
            return ProbeSample.OfState(signal, at: null, isInverted != await _bus.ReadAsync(() => SysfsAttribute.ReadState(file), sampling.Limit, clock, cancellation));
        }
        catch (ProbeFaultException e)
        {
            var frame = e.Frame is { Length: > 0 } bytes ? Base64Url.EncodeToString(bytes.AsSpan(0, Math.Min(bytes.Length, FrameBytesMax))) : null;
            return ProbeSample.Faulty(signal, at: null, e.Fault, frame);
        }
    }
}
