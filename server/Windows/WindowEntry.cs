using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Windows;

/// <summary>A window as a person enters it.</summary>
/// <param name="Unit">The storage unit.</param>
/// <param name="Kind">One of <see cref="WindowKinds"/>.</param>
/// <param name="Probe">The probe of an alarm test; otherwise null.</param>
/// <param name="From">From when, included.</param>
/// <param name="To">Until when, not included.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="By">Who says so, in words.</param>
internal sealed record NewWindow(StorageUnitId Unit, string Kind, ProbeId? Probe, Instant From, Instant To, string Reason, string By);

/// <summary>
/// Enters and ends windows. A maintenance window only tells people; an alarm test has its samples judged as unknown, so it is short, needs a
/// probe, and can hardly begin in the past: nobody makes an excursion a test afterwards.
/// </summary>
internal static class WindowEntry
{
    /// <summary>The longest maintenance window. Chosen by engineers: a working day; whoever needs longer says so again.</summary>
    public static readonly TimeSpan MaintenanceMax = TimeSpan.FromHours(8);

    /// <summary>The longest alarm test. Chosen by engineers: a probe is warmed and back within minutes.</summary>
    public static readonly TimeSpan AlarmTestMax = TimeSpan.FromMinutes(30);

    /// <summary>How long ago an alarm test may have begun. Chosen by engineers: time enough to walk from the probe to a screen.</summary>
    public static readonly TimeSpan AlarmTestBackMax = TimeSpan.FromMinutes(10);

    /// <summary>The longest reason and name, in characters.</summary>
    public const int TextMax = 200;

    /// <exception cref="RefusalException">The storage unit or the probe is not known, or the window contradicts time or its limits.</exception>
    public static WindowRow Enter(StoreTransaction transaction, FleetHistory fleet, NewWindow window, Instant now)
    {
        var unit = Required(fleet, window.Unit);
        RefusalException.RequireLine("reason", window.Reason, TextMax, "say why, such as 'defrosting' or 'quarterly alarm test'");
        RefusalException.RequireLine("enteredBy", window.By, TextMax, "say who enters it");
        RequireProbe(unit, window);
        RequireTimes(window, now);
        var row = WindowStore.Insert(
            transaction, new WindowRow(0, window.Unit, window.Kind, window.Probe, window.From, window.To, window.Reason, window.By, now, null, null));
        Tell(transaction, EventKinds.WindowEntered, row, window.By, null, now);
        JudgeAgain(transaction, row, row.From);
        return row;
    }

    /// <exception cref="RefusalException">There is no such window, or it is over.</exception>
    public static WindowRow End(StoreTransaction transaction, FleetHistory fleet, StorageUnitId unit, long id, string by, Instant now)
    {
        Required(fleet, unit);
        RefusalException.RequireLine("endedBy", by, TextMax, "say who ends it");
        var window = WindowStore.Find(transaction, unit, id)
            ?? throw new RefusalException(RefusalKind.Unknown, "window", $"storage unit {unit} has no window {id}", $"name one that GET /api/v1/units/{unit}/windows lists");
        if (window.Until <= now || window.EndedAt is not null)
        {
            throw new RefusalException(RefusalKind.Conflict, "window", $"window {id} ended at {window.Until}", "enter a new one, if there is need of it");
        }

        var ended = WindowStore.End(transaction, window, now, by);
        Tell(transaction, EventKinds.WindowEnded, ended, by, window.Until, now);
        JudgeAgain(transaction, ended, now);
        return ended;
    }

    /// <summary>In the same transaction: what is judged after this is judged with the window, or without it.</summary>
    private static void JudgeAgain(StoreTransaction transaction, WindowRow window, Instant from)
    {
        if (window.Kind == WindowKinds.AlarmTest)
        {
            // By what is judged has changed, and that has no end at which an earlier judgement could be taken up again.
            MarkStore.Append(transaction, window.Unit, from, Instant.End, $"The alarm of {window.Probe} was tested from {window.From} to {window.Until}.");
        }
    }

    private static void Tell(StoreTransaction transaction, string kind, WindowRow window, string by, Instant? before, Instant now) => EventLog.Append(
        transaction,
        now,
        kind,
        window.Unit,
        window.Probe?.ToString() ?? window.Unit.Value,
        new { window = window.Id, window.Kind, from = window.From.ToString(), to = window.Until.ToString(), before = before?.ToString(), reason = $"{window.Kind}: {window.Reason} ({by})" });

    private static StorageUnit Required(FleetHistory fleet, StorageUnitId unit) => fleet.FindUnit(unit)
        ?? throw new RefusalException(
            RefusalKind.Unknown, "unit", $"storage unit '{unit}' is not in the fleet file", "name one that GET /api/v1/units lists, or add it to the fleet file");

    private static void RequireProbe(StorageUnit unit, NewWindow window)
    {
        if (window.Kind == WindowKinds.Maintenance)
        {
            if (window.Probe is { } other)
            {
                throw new RefusalException(RefusalKind.Invalid, "probe", $"a maintenance window is of the whole storage unit, and '{other}' is a probe", "leave 'probe' out, or enter an alarm-test");
            }

            return;
        }

        var probes = unit.PeriodAt(window.From)?.Probes.Select(probe => probe.Id).ToList() ?? [];
        if (window.Probe is not { } probe || !probes.Contains(probe))
        {
            var reason = window.Probe is { } named ? $"'{named}' does not stand in storage unit {unit.Id} at {window.From}" : "an alarm test is of one probe, and 'probe' is missing";
            throw new RefusalException(RefusalKind.Invalid, "probe", reason, probes.Count > 0 ? $"use one of: {string.Join(", ", probes)}" : "name an instant at which the storage unit is in use");
        }
    }

    private static void RequireTimes(NewWindow window, Instant now)
    {
        var longest = window.Kind == WindowKinds.AlarmTest ? AlarmTestMax : MaintenanceMax;
        if (window.To <= window.From || window.To - window.From > longest)
        {
            throw new RefusalException(
                RefusalKind.Invalid, "to", $"{window.To} is not within {longest.TotalMinutes} minutes after {window.From}", $"write an end after the start and at most {longest.TotalMinutes} minutes later; enter another window for more");
        }

        if (window.Kind == WindowKinds.AlarmTest && window.From < now - AlarmTestBackMax)
        {
            throw new RefusalException(
                RefusalKind.Invalid, "from", $"{window.From} is more than {AlarmTestBackMax.TotalMinutes} minutes ago (it is {now}), and no excursion becomes a test afterwards", "enter a test when it begins; what was measured before stands");
        }

        if (window.To <= now)
        {
            throw new RefusalException(RefusalKind.Invalid, "to", $"{window.To} is past (it is {now})", "enter a window that runs or is to come");
        }
    }
}
