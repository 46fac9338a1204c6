using ColdChain.Core.Alerting;
using ColdChain.Server.Store;

namespace ColdChain.Server.Html;

// The words of alarms and of who is on call.
public sealed partial class Texts
{
    public string AlarmsTitle => Text();

    public string AlarmsExplained => Text();

    public string AlarmsNone => Text();

    public string UnknownTemperature => Text();

    public string AlarmUnknown => Text();

    public string AlarmNumber => Text();

    public string AlarmSince => Text();

    public string AlarmFound => Text();

    public string AlarmWhat => Text();

    public string AlarmKind => Text();

    public string AlarmTime => Text();

    public string AlarmOver => Text();

    public string AlarmBloodUnits => Text();

    public string AlarmOwner => Text();

    public string AlarmOwned => Text();

    public string AlarmNobody => Text();

    public string AlarmNext => Text();

    public string AlarmNextIn => Text();

    public string AlarmByDay => Text();

    public string AlarmShelved => Text();

    public string AlarmAction => Text();

    public string AlarmActionUsual => Text();

    public string AlarmIHaveIt => Text();

    public string AlarmClosed => Text();

    public string AlarmMembers => Text();

    public string AlarmCelsius => Text();

    public string AlarmTimeLeft => Text();

    public string AlarmReaches => Text();

    public string AlarmAcknowledgements => Text();

    public string AlarmSaid => Text();

    public string AlarmFault => Text();

    public string ShelveTitle => Text();

    public string ShelveOpen => Text();

    public string ShelveExplained => Text();

    public string ShelveReason => Text();

    public string ShelveMinutes => Text();

    public string ShelveSaid => Text();

    public string ShelveAwaitsSecond => Text();

    public string ShelveConfirmedBy => Text();

    public string ShelveConfirm => Text();

    public string ShelveEnd => Text();

    public string MessagesTitle => Text();

    public string MessagePerson => Text();

    public string MessageChannel => Text();

    public string MessageStates => Text();

    public string MessagesNotTold => Text();

    public string LinkDone => Text();

    public string LinkNothing => Text();

    public string OnCallTitle => Text();

    public string OnCallNone => Text();

    public string OnCallGapLine => Text();

    public string OnCallFrom => Text();

    public string OnCallTo => Text();

    public string OnCallFromIn => Text();

    public string OnCallToIn => Text();

    public string OnCallDuty => Text();

    public string OnCallWhere => Text();

    public string OnCallRemove => Text();

    public string OnCallAdd => Text();

    public string ContactsTitle => Text();

    public string ContactsExplained => Text();

    public string ContactEmail => Text();

    public string ContactPhone => Text();

    public string ContactSave => Text();

    public string NoticeAlarms => Text();

    public string NoticeNobodyReached => Text();

    public string Of(Severity severity) => Word("Severity", AlertWords.Of(severity));

    public string Of(CauseKind kind) => Word("AlarmCause", Cause.WordOf(kind));

    /// <summary>What an alarm is about, as exactly as it is known.</summary>
    /// <param name="kind">The kind of its cause.</param>
    /// <param name="condition">The word of the condition that it is of; null when it is of none.</param>
    /// <param name="isMeasured">Whether there is a temperature out of range.</param>
    public string OfAlarm(CauseKind kind, string? condition, bool isMeasured) => (kind, condition) switch
    {
        (_, not null) => Resources.GetString($"Condition.{condition}", Culture) ?? Of(kind),
        (CauseKind.Unit, _) => isMeasured ? StateOutOfRange : UnknownTemperature,
        _ => Of(kind),
    };

    public string Of(Duty duty) => Word("Duty", AlertWords.Of(duty));

    public string Of(AlertChannel channel) => Word("Channel", AlertWords.Of(channel));

    public string Of(SendReason reason) => Word("Reason", AlertWords.Of(reason));

    /// <summary>What became of a message.</summary>
    public string OfMessageState(string state) => Word("MessageState", state);

    /// <summary>What a member of an incident is.</summary>
    public string OfMember(string kind) => Word("Member", kind);

    /// <summary>How long it still is, in minutes and seconds.</summary>
    public string Countdown(TimeSpan time) => time <= TimeSpan.Zero ? "0:00" : string.Create(Culture, $"{(int)time.TotalMinutes}:{time.Seconds:00}");

    // The word itself when this version does not know it.
    private string Word(string group, string word) => Resources.GetString($"{group}.{word}", Culture) ?? word;
}
