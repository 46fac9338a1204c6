using System.Globalization;
using ColdChain.Core.Alerting;
using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Core.Reporting;
using ColdChain.Core.Rules;
using ColdChain.Server.Html;
using ColdChain.Server.Store;

namespace ColdChain.Server.Reports.Wording;

// Numbers, times and words of groups as a report writes them.
public sealed partial class ReportTexts
{
    private const decimal HundredPercent = 100;

    /// <summary>The words that are counted: each has one form for one of them and one for many.</summary>
    public static IReadOnlyList<string> CountWords { get; } =
        ["inside", "released", "discarded", "returned", "undecided", "undecided-unit", "not-held", "left-before", "left-since", "held", "excursion", "taken-back", "unknown-time", "sample", "condition", "notification", "storage-unit", "alarm", "time", "other"];

    /// <summary>A text of the resources with its values.</summary>
    public string Fill(string pattern, params object[] values) => Common.Fill(pattern, values);

    /// <summary>A number of something in the form that goes with it: "1 poche", "2 poches"; in French, none is one.</summary>
    public string Counted(string word, int count)
    {
        var isOne = count == 1 || (count == 0 && Common.Language == "fr");
        return Fill(Word("Count", $"{word}.{(isOne ? "one" : "many")}"), Whole(count));
    }

    /// <summary>How long: seconds are written where they matter, and nothing that lasted is written as none.</summary>
    public string Span(TimeSpan time) => time switch
    {
        { Ticks: <= 0 } => Fill(Seconds, 0),
        { TotalSeconds: < 1 } => LessThanSecond,
        { TotalMinutes: < 1 } => Fill(Seconds, (int)time.TotalSeconds),
        { TotalHours: < 1, Seconds: 0 } => Fill(Minutes, time.Minutes),
        { TotalHours: < 1 } => Fill(MinutesSeconds, time.Minutes, time.Seconds),
        _ => Fill(HoursMinutes, ((int)time.TotalHours).ToString(Common.Culture), time.Minutes),
    };

    /// <summary>
    /// A share in percent. It is cut and not rounded, so that 99.999 % is never written as all of it.
    /// </summary>
    public string Percent(double percent)
    {
        var cut = decimal.Truncate((decimal)percent * HundredPercent) / HundredPercent;
        return Fill(PercentOf, cut.ToString("0.##", Common.Culture));
    }

    /// <summary>A whole number with its groups.</summary>
    public string Whole(int value) => value.ToString("N0", Common.Culture);

    /// <summary>A number with at most so many decimals.</summary>
    public string Number(double value, int decimals) =>
        value.ToString(decimals == 0 ? "0" : $"0.{new string('0', decimals)}", Common.Culture).Replace('-', '\u2212');

    /// <summary>A temperature that is no measurement, such as a mean, with its unit.</summary>
    public string Degrees(double degrees, int decimals) => Common.Fill(Common.DegreesCelsius, Number(degrees, decimals));

    /// <summary>A measured temperature, which never looks in range when it was not.</summary>
    public string Degrees(Celsius celsius, Celsius? low, Celsius? high) => Common.Fill(Common.DegreesCelsius, Common.Number(celsius, low, high));

    /// <summary>Thousandths of a degree with their sign.</summary>
    public string Correction(int milli) =>
        Common.Fill(Common.DegreesCelsius, (milli / 1000m).ToString("+0.0##;-0.0##;0", Common.Culture).Replace('-', '\u2212'));

    /// <summary>Date and time in a zone, to the second.</summary>
    public string Local(Instant at, TimeZoneInfo zone) => Common.FullTime(at, zone);

    /// <summary>The same in UTC, as ISO 8601 writes it.</summary>
    public static string UtcOf(Instant at) => at.ToDateTimeOffset().UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>A day of a certificate.</summary>
    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Minutes and seconds: how quickly somebody answered.</summary>
    public string Clock(TimeSpan time) => Common.Countdown(time);

    /// <summary>Several things in one line.</summary>
    public string Listed(IEnumerable<string> things) => string.Join(Common.ListSeparator, things);

    /// <summary>By how much a zone is ahead of UTC in a time: the offset at its start, and each later one with the instant of the change.</summary>
    public string Offsets(TimeZoneInfo zone, Instant from, Instant to)
    {
        var offsets = ZoneChanges.Within(zone, from, to);
        return offsets.Skip(1).Aggregate(Written(offsets[0].Offset), (said, change) => Fill(ZoneThen, said, Written(change.Offset), UtcOf(change.At)));
    }

