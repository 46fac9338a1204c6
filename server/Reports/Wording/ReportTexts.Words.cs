namespace ColdChain.Server.Reports.Wording;

// One property for each text of the resources, so that a document cannot ask for one that is not there.
public sealed partial class ReportTexts
{
    public string TitleExcursion => Text();

    public string TitleUnknownTime => Text();

    public string TitleUnit => Text();

    public string TitleSite => Text();

    public string TitleAlarms => Text();

    public string Revision => Text();

    public string Version => Text();

    public string StatementExplained => Text();

    public string Draft => Text();

    public string DraftExplained => Text();

    public string Void => Text();

    public string VoidExplained => Text();

    public string VoidWhy => Text();

    public string SignaturesOf => Text();

    public string StorageUnit => Text();

    public string Giai => Text();

    public string NotRecorded => Text();

    public string PeriodLooked => Text();

    public string LocalZone => Text();

    public string ZoneExplained => Text();

    public string ZoneThen => Text();

    public string MadeAt => Text();

    public string ContentHash => Text();

    public string RuleApplied => Text();

    public string SubjectStatus => Text();

    public string JudgedBy => Text();

    public string PageWord => Text();

    public string Rules => Text();

    public string RulesSources => Text();

    public string InForce => Text();

    public string LimitsOfAir => Text();

    public string Delay => Text();

    public string MaxGap => Text();

    public string UnknownLimit => Text();

    public string VerdictOut => Text();

    public string VerdictOutLow => Text();

    public string VerdictOutNoLimit => Text();

    public string VerdictUnknown => Text();

    public string AtLeast => Text();

    public string AtLeastOpen => Text();

    public string VerdictRetracted => Text();

    public string VerdictSuperseded => Text();

    public string NoBloodUnits => Text();

    public string VerdictBlood => Text();

    public string CoverageFull => Text();

    public string CoveragePart => Text();

    public string VerdictAllInRange => Text();

    public string VerdictKnownInRange => Text();

    public string VerdictNothingKnown => Text();

    public string VerdictOutOfUse => Text();

    public string VerdictUnused => Text();

    public string VerdictOutstanding => Text();

    public string VerdictFindingsOnly => Text();

    public string ClauseSeparator => Text();

    public string AndMore => Text();

    public string NoticePeriodFoundLater => Text();

    public string VerdictNoExcursion => Text();

    public string VerdictFindings => Text();

    public string VerdictCoverageFull => Text();

    public string VerdictCoveragePart => Text();

    public string VerdictSite => Text();

    public string VerdictAlarmsNone => Text();

    public string VerdictAlarms => Text();

    public string VerdictAlarmsRate => Text();

    public string RateUnknown => Text();

    public string Notices => Text();

    public string NoticeUnfinished => Text();

    public string NoticeRetracted => Text();

    public string NoticeSuperseded => Text();

    public string NoticeFoundLater => Text();

    public string NoticeChangedLater => Text();

    public string NoticeUnknown => Text();

    public string NoticeNoProbe => Text();

    public string NoticeExcluded => Text();

    public string NoticeReopened => Text();

    public string NoticeOutstanding => Text();

    public string NoticeUnitHeld => Text();

    public string NoticeLeftBefore => Text();

    public string NoticeLeftSince => Text();

    public string NoticeFigures => Text();

    public string NoticeConflict => Text();

    public string NoticeDeclaredLost => Text();

    public string NoticeEndNotSeen => Text();

    public string NoticeCalibration => Text();

    public string NoticeNobody => Text();

    public string NoticeRecordedFrom => Text();

    public string NoticeLeftOut => Text();

    public string CalibrationDue => Text();

    public string CalibrationMissing => Text();

    public string KeyFigures => Text();

    public string Cumulative => Text();

    public string CumulativeExplained => Text();

    public string DegreeMinutesExplained => Text();

    public string PeakOf => Text();

    public string MeanKinetic => Text();

    public string MeanKineticExplained => Text();

    public string MeanKineticSeveral => Text();

    public string MeanKineticNote => Text();

    public string Coverage => Text();

    public string CoverageExplained => Text();

    public string LongestGap => Text();

    public string LongestGapExplained => Text();

    public string FoundAfter => Text();

    public string ChartKeyLoad => Text();

    public string ChartKeyAir => Text();

    public string ChartKeyBand => Text();

    public string ChartKeyGap => Text();

    public string ChartKeyExcursion => Text();

    public string ChartKeyPeak => Text();

    public string ChartAxis => Text();

    public string ChartLeftOut => Text();

    public string ChartDescription => Text();

    public string LaneExcluded => Text();
}
