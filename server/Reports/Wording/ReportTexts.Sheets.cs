namespace ColdChain.Server.Reports.Wording;

// The names of sheets, what stands in cells without a value, and the words of the summary. One property for each text of the resources, so that a
// sheet cannot ask for one that is not there.
public sealed partial class ReportTexts
{
    public string SheetSummary => Text();

    public string SheetSignatures => Text();

    public string SheetFinding => Text();

    public string SheetVersions => Text();

    public string SheetFindings => Text();

    public string SheetFigures => Text();

    public string SheetRules => Text();

    public string SheetRuleFigures => Text();

    public string SheetExcluded => Text();

    public string SheetUnknown => Text();

    public string SheetConditions => Text();

    public string SheetTimeline => Text();

    public string SheetNotifications => Text();

    public string SheetAcknowledgements => Text();

    public string SheetBloodUnits => Text();

    public string SheetDecisions => Text();

    public string SheetExceeded => Text();

    public string SheetCase => Text();

    public string SheetAudit => Text();

    public string SheetLines => Text();

    public string SheetUnits => Text();

    public string SheetChanges => Text();

    public string SheetAlarms => Text();

    public string SheetYardsticks => Text();

    public string SheetTopSources => Text();

    public string SheetYes => Text();

    public string SheetNo => Text();

    public string SheetNone => Text();

    public string SheetNobody => Text();

    public string SheetNotMonitored => Text();

    public string SheetNotRecorded => Text();

    public string SheetNotKnown => Text();

    public string SheetNotSeen => Text();

    public string SheetRest => Text();

    public string SheetGoesOnBeyond => Text();

    public string SheetNotHeld => Text();

    public string SheetStillInside => Text();

    public string SheetUndecidedYet => Text();

    public string SheetWholeUnit => Text();

    public string SheetTotal => Text();

    public string SheetWhat => Text();

    public string SheetValue => Text();

    public string SheetNumber => Text();

    public string SheetKind => Text();

    public string SheetStatement => Text();

    public string SheetSite => Text();

    public string SheetSiteId => Text();

    public string SheetUnit => Text();

    public string SheetUnitId => Text();

    public string SheetGiai => Text();

    public string SheetUnitCount => Text();

    public string SheetZone => Text();

    public string SheetFrom => Text();

    public string SheetTo => Text();

    public string SheetRecordedFrom => Text();

    public string SheetState => Text();

    public string SheetStateDraft => Text();

    public string SheetStateSigned => Text();

    public string SheetStateApproved => Text();

    public string SheetStateVoid => Text();

    public string SheetVoidAt => Text();

    public string SheetVoidReason => Text();

    public string SheetUnfinished => Text();

    public string SheetCoverageLooked => Text();

    public string SheetUnknownLooked => Text();

    public string SheetLongestLooked => Text();

    public string SheetConditionsLeftOut => Text();

    public string SheetNotificationsLeftOut => Text();

    public string SheetRevision => Text();

    public string SheetMadeAt => Text();

    public string SheetHash => Text();

    public string SheetForm => Text();

    public string SheetMeaning => Text();

    public string SheetName => Text();

    public string SheetAccount => Text();

    public string SheetSignedAt => Text();

    public string SheetSignedZone => Text();

    public string SheetSentence => Text();

    public string SheetCounts => Text();
}
