using System.Buffers.Text;
using System.Runtime.CompilerServices;
using ColdChain.Core.Readings;

namespace ColdChain.Edge.Sensors.Kernel;

/// <summary>How often a probe is read, and how long a read may take.</summary>
internal sealed record Sampling(TimeSpan Interval, TimeSpan Limit);

/// <summary>
/// A probe behind a driver of the kernel, read at once and then at each tick. Every tick gives a sample: a temperature, or a fault with
/// what was read instead. Ticks that passed during a slow read are left out.
/// </summary>
internal sealed class KernelSource(ProbeId probe, IKernelProbe sensor, Bus bus, Sampling sampling, TimeProvider clock) : IReadingSource
{
    private const int FrameBytesMax = 96; // 128 characters of base64url, the wire format's limit.

    public ProbeId Probe => probe;

    public TimeSpan Interval => sampling.Interval;

    public async IAsyncEnumerable<ProbeSample> ReadAsync(StoredSample? newest, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var start = clock.GetTimestamp();
        var previous = newest?.Value;
        while (true)
        {
            var sample = await SampleAsync(previous, cancellation);
            previous = sample.Value ?? previous;
            yield return sample;
            var passed = clock.GetElapsedTime(start).Ticks % sampling.Interval.Ticks;
            await Task.Delay(sampling.Interval - TimeSpan.FromTicks(passed), clock, cancellation);
        }
    }

    private async Task<ProbeSample> SampleAsync(Celsius? previous, CancellationToken cancellation)
    {
        try
        {
            return ProbeSample.Good(probe, at: null, await bus.ReadAsync(() => sensor.Read(previous), sampling.Limit, clock, cancellation));
        }
        catch (ProbeFaultException e)
        {
            return ProbeSample.Faulty(probe, at: null, e.Fault, e.Frame is { Length: > 0 } frame ? Encode(frame) : null);
        }
    }

    private static string Encode(byte[] frame) => Base64Url.EncodeToString(frame.AsSpan(0, Math.Min(frame.Length, FrameBytesMax)));
}
