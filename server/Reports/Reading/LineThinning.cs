using ColdChain.Core.Readings;
using ColdChain.Server.Reports.Content;

namespace ColdChain.Server.Reports.Reading;

/// <summary>
/// Makes a line short while it is read, without hiding anything: of each step of time the lowest and the highest point stay (the first of each), and
/// so do the points beside a break, of a step that is broken again and again only its lowest and its highest, each by itself. An average would make a
/// short excursion vanish.
/// </summary>
/// <param name="from">Where the first step begins.</param>
/// <param name="step">How long a step is.</param>
internal sealed class LineThinning(Instant from, TimeSpan step)
{
    private const int KeptPerStep = 2;

    // A probe that samples less often than its rule joins breaks at each sample.
    private const int BreaksPerStepMax = 3;

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly long _length = Math.Max(1, (long)step.TotalMilliseconds);
    private readonly List<PointContent> _kept = [];
    private Point _first, _lowest, _highest, _last;
    private long _number;
    private bool _isEmpty = true;
    private bool _isBroken = true;
    private int _breaks;
    private bool _isCrowded;

    /// <summary>Steps so long that a line of some time has at most about so many points, and some times as many where it is broken often.</summary>
    public static LineThinning Over(Instant from, Instant to, int pointsMax)
    {
        var steps = Math.Max(1, pointsMax / KeptPerStep);
        return new LineThinning(from, TimeSpan.FromMilliseconds(((long)(to - from).TotalMilliseconds + steps - 1) / steps));
    }

    /// <summary>Takes the next point, in thousandths of a degree.</summary>
    public void Add(Instant at, int milli)
    {
        var number = (at.Milliseconds - from.Milliseconds) / _length;
        if (number != _number)
        {
            KeepStep(isLastKept: false);
            _breaks = 0;
        }

        var point = new Point(at, milli);
        (_first, _lowest, _highest) = _isEmpty
            ? (point, point, point)
            : (_first, milli < _lowest.Milli ? point : _lowest, milli > _highest.Milli ? point : _highest);
        (_last, _number, _isEmpty) = (point, number, false);
    }

    /// <summary>Breaks the line behind the last point.</summary>
    public void Break()
    {
        if (_isEmpty)
        {
            return; // There is nothing behind which it could be broken: it is so already.
        }

        if (++_breaks > BreaksPerStepMax)
        {
            _isCrowded = true;
            return;
        }

        Keep(isLastKept: true);
        _kept.Add(new PointContent(_last.At + Moment, null));
        _isBroken = true;
    }

    /// <summary>What is kept of the line; it takes no more points.</summary>
    public IReadOnlyList<PointContent> End()
    {
        KeepStep(isLastKept: true);
        return _kept;
    }

    private void KeepStep(bool isLastKept)
    {
        if (_isCrowded)
        {
            KeepApart();
        }
        else if (!_isEmpty)
        {
            Keep(isLastKept);
        }
    }

    // Between the two the line is broken, as it is on both sides of them: no line is drawn over a time that nobody knows.
    private void KeepApart()
    {
        var (early, late) = _lowest.At <= _highest.At ? (_lowest, _highest) : (_highest, _lowest);
        foreach (var point in early.At == late.At ? (ReadOnlySpan<Point>)[early] : [early, late])
        {
            if (_kept[^1].At >= point.At)
            {
                _kept.RemoveAt(_kept.Count - 1); // A millisecond behind the point before there is no room for a break.
            }

            _kept.Add(new PointContent(point.At, Celsius.FromMilli(point.Milli)));
            _kept.Add(new PointContent(point.At + Moment, null));
        }

        (_isEmpty, _isBroken, _isCrowded) = (true, true, false);
    }

    private void Keep(bool isLastKept)
    {
        var (early, late) = _lowest.At <= _highest.At ? (_lowest, _highest) : (_highest, _lowest);
        Instant? before = null;
        foreach (var point in (ReadOnlySpan<Point>)[_isBroken ? _first : early, early, late, isLastKept ? _last : late])
        {
            if (before is null || point.At > before)
            {
                _kept.Add(new PointContent(point.At, Celsius.FromMilli(point.Milli)));
                before = point.At;
            }
        }

        (_isEmpty, _isBroken) = (true, false);
    }

    private readonly record struct Point(Instant At, int Milli);
}
