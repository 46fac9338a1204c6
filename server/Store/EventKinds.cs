namespace ColdChain.Server.Store;

/// <summary>The kinds of events in the event log. They are stored: a name is never changed or used again for something else.</summary>
internal static class EventKinds
{
    /// <summary>All of them, in alphabetical order.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. typeof(EventKinds).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal), // Each is a text.
    ];

    public const string ExcursionOpened = "excursion-opened";
    public const string ExcursionUpdated = "excursion-updated";
    public const string ExcursionClosed = "excursion-closed";
    public const string ExcursionSuperseded = "excursion-superseded";
    public const string ExcursionRetracted = "excursion-retracted";

    /// <summary>Unknown time passed its limit: a ground to hold, like an excursion.</summary>
    public const string UnknownTimeOpened = "unknown-time-opened";
    public const string UnknownTimeUpdated = "unknown-time-updated";
    public const string UnknownTimeClosed = "unknown-time-closed";
    public const string UnknownTimeSuperseded = "unknown-time-superseded";
    public const string UnknownTimeRetracted = "unknown-time-retracted";

    /// <summary>A blood unit exceeded an allowance over its life, or may have: a ground to hold it.</summary>
    public const string ExposureOpened = "exposure-opened";
    public const string ExposureChanged = "exposure-changed";
    public const string ExposureRetracted = "exposure-retracted";

    /// <summary>Something that a person should know of a storage unit and that holds nothing: an open door, lost mains, a failed probe.</summary>
    public const string ConditionOpened = "condition-opened";
    public const string ConditionUpdated = "condition-updated";
    public const string ConditionClosed = "condition-closed";
    public const string ConditionRetracted = "condition-retracted";

    public const string HoldPlaced = "hold-placed";
    public const string HoldGroundRemoved = "hold-ground-removed";

    /// <summary>Blood units had left before it became known what they had been exposed to.</summary>
    public const string LookbackRequired = "lookback-required";

    /// <summary>A person decided about a hold, and signed.</summary>
    public const string DecisionSigned = "decision-signed";

    /// <summary>A signed decision does not stand any more: more became known of its ground.</summary>
    public const string DecisionReopened = "decision-reopened";

    /// <summary>A person stamped a step to secure the stock, named a cause, or assessed what it means.</summary>
    public const string CaseEntered = "case-entered";

    /// <summary>A first person proposed what is to become of something that is held.</summary>
    public const string DecisionProposed = "decision-proposed";

    /// <summary>A person entered what became of a blood unit that had left.</summary>
    public const string FollowUpEntered = "follow-up-entered";

    /// <summary>A program of the blood bank has taken up what was told of a hold.</summary>
    public const string NoticeReceived = "notice-received";

    /// <summary>What another system says is in some storage units was taken over.</summary>
    public const string StockTaken = "stock-taken";

    public const string UnitStateChanged = "unit-state-changed";
    public const string ProbeSilent = "probe-silent";
    public const string ProbeNeverSeen = "probe-never-seen";
    public const string ProbeHeardAgain = "probe-heard-again";

    /// <summary>Nothing is heard of a device any more, heartbeats included.</summary>
    public const string DeviceSilent = "device-silent";
    public const string DeviceHeardAgain = "device-heard-again";

    /// <summary>Nothing is heard of any device of a site: one event instead of one for each.</summary>
    public const string SiteSilent = "site-silent";
    public const string SiteHeardAgain = "site-heard-again";

    /// <summary>The server hears nobody: its connection to the broker is lost. Devices are not told as silent meanwhile.</summary>
    public const string ServerDeaf = "server-deaf";
    public const string ServerHearsAgain = "server-hears-again";

    /// <summary>A silence that was told has no end, because the fleet does not have the device or site in use any more.</summary>
    public const string SilenceDropped = "silence-dropped";

    /// <summary>The first sign of a new epoch: a new device, or one whose outbox was made anew.</summary>
    public const string StreamStarted = "stream-started";

    /// <summary>The device declared rows lost.</summary>
    public const string StreamGone = "stream-gone";

    /// <summary>The device reports that another record store acknowledged its readings.</summary>
    public const string StreamForeignStore = "stream-foreign-store";

    /// <summary>Two outboxes of one epoch are about, or an older copy of one: numbers were used twice, or would have been.</summary>
    public const string OutboxCloned = "outbox-cloned";

    public const string ReadingConflict = "reading-conflict";
    public const string ReadingRefused = "reading-refused";

    /// <summary>Readings lie ahead of the server's clock, for which nobody vouches: they stay with their device.</summary>
    public const string ReadingLeft = "reading-left";

    /// <summary>A state came under the name of a temperature probe, or a temperature under that of a signal.</summary>
    public const string ReadingOfOtherKind = "reading-of-other-kind";

    public const string MessageRefused = "message-refused";

    /// <summary>A broker had kept a device's message and delivered it to the server anew: of unknown age, it is not taken.</summary>
    public const string RetainedRefused = "retained-refused";

    /// <summary>A device's clock is trusted by the device and far from the server's.</summary>
    public const string DeviceClockWrong = "device-clock-wrong";

    /// <summary>Readings that a device measured without a trusted clock have got their instants.</summary>
    public const string ReadingsDated = "readings-dated";

    /// <summary>What a device declared of the clock of one boot contradicts what it had declared before.</summary>
    public const string ClockContradicted = "clock-contradicted";

    /// <summary>What a device declared of its clock was not taken.</summary>
    public const string AnchorRefused = "anchor-refused";

    /// <summary>Somebody was not let in at the server's own endpoint: a wrong certificate, secret or name.</summary>
    public const string ConnectionRefused = "connection-refused";

    /// <summary>A device wanted to publish or subscribe on a topic of another one.</summary>
    public const string TopicRefused = "topic-refused";

    public const string ContentsEntered = "contents-entered";
    public const string ContentsLeft = "contents-left";

    /// <summary>A blood unit was put into a storage unit whose judgement would not notice all that hurts it.</summary>
    public const string ContentsMismatch = "contents-mismatch";

    /// <summary>A person announced maintenance of a storage unit, or the test of a probe's alarm.</summary>
    public const string WindowEntered = "window-entered";

    /// <summary>A person ended such a time early. What ends by itself is not told.</summary>
    public const string WindowEnded = "window-ended";

    /// <summary>A server was started over this store: what follows was done by its version.</summary>
    public const string ServerStarted = "server-started";

    /// <summary>The head of the audit trail was written to a place outside the database.</summary>
    public const string TrailAnchored = "trail-anchored";

    public const string FleetLoaded = "fleet-loaded";

    /// <summary>A person proposed another fleet file, which changes nothing yet.</summary>
    public const string FleetProposed = "fleet-proposed";

    /// <summary>A second person brought it into force.</summary>
    public const string FleetApproved = "fleet-approved";
    public const string FleetRefused = "fleet-refused";

    public const string RulePackInForce = "rule-pack-in-force";

    /// <summary>A projection's database refused readings for good: it lacks them, the record store has them.</summary>
    public const string ProjectionRefused = "projection-refused";

    /// <summary>A projection was counted and does not hold what the record store holds.</summary>
    public const string ProjectionDiffers = "projection-differs";

    /// <summary>A projection that differed was counted again and holds what the record store holds.</summary>
    public const string ProjectionEqualAgain = "projection-equal-again";

    /// <summary>What was done to an account, by its name. No secret stands in any of these.</summary>
    public const string AccountAdded = "account-added";
    public const string AccountDisabled = "account-disabled";
    public const string AccountEnabled = "account-enabled";

    /// <summary>An account got a one-time password, and whatever was signed in with the one before is signed out.</summary>
    public const string AccountReset = "account-reset";

    /// <summary>A person chose another password.</summary>
    public const string PasswordChanged = "password-changed";

    /// <summary>A second factor was confirmed.</summary>
    public const string SecondFactorSet = "second-factor-set";

    /// <summary>What identified the person behind an account that is not used any more was removed.</summary>
    public const string AccountErased = "account-erased";

    public const string RoleGranted = "role-granted";
    public const string RoleRevoked = "role-revoked";

    public const string SignedIn = "signed-in";
    public const string SignedOut = "signed-out";

    /// <summary>A password of an account that exists was wrong. What is typed as name and is none is not kept: it may be a password.</summary>
    public const string SignInRefused = "sign-in-refused";

    public const string TokenMade = "token-made";
    public const string TokenRevoked = "token-revoked";

    /// <summary>Something that people are to know has begun: the first of its cause.</summary>
    public const string IncidentOpened = "incident-opened";

    /// <summary>It became more severe: whoever had it is told anew.</summary>
    public const string IncidentRaised = "incident-raised";

    /// <summary>Its cause is over.</summary>
    public const string IncidentOver = "incident-over";

    /// <summary>Its cause is there again before it was closed.</summary>
    public const string IncidentReturned = "incident-returned";

    /// <summary>It was to wait for the day, and must not wait any longer.</summary>
    public const string IncidentWoken = "incident-woken";

    /// <summary>A person has it.</summary>
    public const string IncidentAcknowledged = "incident-acknowledged";

    /// <summary>A channel took the canary's alarm, which the software took on then: the whole way from a probe to a message works.</summary>
    public const string CanaryCameThrough = "canary-came-through";

    /// <summary>That a person had it has run out, while its cause goes on.</summary>
    public const string AcknowledgementExpired = "acknowledgement-expired";

    /// <summary>A person wants nobody to be told of it for some time; of what is critical, once a second one has confirmed it.</summary>
    public const string IncidentShelved = "incident-shelved";
    public const string ShelvingConfirmed = "shelving-confirmed";
    public const string ShelvingEnded = "shelving-ended";

    /// <summary>A step of the ladder was taken: who is told, and for which reasons others are not.</summary>
    public const string LadderStep = "ladder-step";

    /// <summary>The life of a message. That a channel took it says nothing of its person.</summary>
    public const string AlertQueued = "alert-queued";
    public const string AlertAccepted = "alert-accepted";
    public const string AlertFailed = "alert-failed";
    public const string AlertGivenUp = "alert-given-up";
    public const string AlertDelivered = "alert-delivered";
    public const string AlertSeen = "alert-seen";

    /// <summary>What was to be told was not, because somebody had it by then.</summary>
    public const string AlertWithdrawn = "alert-withdrawn";

    public const string OnCallEntered = "on-call-entered";
    public const string OnCallRemoved = "on-call-removed";

    /// <summary>For some time to come nobody is on call at a site.</summary>
    public const string OnCallGap = "on-call-gap";
    public const string OnCallGapClosed = "on-call-gap-closed";

    /// <summary>Where a person is reached was changed. The address stands in no event.</summary>
    public const string ContactChanged = "contact-changed";

    /// <summary>A person prepared a report, and signed it as its author.</summary>
    public const string ReportPrepared = "report-prepared";

    /// <summary>Another person signed a report: reviewed or approved.</summary>
    public const string ReportSigned = "report-signed";

    /// <summary>The content of a signed report would be another one now: no signature under it counts any more.</summary>
    public const string ReportVoided = "report-voided";
}
