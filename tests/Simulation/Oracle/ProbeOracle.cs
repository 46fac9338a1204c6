namespace ColdChain.Simulation.Tests.Oracle;

/// <summary>
/// What a probe shows of a storage unit, reckoned the slow way: every pair of neighbouring samples gives a straight line, every line its
/// pieces beyond a limit, exactly, in decimals; pieces that meet at a sample beyond the limit are one. Nothing is carried from sample to sample.
/// </summary>
internal sealed class ProbeOracle
{
    private readonly string _unit;
    private readonly string _probe;
    private readonly IReadOnlyList<Tenure> _tenures;
    private readonly List<Claim> _claims;
    private readonly long _now;

    public ProbeOracle(string unit, string probe, IReadOnlyList<Tenure> tenures, IEnumerable<Claim> claims, long now)
    {
        (_unit, _probe, _tenures, _now) = (unit, probe, tenures, now);
        _claims = [.. claims.Where(claim => claim.Milli.Count > 0 && At(claim.At) is not null).OrderBy(claim => claim.At)];
    }

    /// <summary>Everything out of range or unknown for too long.</summary>
    /// <param name="mayBeLost">Whether rows of a time may be known as lost.</param>
    public IEnumerable<Exposure> Exposures(Func<long, long, bool> mayBeLost) =>
        Beyond("high").Concat(Beyond("low")).Concat(Unknown(mayBeLost));

    private Tenure? At(long at) => _tenures.FirstOrDefault(tenure => tenure.From <= at && at < tenure.To);

    private static bool IsConflict(Claim claim) => claim.Milli.Distinct().Skip(1).Any();

    private bool IsJoined(Claim a, Claim b) => !IsConflict(a) && !IsConflict(b) && b.At - a.At <= Limits.MaxGap && CoveredFrom(a.At, b.At);

    private bool CoveredFrom(long from, long to)
    {
        var reached = from;
        while (At(reached) is { } tenure)
        {
            if (tenure.To > to)
            {
                return true;
            }

            reached = tenure.To;
        }

        return false;
    }

    private static decimal? Distance(Tenure tenure, string side, decimal measured) => side == "high"
        ? measured + tenure.CalibrationMilli - tenure.Limits.High
        : tenure.Limits.Low - measured - tenure.CalibrationMilli;

    private IEnumerable<Exposure> Beyond(string side)
    {
        var pieces = new List<Piece>();
        for (var i = 0; i < _claims.Count; i++)
        {
            var claim = _claims[i];
            pieces.AddRange(IsConflict(claim) ? OfConflict(claim, side) : OfPoint(i, side));
            if (i + 1 < _claims.Count && IsJoined(claim, _claims[i + 1]))
            {
                pieces.AddRange(OfLine(claim, _claims[i + 1], side));
            }
        }

        return Merged(pieces).Select(piece => new Exposure(_unit, _probe, side, piece.From, piece.To, piece.ExposedTo, IsRequired: true, IsOpen: piece.ExposedTo is null));
    }

    // A sample beyond the limit: lines that meet there are one, and where none leads away, nobody knows how it went on.
    private IEnumerable<Piece> OfPoint(int place, string side)
    {
        var claim = _claims[place];
        if (Distance(At(claim.At)!, side, claim.Milli[0]) is not > 0) // Claims outside of every tenure were left out.
        {
            yield break;
        }

        var until = Contiguous().First(stay => stay.From <= claim.At && claim.At < stay.To).To;
        var next = _claims.ElementAtOrDefault(place + 1);
        yield return next is not null && next.At < until ? Piece.Point(claim.At, next.At)
            : until <= _now ? Piece.Point(claim.At, until)
            : Piece.Point(claim.At, null);
    }

    private IEnumerable<Piece> OfConflict(Claim claim, string side)
    {
        if (claim.Milli.Any(milli => Distance(At(claim.At)!, side, milli) > 0)) // As above.
        {
            yield return Piece.Point(claim.At, claim.At) with { IsAlone = true };
        }
    }

    private IEnumerable<Piece> OfLine(Claim a, Claim b, string side)
    {
        foreach (var tenure in _tenures.Where(tenure => tenure.From < b.At && a.At < tenure.To))
        {
            var (from, to) = (Math.Max(tenure.From, a.At), Math.Min(tenure.To, b.At));
            if (Distance(tenure, side, On(a, b, from)) is not { } first || Distance(tenure, side, On(a, b, to)) is not { } last || (first <= 0 && last <= 0))
            {
                continue;
            }

            var start = first > 0 ? from : from + (to - from) * -first / (last - first);
            var end = last > 0 ? to : from + (to - from) * first / (first - last);
            yield return new Piece(start, end, end, IsPoint: false);
        }
    }

    private static decimal On(Claim a, Claim b, long at) => a.Milli[0] + ((decimal)(b.Milli[0] - a.Milli[0]) * (at - a.At) / (b.At - a.At));

    // Pieces that meet at a sample beyond the limit are one; the last one says how it ended. A sample at the limit is in range, and parts them.
    private static IEnumerable<Piece> Merged(List<Piece> pieces)
    {
        Piece? whole = null;
        foreach (var piece in pieces.OrderBy(piece => piece.From).ThenBy(piece => piece.To))
        {
            var meets = whole is not null && piece.From == whole.To && (whole.IsPoint || piece.IsPoint) && !whole.IsAlone && !piece.IsAlone;
            if (whole is not null && !meets)
            {
                yield return whole;
            }

            whole = meets ? piece with { From = whole!.From } : piece; // It meets something only.
        }

        if (whole is not null)
        {
            yield return whole;
        }
    }

    private IEnumerable<Exposure> Unknown(Func<long, long, bool> mayBeLost)
    {
        foreach (var stay in Contiguous())
        {
            var inside = _claims.Where(claim => stay.From <= claim.At && claim.At < stay.To).ToList();
            var known = stay.From;
            var hasConflict = false;
            foreach (var claim in inside)
            {
                if (IsConflict(claim))
                {
                    hasConflict = true;
                    continue;
                }

                if (Long(known, claim.At, hasConflict, isOpen: false, mayBeLost) is { } exposure)
                {
                    yield return exposure;
                }

                (known, hasConflict) = (claim.At, false);
            }

            if (Long(known, Math.Min(stay.To, _now), hasConflict, isOpen: stay.To > _now, mayBeLost) is { } last)
            {
                yield return last;
            }
        }
    }

    private Exposure? Long(long from, long to, bool hasConflict, bool isOpen, Func<long, long, bool> mayBeLost)
    {
        var isUnknown = hasConflict || to - from > Limits.MaxGap;
        var isLong = to - from > Limits.UnknownLimit;
        return isUnknown && (isLong || mayBeLost(from, to))
            ? new Exposure(_unit, _probe, "unknown", from, to, isOpen ? null : to, isLong, isOpen)
            : null;
    }

    // The times in which it stood there without a pause.
    private IEnumerable<(long From, long To)> Contiguous()
    {
        var (from, to) = (_tenures[0].From, _tenures[0].To);
        foreach (var tenure in _tenures.Skip(1))
        {
            if (tenure.From != to)
            {
                yield return (from, to);
                from = tenure.From;
            }

            to = tenure.To;
        }

        yield return (from, to);
    }

    private sealed record Piece(decimal From, decimal To, decimal? ExposedTo, bool IsPoint)
    {
        /// <summary>True for one that joins with nothing: a claim that another one contradicts.</summary>
        public bool IsAlone { get; init; }

        public static Piece Point(long at, long? exposedTo) => new(at, at, exposedTo, IsPoint: true);
    }
}
