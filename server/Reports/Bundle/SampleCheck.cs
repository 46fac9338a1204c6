using ColdChain.Core.Readings;

namespace ColdChain.Server.Reports.Bundle;

/// <summary>
/// Holds the samples of a bundle against the packs in it: a temperature must be what the readings of its probe and instant say that count, and where
/// there was none, none of them may have one. Contents that contradict each other are not all in a pack, so that a conflict is not held against anything.
/// </summary>
internal static class SampleCheck
{
    /// <param name="bundle">The bundle.</param>
    /// <param name="heldMax">So many samples are in memory at a time; the packs are read once for each so many.</param>
    public static void OfSamples(BundleFiles bundle, int heldMax)
    {
        var isHeld = true;
        foreach (var samples in Samples(bundle).Chunk(heldMax))
        {
            isHeld = isHeld && Hold(bundle, samples); // Where the packs are not whole, another look at them tells nothing.
        }
    }

    private static IEnumerable<HeldSample> Samples(BundleFiles bundle)
    {
        var (probes, last) = (new HashSet<ProbeId>(), Instant.Beginning);
        foreach (var (number, line) in bundle.Rows(BundleNames.Samples, SampleLine.Header))
        {
            if (!SampleLine.TryRead(line, out var sample, out var problem))
            {
                bundle.Problems.Add(BundleNames.Samples, $"line {number} {problem}");
                continue;
            }

            if (sample.At < last)
            {
                bundle.Problems.Add(BundleNames.Samples, $"line {number} is earlier than the one before it");
            }

            last = sample.At;
            probes.Add(sample.Probe);
            yield return new HeldSample(number, probes.TryGetValue(sample.Probe, out var same) ? sample with { Probe = same } : sample); // One text for all of its lines.
        }
    }

    // False when the packs are not whole, so that nobody can tell what a sample should be. That is told elsewhere.
    private static bool Hold(BundleFiles bundle, HeldSample[] samples)
    {
        var byPlace = new Dictionary<(ProbeId Probe, Instant At), HeldSample>(samples.Length);
        foreach (var sample in samples.Where(sample => !byPlace.TryAdd((sample.Sample.Probe, sample.Sample.At), sample)))
        {
            bundle.Problems.Add(BundleNames.Samples, $"line {sample.Number} is the second of its probe and instant");
        }

        var received = new ReceivedReader(bundle.Quietly());
        foreach (var (probe, at, celsius) in received.Packs().SelectMany(Temperatures))
        {
            byPlace.GetValueOrDefault((probe, at))?.Take(celsius);
        }

        if (!received.IsWhole)
        {
            return false;
        }

        foreach (var sample in byPlace.Values)
        {
            if (sample.Problem() is { } problem)
            {
                bundle.Problems.Add(BundleNames.Samples, $"line {sample.Number} {problem}");
            }
        }

        return true;
    }

    private static IEnumerable<(ProbeId Probe, Instant At, Celsius Celsius)> Temperatures(OpenedPack opened) =>
        from reading in opened.Readings
        where reading.Value is not null && opened.Pack.Taken.Contains(reading.Key.Seq)
        from place in opened.Dating.PlacesOf(reading, opened.Pack.Received)
        select (reading.Probe, place, reading.Value!.Value); // It has one.

    /// <summary>A sample with what readings say of its probe and instant.</summary>
    private sealed class HeldSample(int number, ReadSample sample)
    {
        private bool _isSaid;
        private Celsius? _other;

        public int Number => number;

        public ReadSample Sample => sample;

        public void Take(Celsius said)
        {
            _isSaid |= said == sample.Measured;
            _other = said == sample.Measured ? _other : said;
        }

        /// <summary>What is wrong with it; null when nothing is.</summary>
        public string? Problem() =>
            sample.Measured is null && !sample.IsFault ? null
            : _other is { } other ? $"says {What} for {sample.Probe} at {sample.At}, and a reading that counts says {other}"
            : sample.Measured is not null && !_isSaid ? $"says {What} for {sample.Probe} at {sample.At}, and no reading that counts says so"
            : null;

        private string What => sample.Measured?.ToString() ?? "no temperature";
    }
}
