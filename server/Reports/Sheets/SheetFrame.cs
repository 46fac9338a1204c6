using ColdChain.Core.Readings;
using ColdChain.Server.Reports.Wording;

namespace ColdChain.Server.Reports.Sheets;

/// <summary>What all sheets of a report have in common: its words, and the zone of its local times.</summary>
internal sealed class SheetFrame
{
    private readonly TimeZoneInfo _zone;

    /// <param name="texts">The words of a language.</param>
    /// <param name="zone">The IANA name of the zone. A machine that does not know it shows UTC, and the headers say so.</param>
    public SheetFrame(ReportTexts texts, string zone)
    {
        Texts = texts;
        (_zone, Zone) = TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known) ? (known, zone) : (TimeZoneInfo.Utc, "UTC");
    }

    public ReportTexts Texts { get; }

    /// <summary>The name of the zone that local times are of.</summary>
    public string Zone { get; }

    /// <summary>An instant as the clock on the wall showed it.</summary>
    public SheetCell Local(Instant at) => SheetCell.OfLocal(TimeZoneInfo.ConvertTime(at.ToDateTimeOffset(), _zone).DateTime);

    /// <summary>An instant in UTC.</summary>
    public static SheetCell Utc(Instant at) => SheetCell.Of(at.ToString());

    public SheetCell YesNo(bool value) => SheetCell.Of(value ? Texts.SheetYes : Texts.SheetNo);

    /// <summary>A duration as a number of minutes, to a ten-thousandth of one: some milliseconds.</summary>
    public static SheetCell Minutes(TimeSpan duration) => SheetCell.Of(decimal.Round(duration.Ticks / (decimal)TimeSpan.TicksPerMinute, 4, MidpointRounding.AwayFromZero));
}
