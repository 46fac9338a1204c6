using System.Globalization;
using System.Text.Json.Serialization;

namespace ColdChain.Core.Readings;

/// <summary>
/// A point on the UTC time line, counted in whole milliseconds since 1970-01-01T00:00:00Z (leap seconds are not counted).
/// Equality and order are those of the count. The default value is the epoch itself, which no reading carries.
/// </summary>
/// <param name="Milliseconds">Milliseconds since the Unix epoch; negative before it.</param>
[JsonConverter(typeof(InstantJson))]
public readonly record struct Instant(long Milliseconds) : IComparable<Instant>
{
    /// <summary>The first instant of the calendar, 0001-01-01T00:00:00.000Z: the open lower end of an interval.</summary>
    public static readonly Instant Beginning = From(DateTimeOffset.MinValue);

    /// <summary>The last instant of the calendar, 9999-12-31T23:59:59.999Z: the open upper end of an interval.</summary>
    public static readonly Instant End = From(DateTimeOffset.MaxValue);

    /// <summary>The instant of a date and time with its offset; anything below a millisecond is dropped.</summary>
    public static Instant From(DateTimeOffset value) => new(value.ToUnixTimeMilliseconds());

    /// <summary>The present, from the clock that the composition root chose.</summary>
    public static Instant Now(TimeProvider clock) => From(clock.GetUtcNow());

    /// <summary>Reads an ISO 8601 date and time that states its zone (<c>Z</c> or an offset). A text without a zone is refused.</summary>
    public static bool TryParse(string text, out Instant instant)
    {
        instant = default;
        if (!StatesZone(text) || !DateTimeOffset.TryParseExact(text, IsoForms, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var value))
        {
            return false;
        }

        instant = From(value);
        return true;
    }

    /// <summary>
    /// As <see cref="TryParse"/>, for an instant that somebody states: from 1970 to 9998, both years included. Nothing that people date lies
    /// outside, and what is reckoned from there stays within the calendar.
    /// </summary>
    public static bool TryParseStated(string text, out Instant instant) => TryParse(text, out instant) && instant >= FirstStated && instant < AfterLastStated;

    /// <summary>The same instant as a date and time with offset zero.</summary>
    public DateTimeOffset ToDateTimeOffset() => DateTimeOffset.FromUnixTimeMilliseconds(Milliseconds);

    /// <inheritdoc/>
    public int CompareTo(Instant other) => Milliseconds.CompareTo(other.Milliseconds);

    /// <summary>ISO 8601 in UTC with exactly three decimals, for example <c>2026-11-22T10:30:00.000Z</c>.</summary>
    public override string ToString() =>
        ToDateTimeOffset().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>The earlier of two instants.</summary>
    public static Instant Min(Instant a, Instant b) => a <= b ? a : b;

    /// <summary>The earlier of two instants of which either may be missing; null when both are.</summary>
    public static Instant? Earlier(Instant? a, Instant? b) => a is null || b < a ? b ?? a : a;

    /// <summary>The later of two instants of which either may be missing; null when both are.</summary>
    public static Instant? Later(Instant? a, Instant? b) => a is null || b > a ? b ?? a : a;

    /// <summary>The later of two instants.</summary>
    public static Instant Max(Instant a, Instant b) => a >= b ? a : b;

    /// <summary>The instant that lies a duration later; the duration's part below a millisecond is dropped.</summary>
    public static Instant operator +(Instant instant, TimeSpan duration) => new(instant.Milliseconds + (long)duration.TotalMilliseconds);

    /// <summary>The instant that lies a duration earlier.</summary>
    public static Instant operator -(Instant instant, TimeSpan duration) => instant + -duration;

    /// <summary>The duration from <paramref name="b"/> to <paramref name="a"/>; negative when a is earlier.</summary>
    public static TimeSpan operator -(Instant a, Instant b) => new((a.Milliseconds - b.Milliseconds) * TimeSpan.TicksPerMillisecond);

    /// <summary>Earlier than.</summary>
    public static bool operator <(Instant a, Instant b) => a.Milliseconds < b.Milliseconds;

    /// <summary>Later than.</summary>
    public static bool operator >(Instant a, Instant b) => a.Milliseconds > b.Milliseconds;

    /// <summary>Earlier than or equal to.</summary>
    public static bool operator <=(Instant a, Instant b) => a.Milliseconds <= b.Milliseconds;

    /// <summary>Later than or equal to.</summary>
    public static bool operator >=(Instant a, Instant b) => a.Milliseconds >= b.Milliseconds;

    // The K of a format also matches nothing, which would silently mean the local zone.
    private static bool StatesZone(string text) => text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-' && text[^3] == ':');

    private static readonly Instant FirstStated = new(0);
    private static readonly Instant AfterLastStated = From(new DateTimeOffset(9999, 1, 1, 0, 0, 0, TimeSpan.Zero));

    private static readonly string[] IsoForms =
    [
        "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd HH:mmK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
    ];
}
