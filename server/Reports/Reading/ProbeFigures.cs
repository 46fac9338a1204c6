using ColdChain.Core.Excursions;
using ColdChain.Core.Kinetics;
using ColdChain.Core.Readings;
using ColdChain.Server.Reports.Content;

namespace ColdChain.Server.Reports.Reading;

/// <summary>
/// The figures of one mounting, taken up sample by sample, in as little memory for a year as for a day. The mounted span is half-open and lies within what the report looks at;
/// all temperatures are calibrated by the offset of the mounting, and all times are whole milliseconds.
/// </summary>
/// <remarks>
/// <para>Line. Two good samples of which no good one and no conflict lies between are joined by a straight line; what does not count for another
/// reason is passed over. A line may begin or end outside of the span, as long as the probe stood in the storage unit, in the same role, without a hole.</para>
/// <para>Known. An instant is known when it lies on a line (its later end not included) that is at most as long as the largest gap of the rule in force
/// at that instant. Every other instant of the span is <c>Unknown</c>, also after the last sample and before the first one, and where no rule is in force.
/// <c>LongestGap</c> is the longest time without a known instant.</para>
/// <para><c>Low</c> and <c>High</c>. The parts of the known lines strictly beyond the limit in force. A line that leaves does so where it crosses the
/// limit, rounded down to a millisecond, or at its first sample where that is at the limit; a line that comes back does so at the crossing rounded up.
/// A line from beyond one limit to beyond the other that takes less than two milliseconds in between counts as low first. <c>InRange</c> is the rest of the known time, so that the four add
/// up to the span.</para>
/// <para><c>Expected</c>. For each interval that packs in force recommended: the time for which they did, divided by it, rounded down; the sum.</para>
/// <para><c>Received</c>, <c>Good</c>, <c>Minimum</c>, <c>Maximum</c>, <c>Mean</c>, <c>StandardDeviation</c>. Over the samples measured within the
/// span. Mean and deviation are reckoned in integers and rounded once, half to even.</para>
/// <para><c>MeanKinetic</c>. Each pair of good samples within the span that a line joins, at most the largest gap of the rule at the later one long, gives
/// its length as weight to both temperatures. Without such a pair all good samples weigh alike.</para>
/// <para><c>CoveragePercent</c>. 100 × (span − Unknown) / span, rounded to four decimals, half to even.</para>
/// </remarks>
internal sealed class ProbeFigures
{
    private const int Decimals = 6;
    private const int CoverageDecimals = 4;
    private const decimal Thousand = 1000;

    private readonly MountedProbe _mounting;
    private readonly IReadOnlyList<RulePiece> _pieces;
    private readonly LineThinning _line;
    private readonly UnknownSpans _unknown = new();
    private readonly MeanKineticTemperature _weighted = new();
    private readonly MeanKineticTemperature _plain = new();
    private Instant _knownTo;
    private Instant _drawnTo;
    private (Instant At, int Milli)? _lastGood;
    private (Instant At, int Milli)? _minimum;
    private (Instant At, int Milli)? _maximum;
    private int _received;
    private int _good;
    private long _sum;
    private Int128 _squares;
    private long _low;
    private long _high;

    /// <summary>Figures without a sample.</summary>
    /// <param name="mounting">The mounting, cut to what the report looks at.</param>
    /// <param name="pieces">The rules that judged it, ascending; a time without a rule is in none of them.</param>
    /// <param name="line">What draws the line.</param>
    public ProbeFigures(MountedProbe mounting, IReadOnlyList<RulePiece> pieces, LineThinning line)
    {
        (_mounting, _pieces, _line) = (mounting, pieces, line);
        (_knownTo, _drawnTo) = (mounting.From, mounting.From);
    }

    /// <summary>Takes the line between two good samples, before calibration, that nothing breaks: also one that only crosses the span. Lines ascend.</summary>
    public void TakeLine(in Line measured)
    {
        var line = measured with { First = Calibrated(measured.First), Last = Calibrated(measured.Last) };
        foreach (var piece in _pieces)
        {
            var (from, to) = (Instant.Max(line.From, piece.From), Instant.Min(line.To, piece.To));
            if (from < to && line.To - line.From <= piece.Rule.MaxGap)
            {
                TakeKnown(line, from, to, piece.Rule);
            }
        }

        if (_lastGood is { } before && before.At == line.From && line.To < _mounting.To && RuleAt(line.To) is { } rule && line.To - line.From <= rule.MaxGap)
        {
            var weight = line.To.Milliseconds - line.From.Milliseconds;
            _weighted.Add(Celsius.FromMilli(line.First), weight);
            _weighted.Add(Celsius.FromMilli(line.Last), weight);
        }
    }

