namespace ColdChain.Tests.Shared.Oracle;

/// <summary>
/// What of a load probe's samples can be believed. One that leaps by more than 5 °C and faster than 5 °C a minute, or to a value that sensors say
/// in place of a temperature, is believed unless one of the next two is back where it came from. Looked up sample by sample, ahead and back.
/// </summary>
internal static class Plausible
{
    private const long LeapMilli = 5_000;
    private const long MinuteMs = 60_000;

    private static readonly long[] Placeholders = [85_000, 127_937, 127_938, -127_000];

    /// <summary>The claims without spikes, and without what nobody can decide yet.</summary>
    /// <param name="claims">The claims of one probe in one place, in order, each with a temperature at least.</param>
    /// <param name="now">The present: what is in doubt is waited for no longer than for the largest gap.</param>
    public static List<Claim> Of(IReadOnlyList<Claim> claims, long now)
    {
        var believed = new List<Claim>();
        Claim? last = null;
        for (var i = 0; i < claims.Count;)
        {
            if (claims[i].IsConflict || !IsLeap(last, claims[i]))
            {
                last = claims[i].IsConflict ? null : claims[i];
                believed.Add(claims[i++]);
                continue;
            }

            var (taken, isSpike, isPending) = Decide(claims, i, last, now);
            if (!isSpike && !isPending)
            {
                believed.AddRange(claims.Skip(i).Take(taken));
                last = believed[^1];
            }

            i += taken;
            if (isSpike)
            {
                last = claims[i]; // What showed the spike is believed.
                believed.Add(claims[i++]);
            }
        }

        return believed;
    }

    // How many samples were in doubt, the one that decides left out unless it shows nothing, and what they were.
    private static (int Taken, bool IsSpike, bool IsPending) Decide(IReadOnlyList<Claim> claims, int first, Claim? last, long now)
    {
        for (var doubted = 1; doubted <= 2; doubted++)
        {
            var at = claims[first + doubted - 1].At;
            var next = first + doubted < claims.Count ? claims[first + doubted] : null;
            if (next is null && now - at <= Limits.MaxGap)
            {
                return (doubted, false, true);
            }

            if (next is null || next.IsConflict || next.At - at > Limits.MaxGap)
            {
                return (doubted, false, false);
            }

            if (IsBack(last, claims[first], next))
            {
                return (doubted, true, false);
            }

            if (last is null || doubted == 2)
            {
                return (doubted + 1, false, false);
            }
        }

        throw new InvalidOperationException("Two samples in doubt are decided by the third.");
    }

    private static bool IsLeap(Claim? last, Claim claim)
    {
        if (last is null || claim.At - last.At > Limits.MaxGap)
        {
            return Placeholders.Contains(claim.Milli[0]);
        }

        var leap = Math.Abs(claim.Milli[0] - last.Milli[0]);
        return leap > LeapMilli && (leap * MinuteMs > LeapMilli * (claim.At - last.At) || Placeholders.Contains(claim.Milli[0]));
    }

    private static bool IsBack(Claim? last, Claim doubted, Claim claim)
    {
        var fromDoubted = Math.Abs(claim.Milli[0] - doubted.Milli[0]);
        return last is null
            ? fromDoubted > LeapMilli
            : Math.Abs(claim.Milli[0] - last.Milli[0]) is var fromLast && fromLast <= LeapMilli && fromLast < fromDoubted;
    }
}
