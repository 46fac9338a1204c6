namespace ColdChain.Server.Html;

// One property for each text of the resources, so that a page cannot ask for one that is not there.
public sealed partial class Texts
{
    public string ProductName => Text();

    public string Intended => Text();

    public string UnitsTitle => Text();

    public string SkipToContent => Text();

    public string AllSites => Text();

    public string Sites => Text();

    public string OtherLanguage => Text();

    public string ServerTime => Text();

    public string StatesSummary => Text();

    public string NoUnits => Text();

    public string NotLive => Text();

    public string NotLiveExplained => Text();

    public string NoScript => Text();

    public string StateInRange => Text();

    public string StateWarning => Text();

    public string StateUnverified => Text();

    public string StateUnknown => Text();

    public string StateOutOfRange => Text();

    public string ExplainInRange => Text();

    public string ExplainWarning => Text();

    public string ExplainUnverified => Text();

    public string ExplainUnknown => Text();

    public string ExplainOutOfRange => Text();

    public string KindRefrigerator => Text();

    public string KindIncubator => Text();

    public string KindFreezer => Text();

    public string KindTransport => Text();

    public string OutOfUse => Text();

    public string DegreesCelsius => Text();

    public string Limits => Text();

    public string LimitsBetween => Text();

    public string LimitsAtMost => Text();

    public string LimitsAtLeast => Text();

    public string LimitsNone => Text();

    public string NoCurrentValue => Text();

    public string ValueTooOld => Text();

    public string NeverMeasured => Text();

    public string AgeSeconds => Text();

    public string AgeMinutes => Text();

    public string AgeHours => Text();

    public string AgeDays => Text();

    public string Since => Text();

    public string AlarmLatched => Text();

    public string RatePerHour => Text();

    public string RateSteady => Text();

    public string ForecastReaches => Text();

    public string TimePattern => Text();

    public string DateTimePattern => Text();

    public string FullDatePattern => Text();

    public string MinutesShort => Text();

    public string HoursShort => Text();

    public string OnHold => Text();

    public string HoldCount => Text();

    public string LastDay => Text();

    public string AllUnits => Text();

    public string ReasonsLanguage => Text();

    public string Chart => Text();

    public string ChartRange => Text();

    public string Range6Hours => Text();

    public string Range24Hours => Text();

    public string Range7Days => Text();

    public string Range31Days => Text();

    public string ChartDescription => Text();

    public string SourceStore => Text();

    public string SourceInflux => Text();

    public string SourceNoAnswer => Text();

    public string SourceIncomplete => Text();

    public string ChartFailed => Text();

    public string InDoubt => Text();

    public string ChartEmpty => Text();

    public string ProbeLoad => Text();

    public string ProbeAir => Text();

    public string Findings => Text();

    public string NoFindings => Text();

    public string Conditions => Text();

    public string ConditionsExplained => Text();

    public string NoConditions => Text();

    public string NumberSign => Text();

    public string FindingExcursion => Text();

    public string ExcursionNumber => Text();

    public string UnknownTimeNumber => Text();

    public string ExcursionRetracted => Text();

    public string ExcursionSuperseded => Text();

    public string AlarmedAt => Text();

    public string DegreeMinutes => Text();

    public string LeftBefore => Text();

    public string LeftBeforeCount => Text();

    public string LeftBeforeNone => Text();

    public string LeftBeforeExplained => Text();

    public string WentTo => Text();

    public string WentToUnknown => Text();

    public string ToldAt => Text();

    public string Versions => Text();

    public string VersionsExplained => Text();

    public string KnownAt => Text();

    public string KnownAfter => Text();

    public string SideHigh => Text();

    public string SideLow => Text();

    public string SideUnknown => Text();

    public string Start => Text();

    public string End => Text();

    public string Ongoing => Text();

    public string EndNotSeen => Text();

    public string Peak => Text();

    public string DurationColumn => Text();

    public string Probe => Text();

    public string FoundLateAt => Text();

    public string Windows => Text();

    public string WindowsExplained => Text();

    public string WindowMaintenance => Text();

    public string WindowAlarmTest => Text();

    public string WindowReason => Text();

    public string WindowEnteredBy => Text();

    public string WindowRunning => Text();

    public string WindowComing => Text();

    public string Contents => Text();

    public string ContentsInside => Text();

    public string NoContents => Text();

    public string DonationNumber => Text();

    public string ProductColumn => Text();

    public string Entered => Text();

    public string Left => Text();

    public string StillInside => Text();

    public string Status => Text();

    public string NotHeld => Text();

    public string ContentsMismatch => Text();

    public string Holds => Text();

    public string NoHolds => Text();

    public string HoldOf => Text();

    public string HoldStorageUnit => Text();

    public string HoldSince => Text();

    public string HoldPlaced => Text();

    public string HoldHeld => Text();

    public string HoldGroundRemoved => Text();

    public string HoldLiftedByPerson => Text();

    public string MoreRows => Text();

    public string Events => Text();

    public string NoEvents => Text();

    public string EventTime => Text();

    public string EventWhat => Text();

    public string EventSubject => Text();

    public string Rule => Text();

    public string RuleNone => Text();

    public string RulePack => Text();

    public string RuleVersion => Text();

    public string RuleFingerprint => Text();

    public string RuleStatus => Text();

    public string RuleFor => Text();

    public string Figure => Text();

    public string FigureSource => Text();

    public string FigureConfidence => Text();

    public string FiguresUnverified => Text();

    public string FiguresAll => Text();

    public string FigureVerified => Text();

    public string FigureFromMemory => Text();

    public string FigureEngineering => Text();

    public string Notices => Text();

    public string NoticeServerDeaf => Text();

    public string NoticeSiteSilent => Text();

    public string NoticeDevicesSilent => Text();

    public string NoticeDevice => Text();

    public string ListSeparator => Text();

    public string NotFoundTitle => Text();

    public string NotFoundUnit => Text();

    public string NotFoundExcursion => Text();

    public string Site => Text();

    public string VerdictFine => Text();

    public string VerdictWarn => Text();

    public string VerdictHold => Text();

    public string VerdictDiscardProposed => Text();

    public string VerdictExplained => Text();

    public string TemperaturesSeen => Text();

    public string Allowances => Text();

    public string AllowancesExplained => Text();

    public string AllowancesUnused => Text();

    public string NoAllowanceUsed => Text();

    public string AllowanceLimits => Text();

    public string AllowanceRedLine => Text();

    public string AllowanceBand => Text();

    public string AllowanceAgitation => Text();

    public string AllowanceBetween => Text();

    public string WindowLifetime => Text();

    public string WindowLeg => Text();

    public string WindowDay => Text();

    public string OnlyPossible => Text();

    public string Unverified => Text();

    public string Longest => Text();

    public string Total => Text();

    public string Occasions => Text();

    public string KnownToPossible => Text();

    public string UsedOf => Text();

    public string TimesBehind => Text();

    public string Places => Text();

    public string BetweenStays => Text();

    public string UnderWay => Text();

    public string HoldExposure => Text();

    public string NotFoundBloodUnit => Text();
}
