namespace ColdChain.Server.Reports.Wording;

// The words of the tables behind page one.
public sealed partial class ReportTexts
{
    public string Timeline => Text();

    public string HeldCount => Text();

    public string HoldsAsUnit => Text();

    public string AuditGrouped => Text();

    public string LocalTime => Text();

    public string Utc => Text();

    public string What => Text();

    public string Who => Text();

    public string BySoftware => Text();

    public string Probes => Text();

    public string Role => Text();

    public string Mounted => Text();

    public string WholePeriod => Text();

    public string CalibrationOffset => Text();

    public string Certificate => Text();

    public string CalibratedOn => Text();

    public string CalibrationDueOn => Text();

    public string Uncertainty => Text();

    public string SamplesExpected => Text();

    public string SamplesReceivedGood => Text();

    public string FigureSource => Text();

    public string NewValue => Text();

    public string AlarmPerWeekExplained => Text();

    public string AlarmAcknowledgedExplained => Text();

    public string AlarmStaleExplained => Text();

    public string Samples => Text();

    public string Minimum => Text();

    public string Maximum => Text();

    public string Mean => Text();

    public string StandardDeviation => Text();

    public string TimeLow => Text();

    public string TimeInRange => Text();

    public string TimeHigh => Text();

    public string TimeOut => Text();

    public string TimeUnknown => Text();

    public string ExcludedTitle => Text();

    public string ExcludedNone => Text();

    public string FromDevice => Text();

    public string First => Text();

    public string Last => Text();

    public string Notifications => Text();

    public string NotificationsNone => Text();

    public string NotificationsLeftOut => Text();

    public string Person => Text();

    public string Channel => Text();

    public string Ladder => Text();

    public string LadderStep => Text();

    public string Decided => Text();

    public string Accepted => Text();

    public string Delivered => Text();

    public string LookedAt => Text();

    public string NoConfirmation => Text();

    public string AcknowledgedAfter => Text();

    public string After => Text();

    public string NotTold => Text();

    public string NoWord => Text();

    public string SiteItself => Text();

    public string Acknowledgements => Text();

    public string AcknowledgementsNone => Text();

    public string SinceOpening => Text();

    public string Action => Text();

    public string Incident => Text();

    public string BloodUnits => Text();

    public string BloodUnitsNone => Text();

    public string BloodUnit => Text();

    public string In => Text();

    public string Out => Text();

    public string Inside => Text();

    public string Exposed => Text();

    public string LeftBefore => Text();

    public string LeftSince => Text();

    public string WentTo => Text();

    public string WentToUnknown => Text();

    public string FollowUpNone => Text();

    public string Hold => Text();

    public string HoldNone => Text();

    public string HoldNumbered => Text();

    public string HoldSince => Text();

    public string HoldPlaced => Text();

    public string Decision => Text();

    public string DecisionNone => Text();

    public string DecisionReopened => Text();

    public string Exceeded => Text();

    public string ExceededNone => Text();

    public string StorageUnitHold => Text();

    public string Casework => Text();

    public string CaseworkNone => Text();

    public string Assessment => Text();

    public string CauseNamed => Text();

    public string StepDone => Text();

    public string Note => Text();

    public string VersionSeen => Text();

    public string Versions => Text();

    public string VersionColumn => Text();

    public string KnownAt => Text();

    public string Why => Text();

    public string Signatures => Text();

    public string SignatureMissing => Text();

    public string SignatureName => Text();

    public string SignatureDate => Text();

    public string SignatureHand => Text();

    public string SignatureOther => Text();

    public string SignatureVoid => Text();

    public string SignatureSentence => Text();

    public string SignaturesExplained => Text();

    public string Audit => Text();

    public string AuditNumber => Text();

    public string AuditHash => Text();

    public string AuditNone => Text();

    public string Verification => Text();

    public string VerificationExplained => Text();

    public string VerificationKey => Text();

    public string VerificationOfContent => Text();

    public string VerificationOfAlarms => Text();

    public string BundleFile => Text();

    public string Overview => Text();

    public string Judgement => Text();

    public string FindingsTitle => Text();

    public string FindingsNone => Text();

    public string Finding => Text();

    public string Cause => Text();

    public string CauseNone => Text();

    public string BloodOutcome => Text();

    public string BloodOutcomeNone => Text();

    public string Acknowledged => Text();

    public string AcknowledgedNobody => Text();

    public string Changes => Text();

    public string ChangesNone => Text();

    public string DoorAndPower => Text();

    public string DoorOpen => Text();

    public string MainsLost => Text();

    public string TimesAndTotal => Text();

    public string Never => Text();

    public string NotMonitored => Text();

    public string NeverWhileKnown => Text();

    public string StateUnknown => Text();

    public string SeeFigures => Text();

    public string AlarmTotals => Text();

    public string AlarmCount => Text();

    public string AlarmPerWeek => Text();

    public string AlarmChattering => Text();

    public string AlarmChatteringExplained => Text();

    public string AlarmAcknowledged => Text();

    public string AlarmMedian => Text();

    public string AlarmP95 => Text();

    public string AlarmStale => Text();

    public string AlarmDelayExplained => Text();

    public string Yardsticks => Text();

    public string YardsticksExplained => Text();

    public string YardstickLimit => Text();

    public string YardstickFound => Text();

    public string YardstickWithin => Text();

    public string YardstickBeyond => Text();

    public string YardstickUnverified => Text();

    public string YardstickSource => Text();

    public string AlarmSources => Text();

    public string AlarmSource => Text();

    public string AlarmSourcesNone => Text();

    public string TopSources => Text();

    public string MonthDay => Text();

    public string Minutes => Text();

    public string MinutesSeconds => Text();

    public string Seconds => Text();

    public string LessThanSecond => Text();

    public string HoursMinutes => Text();

    public string PercentOf => Text();

    public string OpenEnd => Text();

    public string GoesOnBeyond => Text();

    public string NoneMark => Text();

    public string ExcludedPart => Text();

    public string ExcludedRest => Text();

    public string Labelled => Text();

    public string LateMark => Text();
}
