using ColdChain.Core.Readings;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Reports.Reading;

namespace ColdChain.Server.Tests.Reports.Reading;

/// <summary>
/// The same figures by the definitions alone: every millisecond is looked at by itself, with all samples at hand and without a line of the product's.
/// For spans of a few thousand milliseconds.
/// </summary>
/// <param name="samples">The samples of one probe as they were counted, ascending.</param>
/// <param name="offset">Its calibration offset.</param>
/// <param name="rules">The rules, as the report tells of them.</param>
internal sealed class NaiveFigures(IReadOnlyList<JudgedSample> samples, int offset, IReadOnlyList<RuleContent> rules)
{
    public FiguresContent Of(SpanContent mounted)
    {
        var (from, to) = (mounted.From.Milliseconds, mounted.To.Milliseconds);
        var bands = Enumerable.Range(0, (int)(to - from)).Select(i => BandAt(from + i)).ToList();
        var within = samples.Where(sample => sample.At >= mounted.From && sample.At < mounted.To).ToList();
        var good = within.Where(sample => sample.Counts == "good").Select(sample => (sample.At, Milli: sample.MeasuredMilli!.Value + offset)).ToList();
        var (lowest, highest) = (good.OrderBy(one => one.Milli).ThenBy(one => one.At).ToList(), good.OrderByDescending(one => one.Milli).ThenBy(one => one.At).ToList());
        var mean = good.Count == 0 ? 0 : good.Average(one => one.Milli / 1000.0);
        return new FiguresContent
        {
            Expected = rules.GroupBy(rule => rule.SampleEvery)
                .Sum(group => (int)(group.Sum(rule => Math.Max(0, Math.Min(to, rule.InForce.To.Milliseconds) - Math.Max(from, rule.InForce.From.Milliseconds))) / (long)group.Key.TotalMilliseconds)),
            Received = within.Count,
            Good = good.Count,
            Minimum = good.Count == 0 ? null : Celsius.FromMilli(lowest[0].Milli),
            MinimumAt = good.Count == 0 ? null : lowest[0].At,
            Maximum = good.Count == 0 ? null : Celsius.FromMilli(highest[0].Milli),
            MaximumAt = good.Count == 0 ? null : highest[0].At,
            Mean = good.Count == 0 ? null : mean,
            StandardDeviation = good.Count < 2 ? null : Math.Sqrt(good.Sum(one => Math.Pow(one.Milli / 1000.0 - mean, 2)) / (good.Count - 1)),
            MeanKinetic = good.Count == 0 ? null : Kinetic(good.Select(one => one.At).ToHashSet(), good.Select(one => one.Milli)),
            Low = Time('l'),
            InRange = Time('i'),
            High = Time('h'),
            Unknown = Time('u'),
            LongestGap = TimeSpan.FromMilliseconds(string.Concat(bands).Split('l', 'i', 'h').Max(run => run.Length)),
            CoveragePercent = 100.0 * bands.Count(band => band != 'u') / bands.Count,
        };

        TimeSpan Time(char band) => TimeSpan.FromMilliseconds(bands.Count(other => other == band));
    }

    private char BandAt(long at)
    {
        var rule = rules.FirstOrDefault(rule => rule.InForce.From.Milliseconds <= at && at < rule.InForce.To.Milliseconds);
        var next = samples.ToList().FindIndex(sample => sample.At.Milliseconds > at && sample.Counts == "good");
        var before = next < 0 ? -1 : samples.Take(next).ToList().FindLastIndex(sample => sample.At.Milliseconds <= at && sample.Counts == "good");
        if (rule is null || before < 0 || samples.Skip(before).Take(next - before).Any(sample => sample.Counts == "conflict")
            || samples[next].At - samples[before].At > rule.MaxGap)
        {
            return 'u';
        }

        // A millisecond belongs to what is beyond a limit when any part of it does; times the length of the line, to stay in integers.
        var (start, length) = (samples[before].At.Milliseconds, samples[next].At.Milliseconds - samples[before].At.Milliseconds);
        var (first, last) = ((long)samples[before].MeasuredMilli!.Value + offset, (long)samples[next].MeasuredMilli!.Value + offset);
        var (a, b) = ((first * length) + ((last - first) * (at - start)), (first * length) + ((last - first) * (at + 1 - start)));
        return Math.Min(a, b) < rule.Low!.Value.Milli * length ? 'l' : Math.Max(a, b) > rule.High!.Value.Milli * length ? 'h' : 'i';
    }

    private double Kinetic(HashSet<Instant> within, IEnumerable<int> plain)
    {
        var weights = new List<(double Weight, int Milli)>();
        JudgedSample? last = null;
        foreach (var sample in samples)
        {
            var rule = rules.FirstOrDefault(rule => rule.InForce.From <= sample.At && sample.At < rule.InForce.To);
            if (sample.Counts == "good" && last is { } before && within.Contains(before.At) && within.Contains(sample.At) && sample.At - before.At <= rule?.MaxGap)
            {
                weights.Add(((sample.At - before.At).TotalMilliseconds, before.MeasuredMilli!.Value + offset));
                weights.Add(((sample.At - before.At).TotalMilliseconds, sample.MeasuredMilli!.Value + offset));
            }

            last = sample.Counts == "good" ? sample : sample.Counts == "conflict" ? null : last;
        }

        weights = weights.Count > 0 ? weights : [.. plain.Select(milli => (1.0, milli))];
        return 10_000 / -Math.Log(weights.Sum(one => one.Weight * Math.Exp(-10_000 / (273.15 + one.Milli / 1000.0))) / weights.Sum(one => one.Weight)) - 273.15;
    }
}