    /// <summary>Takes a good sample within the span, before calibration, after the line that leads to it.</summary>
    public void TakeGood(Instant at, int measuredMilli)
    {
        var milli = Calibrated(measuredMilli);
        _received++;
        _good++;
        _sum += milli;
        _squares += (Int128)milli * milli;
        _minimum = _minimum is { } low && low.Milli <= milli ? low : (at, milli);
        _maximum = _maximum is { } high && high.Milli >= milli ? high : (at, milli);
        _plain.Add(Celsius.FromMilli(milli), 1);
        if (_lastGood is not null && (_knownTo < at || _unknown.LastTo > _drawnTo))
        {
            _line.Break();
        }

        _line.Add(at, milli);
        (_lastGood, _drawnTo) = ((at, milli), at);
    }

    /// <summary>Takes a sample within the span that does not count.</summary>
    public void TakeExcluded() => _received++;

    /// <summary>The probe with the figures of all that was taken. Nothing more is taken after it.</summary>
    public ProbeContent End()
    {
        Reach(_mounting.To);
        var (probe, certificate) = (_mounting.Probe, _mounting.Probe.Certificate);
        return new ProbeContent
        {
            Probe = probe.Id.ToString(),
            Role = probe.Role,
            Mounted = new SpanContent(_mounting.From, _mounting.To),
            CalibrationOffsetMilli = probe.CalibrationOffsetMilli,
            Certificate = certificate.Number,
            CalibratedOn = certificate.CalibratedOn,
            CalibrationDueOn = certificate.DueOn,
            UncertaintyMilli = certificate.UncertaintyMilli,
            Figures = Figures(),
            Line = _line.End(),
            Unknown = _unknown.Told,
            UnknownLeftOut = _unknown.LeftOut,
        };
    }

    private FiguresContent Figures()
    {
        var span = _mounting.To.Milliseconds - _mounting.From.Milliseconds;
        var unknown = (long)_unknown.Total.TotalMilliseconds;
        return new FiguresContent
        {
            Expected = _pieces.GroupBy(piece => (long)piece.SampleEvery.TotalMilliseconds).Sum(ExpectedOf),
            Received = _received,
            Good = _good,
            Minimum = _minimum is { } low ? Celsius.FromMilli(low.Milli) : null,
            MinimumAt = _minimum?.At,
            Maximum = _maximum is { } high ? Celsius.FromMilli(high.Milli) : null,
            MaximumAt = _maximum?.At,
            Mean = _good > 0 ? (double)Math.Round(_sum / Thousand / _good, Decimals) : null,
            StandardDeviation = _good > 1 ? Deviation() : null,
            MeanKinetic = (_weighted.Value ?? _plain.Value) is { } kinetic ? Math.Round(kinetic, Decimals) : null,
            Low = TimeSpan.FromMilliseconds(_low),
            InRange = TimeSpan.FromMilliseconds(span - unknown - _low - _high),
            High = TimeSpan.FromMilliseconds(_high),
            Unknown = TimeSpan.FromMilliseconds(unknown),
            LongestGap = _unknown.Longest,
            CoveragePercent = (double)Math.Round(100m * (span - unknown) / span, CoverageDecimals),
        };
    }

    private static int ExpectedOf(IGrouping<long, RulePiece> pieces) =>
        pieces.Key == 0 ? 0 : (int)(pieces.Sum(piece => piece.To.Milliseconds - piece.From.Milliseconds) / pieces.Key);

    // In integers up to the root: the difference of two large sums of floating numbers would lose what is asked for.
    private double Deviation()
    {
        var scatter = _good * _squares - (Int128)_sum * _sum;
        return Math.Round(Math.Sqrt((double)scatter / ((double)_good * (_good - 1))) / (double)Thousand, Decimals);
    }

    private void TakeKnown(in Line line, Instant from, Instant to, ProbeRule rule)
    {
        Reach(from);
        _knownTo = to;
        var low = rule.Low is { } cold ? Beyond(line with { First = cold.Milli - line.First, Last = cold.Milli - line.Last }, from, to) : 0;
        var high = rule.High is { } warm ? Beyond(line with { First = line.First - warm.Milli, Last = line.Last - warm.Milli }, from, to) : 0;
        _low += low;
        _high += Math.Min(high, to.Milliseconds - from.Milliseconds - low);
    }

    /// <summary>How long a line of distances beyond a limit is positive within [from, to), in milliseconds.</summary>
    private static long Beyond(in Line distance, Instant from, Instant to)
    {
        if (distance.First <= 0 && distance.Last <= 0)
        {
            return 0;
        }

        var start = distance.First > 0 ? distance.From : distance.Reaches(0, later: false);
        var end = distance.Last > 0 ? distance.To : distance.Reaches(0, later: true);
        return Math.Max(0, Instant.Min(end, to).Milliseconds - Instant.Max(start, from).Milliseconds);
    }

    /// <summary>What was not known up to an instant is unknown.</summary>
    private void Reach(Instant at)
    {
        if (_knownTo < at)
        {
            _unknown.Add(new SpanContent(_knownTo, at));
        }
    }

    private ProbeRule? RuleAt(Instant at) => _pieces.FirstOrDefault(piece => piece.From <= at && at < piece.To)?.Rule;

    private int Calibrated(int measuredMilli) => JudgedSample.Calibrated(measuredMilli, _mounting.Probe.CalibrationOffsetMilli);
}
