namespace ColdChain.Server.Reports.Wording;

// The headers of the columns of sheets; units and zones are added to them.
public sealed partial class ReportTexts
{
    public string SheetProbe => Text();

    public string SheetRole => Text();

    public string SheetMountedFrom => Text();

    public string SheetMountedTo => Text();

    public string SheetOffset => Text();

    public string SheetCertificate => Text();

    public string SheetCalibratedOn => Text();

    public string SheetCalibrationDueOn => Text();

    public string SheetUncertainty => Text();

    public string SheetExpected => Text();

    public string SheetReceived => Text();

    public string SheetGood => Text();

    public string SheetMinimum => Text();

    public string SheetMinimumAt => Text();

    public string SheetMaximum => Text();

    public string SheetMaximumAt => Text();

    public string SheetMean => Text();

    public string SheetStandardDeviation => Text();

    public string SheetMeanKinetic => Text();

    public string SheetLow => Text();

    public string SheetInRange => Text();

    public string SheetHigh => Text();

    public string SheetUnknownTime => Text();

    public string SheetLongestGap => Text();

    public string SheetCoverage => Text();

    public string SheetReason => Text();

    public string SheetFirstSample => Text();

    public string SheetLastSample => Text();

    public string SheetSamples => Text();

    public string SheetRuns => Text();

    public string SheetRunsTime => Text();

    public string SheetDetail => Text();

    public string SheetDuration => Text();

    public string SheetTime => Text();

    public string SheetTemperature => Text();

    public string SheetPack => Text();

    public string SheetPackVersion => Text();

    public string SheetPackStatus => Text();

    public string SheetPackHash => Text();

    public string SheetProduct => Text();

    public string SheetContext => Text();

    public string SheetInForceFrom => Text();

    public string SheetInForceTo => Text();

    public string SheetLowLimit => Text();

    public string SheetHighLimit => Text();

    public string SheetAirLowLimit => Text();

    public string SheetAirHighLimit => Text();

    public string SheetDelay => Text();

    public string SheetMaxGap => Text();

    public string SheetUnknownLimit => Text();

    public string SheetFigure => Text();

    public string SheetFigureValue => Text();

    public string SheetFigureStatus => Text();

    public string SheetFigureSource => Text();

    public string SheetFindingId => Text();

    public string SheetVersion => Text();

    public string SheetSide => Text();

    public string SheetStatus => Text();

    public string SheetSupersededBy => Text();

    public string SheetStart => Text();

    public string SheetAlarmedAt => Text();

    public string SheetEnd => Text();

    public string SheetEndReason => Text();

    public string SheetLastKnown => Text();

    public string SheetExposureEnd => Text();

    public string SheetDiscoveredAt => Text();

    public string SheetFoundAfter => Text();

    public string SheetPeak => Text();

    public string SheetCumulative => Text();

    public string SheetArea => Text();

    public string SheetConflict => Text();

    public string SheetDeclaredLost => Text();

    public string SheetStoredAt => Text();

    public string SheetCause => Text();

    public string SheetAcknowledgedAfter => Text();

    public string SheetHeld => Text();

    public string SheetReleased => Text();

    public string SheetDiscarded => Text();

    public string SheetReturned => Text();

    public string SheetUndecided => Text();

    public string SheetUnitUndecided => Text();

    public string SheetCondition => Text();

    public string SheetFoundLate => Text();

    public string SheetOverBy => Text();

    public string SheetEvent => Text();

    public string SheetIncident => Text();

    public string SheetStep => Text();

    public string SheetRound => Text();

    public string SheetChannel => Text();

    public string SheetDecidedAt => Text();

    public string SheetSent => Text();

    public string SheetMessageState => Text();

    public string SheetAcceptedAt => Text();

    public string SheetDeliveredAt => Text();

    public string SheetSeenAt => Text();

    public string SheetAcknowledgedAt => Text();

    public string SheetWay => Text();

    public string SheetAction => Text();

    public string SheetEntry => Text();

    public string SheetNote => Text();

    public string SheetEventId => Text();

    public string SheetEventKind => Text();

    public string SheetWho => Text();

    public string SheetEventHash => Text();

    public string SheetDonation => Text();

    public string SheetInAt => Text();

    public string SheetOutAt => Text();

    public string SheetExposed => Text();

    public string SheetLeftBefore => Text();

    public string SheetLeftSince => Text();

    public string SheetWentTo => Text();

    public string SheetFollowUp => Text();

    public string SheetHold => Text();

    public string SheetHoldState => Text();

    public string SheetHeldSince => Text();

    public string SheetPlacedAt => Text();

    public string SheetDecision => Text();

    public string SheetDecisionId => Text();

    public string SheetDecisionHash => Text();

    public string SheetReopenedAt => Text();

    public string SheetReopenedWhy => Text();

    public string SheetExceededCount => Text();

    public string SheetExposure => Text();

    public string SheetAllowance => Text();

    public string SheetVerdict => Text();

    public string SheetOnlyPossible => Text();

    public string SheetSince => Text();

    public string SheetProbeCount => Text();

    public string SheetExcursionCount => Text();

    public string SheetUnknownCount => Text();

    public string SheetDoorCount => Text();

    public string SheetDoorTime => Text();

    public string SheetDoorUnknown => Text();

    public string SheetMainsCount => Text();

    public string SheetMainsTime => Text();

    public string SheetMainsUnknown => Text();

    public string SheetChange => Text();

    public string SheetSource => Text();

    public string SheetSourceKind => Text();

    public string SheetAlarmCount => Text();

    public string SheetPerWeek => Text();

    public string SheetChattering => Text();

    public string SheetAcknowledged => Text();

    public string SheetMedianToAcknowledge => Text();

    public string SheetP95ToAcknowledge => Text();

    public string SheetStale => Text();

    public string SheetAtMost => Text();

    public string SheetFoundValue => Text();
}