    /// <summary>The title of a kind of report.</summary>
    public string TitleOf(ReportKind kind, bool isUnknownTime) => kind switch
    {
        ReportKind.Excursion => isUnknownTime ? TitleUnknownTime : TitleExcursion,
        ReportKind.UnitPeriod => TitleUnit,
        ReportKind.SitePeriod => TitleSite,
        ReportKind.Alarms => TitleAlarms,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public string Of(ProbeRole role) => role == ProbeRole.Load ? Common.ProbeLoad : Common.ProbeAir;

    public string Of(StorageContext context) => Word("Context", context.ToString().ToLowerInvariant());

    public string Of(SignatureMeaning meaning) => Word("Signature", ReportSigning.WordOf(meaning));

    /// <summary>What a signature says, in this language: the very words that the page showed to whoever signed.</summary>
    public string SentenceOf(SignatureMeaning meaning) => Common.OfReportSentence(ReportSigning.WordOf(meaning), sentence: null);

    public string Of(ReportKind kind) => Word("Kind", $"{kind}");

    public string Of(EndReason reason) => Word("End", $"{reason}");

    /// <summary>What people entered: a step, a cause or an assessment.</summary>
    public string OfCase(string kind) => Word("Case", kind);

    public string OfTimeline(string kind) => Word("Timeline", kind);

    public string OfChange(string kind) => Word("Change", kind);

    public string OfStatus(string status) => Word("Status", status);

    public string OfHoldState(string state) => Word("HoldState", state);

    public string OfVerdict(string verdict) => Word("Verdict", verdict);

    public string OfWay(string way) => Word("Way", way);

    /// <summary>What gave alarms: a storage unit, a site, or a cause that is of neither.</summary>
    public string OfSourceKind(string kind) => Word("SourceKind", kind);

    public string OfYardstick(string name) => Word("Yardstick", name);

    /// <summary>Why samples did not count: an own word, or a condition.</summary>
    public string OfExcluded(string reason) => Word("Excluded", reason) is var word && word == $"{reason}" ? OfCondition(reason) : word;

    /// <summary>A condition by its word.</summary>
    public string OfCondition(string word)
    {
        var kind = Enum.GetValues<ConditionKind>().Where(kind => ConditionWords.Of(kind) == word).Take(1).ToList();
        return kind is [var known] ? Common.Of(known) : word;
    }

    /// <summary>A channel by its word.</summary>
    public string OfChannel(string word) => AlertWords.TryParse<AlertChannel>(word, out var channel) ? Common.Of(channel) : word;

    /// <summary>How far a message came by its channel's word: that the person opened or took the alarm, on whatever way, proves nothing of that.</summary>
    public string OfDelivery(Content.NotificationContent message) => message switch
    {
        { State: not (MessageStates.Seen or MessageStates.Acknowledged) } => Common.OfMessageState(message.State),
        { DeliveredAt: not null } => Common.OfMessageState(MessageStates.Delivered),
        { AcceptedAt: not null } => Common.OfMessageState(MessageStates.Accepted),
        _ => NoConfirmation,
    };

    /// <summary>Why somebody was told or not, by its word.</summary>
    public string OfReason(string word) => AlertWords.TryParse<SendReason>(word, out var reason) ? Common.Of(reason) : word;

    /// <summary>An allowance by its key, which begins with what it is about: "band 6..10 24h".</summary>
    public string OfAllowance(string key) => key.IndexOf(' ', StringComparison.Ordinal) is > 0 and var end
        ? $"{Word("Allowance", key[..end])} {key[(end + 1)..]}"
        : Word("Allowance", key);

    /// <summary>What goes with an entry of the timeline: the word of a step, cause or decision in this language, or a text as it was written.</summary>
    public string OfDetail(string kind, string detail) => kind switch
    {
        Content.TimelineKinds.Step => Common.OfStep(detail),
        Content.TimelineKinds.Cause => Common.OfCause(detail),
        Content.TimelineKinds.Decided or Content.TimelineKinds.Reopened => Common.OfDecision(detail),
        Content.TimelineKinds.Told => OfChannel(detail),
        Content.TimelineKinds.Ended => Word("End", detail),
        Content.TimelineKinds.Changed => OfStatus(detail),
        Content.TimelineKinds.Held => Fill(HeldCount, detail),
        Content.TimelineKinds.Peak when Celsius.TryParse(detail, out var peak) => Common.Fill(Common.DegreesCelsius, Common.Limit(peak)),
        _ => detail,
    };

    private static string Written(TimeSpan offset) => string.Create(CultureInfo.InvariantCulture, $"UTC{(offset < TimeSpan.Zero ? '\u2212' : '+')}{offset:hh\\:mm}");
}
