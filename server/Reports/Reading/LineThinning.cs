using ColdChain.Core.Readings;
using ColdChain.Server.Reports.Content;

namespace ColdChain.Server.Reports.Reading;

/// <summary>
/// Makes a line short while it is read, without hiding anything: of each step of time the lowest and the highest point stay (the first of each), and
/// so do the points beside a break. An average would make a short excursion vanish.
/// </summary>
/// <param name="from">Where the first step begins.</param>
/// <param name="step">How long a step is.</param>
internal sealed class LineThinning(Instant from, TimeSpan step)
{
    private const int KeptPerStep = 2;

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly long _length = Math.Max(1, (long)step.TotalMilliseconds);
    private readonly List<PointContent> _kept = [];
    private Point _first, _lowest, _highest, _last;
    private long _number;
    private bool _isEmpty = true;
    private bool _isBroken = true;

    /// <summary>Steps so long that a line of some time has at most about so many points, more only where it is broken often.</summary>
    public static LineThinning Over(Instant from, Instant to, int pointsMax)
    {
        var steps = Math.Max(1, pointsMax / KeptPerStep);
        return new LineThinning(from, TimeSpan.FromMilliseconds(((long)(to - from).TotalMilliseconds + steps - 1) / steps));
    }

    /// <summary>Takes the next point, in thousandths of a degree.</summary>
    public void Add(Instant at, int milli)
    {
        var number = (at.Milliseconds - from.Milliseconds) / _length;
        if (!_isEmpty && number != _number)
        {
            Keep(isLastKept: false);
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

        Keep(isLastKept: true);
        _kept.Add(new PointContent(_last.At + Moment, null));
        _isBroken = true;
    }

    /// <summary>What is kept of the line; it takes no more points.</summary>
    public IReadOnlyList<PointContent> End()
    {
        if (!_isEmpty)
        {
            Keep(isLastKept: true);
        }

        return _kept;
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
