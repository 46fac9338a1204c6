using ColdChain.Core.Readings;

namespace ColdChain.Simulation.Tests.Truth;

/// <summary>Something that warms or cools: a straight way there, a stay, a straight way back.</summary>
/// <param name="From">When it begins.</param>
/// <param name="Rise">How long the way there takes.</param>
/// <param name="Stay">How long it stays.</param>
/// <param name="Fall">How long the way back takes.</param>
/// <param name="Milli">By how much, in thousandths of a degree.</param>
internal readonly record struct Bump(Instant From, TimeSpan Rise, TimeSpan Stay, TimeSpan Fall, int Milli)
{
    public double At(Instant now)
    {
        var since = now - From;
        var left = From + Rise + Stay + Fall - now;
        return since <= TimeSpan.Zero || left <= TimeSpan.Zero ? 0
            : since < Rise ? Milli * (since / Rise)
            : left < Fall ? Milli * (left / Fall)
            : Milli;
    }
}

/// <summary>
/// The true temperature where a probe is, over time: what the unit is set to, what happens to it, and the noise of the measurement. The
/// same at each asking. While a bump stays there is no noise, so that limits are met exactly.
/// </summary>
internal sealed class TemperatureCourse(int setMilli, int noiseMilli, int seed, IReadOnlyList<Bump> bumps)
{
    public int At(Instant now)
    {
        var (sum, stays) = (0.0, false);
        foreach (var bump in bumps)
        {
            var part = bump.At(now);
            sum += part;
            stays |= part == bump.Milli;
        }

        return setMilli + (int)Math.Round(sum, MidpointRounding.AwayFromZero) + (stays || noiseMilli == 0 ? 0 : Noise(now));
    }

    private int Noise(Instant now)
    {
        var mixed = unchecked(((ulong)now.Milliseconds * 0x9E3779B97F4A7C15) ^ ((ulong)seed * 0xBF58476D1CE4E5B9));
        mixed = unchecked((mixed ^ (mixed >> 31)) * 0x94D049BB133111EB);
        return (int)((mixed >> 33) % (ulong)((2 * noiseMilli) + 1)) - noiseMilli;
    }
}
