using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;

namespace ColdChain.Server.Dashboard.Series;

/// <summary>
/// The line of one probe as the engine sees it: good samples at most the largest gap apart are joined; further apart, or with
/// contradicting samples between them, the line is broken and the time between is unknown.
/// </summary>
internal sealed class ProbeLine(TimeSpan maxGap)
{
    private readonly List<LinePoint> _points = [];
    private readonly List<(Instant From, Instant To)> _unknown = [];
    private Instant? _last;
    private bool _inConflict;
    private bool _goesOn;

    public IReadOnlyList<LinePoint> Points => _points;

    /// <summary>The intervals between samples in which the temperature is unknown.</summary>
    public IReadOnlyList<(Instant From, Instant To)> Unknown => _unknown;

    /// <summary>Takes the next sample, calibrated. Samples come in order of time.</summary>
    public void Add(Sample sample)
    {
        switch (sample.Kind)
        {
            case SampleKind.Good:
                Break(sample.At);
                Append(sample);
                break;
            case SampleKind.Conflict:
                _inConflict = true;
                break;
            case SampleKind.Fault:
                // Its neighbours join over it when they are near enough.
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(sample));
        }
    }

    /// <summary>
    /// Takes an extreme, calibrated, that stands for a step of time in which nothing is unknown, nor between it and its neighbours.
    /// </summary>
    public void AddExtreme(Sample sample)
    {
        Append(sample);
        _goesOn = true;
    }

    /// <summary>The unknown time within a period whose samples have all been added, its beginning and end included.</summary>
    public IEnumerable<(Instant From, Instant To)> UnknownWithin(Instant from, Instant to)
    {
        var first = _points.Count > 0 ? _points[0].At : to;
        var tail = _last is { } last && (_inConflict || to - last > maxGap) ? (last, to) : (to, to);
        return _unknown.Prepend((from, first)).Append(tail)
            .Select(span => (From: Instant.Max(span.Item1, from), To: Instant.Min(span.Item2, to)))
            .Where(span => span.From < span.To);
    }

    private void Append(Sample sample)
    {
        _points.Add(new LinePoint(sample.At, sample.Lowest));
        (_last, _inConflict, _goesOn) = (sample.At, false, false);
    }

    private void Break(Instant next)
    {
        if (!_goesOn && _last is { } last && (_inConflict || next - last > maxGap))
        {
            _points.Add(new LinePoint(last + TimeSpan.FromMilliseconds(1), null));
            _unknown.Add((last, next));
        }
    }
}
