using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Excursions;

/// <summary>Tells of changes of a unit's state, and of probes that fell silent or were heard again.</summary>
internal static class StateEvents
{
    public static void Tell(StoreTransaction transaction, StorageUnitId unit, EvaluationSnapshot before, StateView view, Instant now)
    {
        var word = StateWords.Of(view.State);
        if (before.Row?.Status != word)
        {
            EventLog.Append(transaction, now, EventKinds.UnitStateChanged, unit, unit.Value, new
            {
                from = before.Row?.Status,
                to = word,
                celsius = view.Temperature?.ToDegrees(),
                measuredAt = view.MeasuredAt?.ToString(),
            });
        }

        foreach (var silent in view.Silent.Where(silent => !before.State.Silent.Contains(silent.Probe)))
        {
            var kind = silent.NeverSeen ? EventKinds.ProbeNeverSeen : EventKinds.ProbeSilent;
            EventLog.Append(transaction, now, kind, unit, silent.Probe.ToString(), new { since = silent.Since.ToString(), cause = CauseOf(transaction, silent.Probe) });
        }

        foreach (var probe in before.State.Silent.Where(probe => view.Silent.All(silent => silent.Probe != probe)))
        {
            EventLog.Append(transaction, now, EventKinds.ProbeHeardAgain, unit, probe.ToString(), new { });
        }
    }

    // A device or site that is silent explains the silence of its probes, so that nobody looks for forty causes where there is one.
    private static object? CauseOf(StoreSession session, ProbeId probe) => new Silences(SilenceStore.All(session)).CauseOf(probe.Device) is { } cause
        ? new { scope = cause.Scope, subject = cause.Subject, since = cause.Since.ToString() }
        : null;
}
