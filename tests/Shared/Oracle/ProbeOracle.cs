namespace ColdChain.Tests.Shared.Oracle;

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
        (Mounts, _claims) = ([.. Contiguous()], Plausible.Of([.. claims.Where(claim => claim.Milli.Count > 0 && At(claim.At) is not null).OrderBy(claim => claim.At)], now));
    }

    /// <summary>The times in which it stood there without a pause, in order, half-open.</summary>
    public IReadOnlyList<(long From, long To)> Mounts { get; }

    /// <summary>The instants of which it told a temperature.</summary>
    public IEnumerable<long> Told() => _claims.Where(claim => !claim.IsConflict).Select(claim => claim.At);

    /// <summary>Everything out of range.</summary>
    public IEnumerable<Exposure> Beyond() => Beyond("high").Concat(Beyond("low"));

    /// <summary>The times of which it tells, ends included: from one temperature to the next, and from its coming and to its going.</summary>
    public IEnumerable<(long From, long To)> Known()
    {
        foreach (var (from, to) in Mounts.Where(mount => mount.From < _now))
        {
            var (known, hasConflict) = (from, false);
            foreach (var claim in _claims.Where(claim => from <= claim.At && claim.At < to))
            {
                hasConflict |= claim.IsConflict;
                if (claim.IsConflict)
                {
                    continue;
                }

                if (!hasConflict && claim.At - known <= Limits.MaxGap)
                {
                    yield return (known, claim.At);
                }

                (known, hasConflict) = (claim.At, false);
            }

            var end = Math.Min(to, _now);
            if (!hasConflict && end - known <= Limits.MaxGap)
            {
                yield return (known, end);
            }
        }
    }

    /// <summary>
    /// The times of which its levels tell, and those of them beyond given limits: the lines between neighbours; and from the last sample on what that
    /// says, as long as another would still join.
    /// </summary>
    public (List<(decimal From, decimal To)> Told, List<(decimal From, decimal To)> Beyond) Lines(Limits limits)
    {
        var (told, beyond) = (new List<(decimal, decimal)>(), new List<(decimal, decimal)>());
        for (var i = 0; i < _claims.Count; i++)
        {
            if (Following(i) is { } next && IsJoined(_claims[i], next))
            {
                told.Add((_claims[i].At, next.At));
                beyond.AddRange(from side in new[] { "high", "low" } from piece in OfLine(_claims[i], next, side, _ => limits) select (piece.From, piece.To));
            }
        }

        return (told, beyond);
    }

    // The next sample; after the last one of its time there, the same temperature at the end of that, or now.
    private Claim? Following(int place)
    {
        var (last, next) = (_claims[place], _claims.ElementAtOrDefault(place + 1));
        var until = Mounts.First(mount => mount.From <= last.At && last.At < mount.To).To;
        if (next?.At < until)
        {
            return next;
        }

        var end = Math.Min(_now, until - 1);
        return last.At < end ? last with { At = end } : null;
    }

    private Tenure? At(long at) => _tenures.FirstOrDefault(tenure => tenure.From <= at && at < tenure.To);

    private bool IsJoined(Claim a, Claim b) => !a.IsConflict && !b.IsConflict && b.At - a.At <= Limits.MaxGap && CoveredFrom(a.At, b.At);

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

    private static decimal? Distance(Tenure tenure, Limits limits, string side, decimal measured) => side == "high"
        ? measured + tenure.CalibrationMilli - limits.High
        : limits.Low - measured - tenure.CalibrationMilli;

    private IEnumerable<Exposure> Beyond(string side)
    {
        var pieces = new List<Piece>();
        for (var i = 0; i < _claims.Count; i++)
        {
            var claim = _claims[i];
            pieces.AddRange(claim.IsConflict ? OfConflict(claim, side) : OfPoint(i, side));
            if (i + 1 < _claims.Count && IsJoined(claim, _claims[i + 1]))
            {
                pieces.AddRange(OfLine(claim, _claims[i + 1], side, tenure => tenure.Limits));
            }
        }

        return Merged(pieces).Select(piece => new Exposure(_unit, _probe, side, piece.From, piece.To, piece.ExposedTo, IsRequired: true, IsOpen: piece.ExposedTo is null));
    }

    // A sample beyond the limit: lines that meet there are one, and where none leads away, nobody knows how it went on.
    private IEnumerable<Piece> OfPoint(int place, string side)
    {
        var claim = _claims[place];
        if (Distance(At(claim.At)!, At(claim.At)!.Limits, side, claim.Milli[0]) is not > 0) // Claims outside of every tenure were left out.
        {
            yield break;
        }

        var until = Mounts.First(mount => mount.From <= claim.At && claim.At < mount.To).To;
        var next = _claims.ElementAtOrDefault(place + 1);
        yield return next is not null && next.At < until ? Piece.Point(claim.At, next.At)
            : until <= _now ? Piece.Point(claim.At, until)
            : Piece.Point(claim.At, null);
    }

    private IEnumerable<Piece> OfConflict(Claim claim, string side)
    {
        if (claim.Milli.Any(milli => Distance(At(claim.At)!, At(claim.At)!.Limits, side, milli) > 0)) // As above.
        {
            yield return Piece.Point(claim.At, claim.At) with { IsAlone = true };
        }
    }

    private IEnumerable<Piece> OfLine(Claim a, Claim b, string side, Func<Tenure, Limits> limits)
    {
        foreach (var tenure in _tenures.Where(tenure => tenure.From < b.At && a.At < tenure.To))
        {
            var (from, to) = (Math.Max(tenure.From, a.At), Math.Min(tenure.To, b.At));
            if (Distance(tenure, limits(tenure), side, On(a, b, from)) is not { } first || Distance(tenure, limits(tenure), side, On(a, b, to)) is not { } last || (first <= 0 && last <= 0))
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
