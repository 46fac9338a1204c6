namespace ColdChain.Edge.Sensors.Simulated;

/// <summary>
/// Random numbers that are a function of (seed, channel, counter) and nothing else (SplitMix64's mixing function), so that a simulation
/// gives the same numbers whatever order, pace or starting point it is run in.
/// </summary>
internal readonly record struct CounterNoise(int Seed)
{
    /// <summary>Evenly spread over [0, 1).</summary>
    public double Uniform(int channel, long counter)
    {
        unchecked
        {
            var mixed = Mix(Mix(((ulong)(uint)Seed << 32) | (uint)channel) + (ulong)counter);
            return (mixed >> 11) * (1.0 / (1UL << 53));
        }
    }

    /// <summary>Mean 0 and standard deviation 1, nearly normal: the sum of twelve even ones.</summary>
    public double Normal(int channel, long counter)
    {
        var sum = -6.0;
        for (var i = 0; i < 12; i++)
        {
            sum += Uniform(channel + (i << 8), counter);
        }

        return sum;
    }

    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
