using System.Collections.Frozen;
using System.Text.Json;
using ColdChain.Core.Alerting;
using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Alerts;

/// <summary>What an event says of an incident.</summary>
/// <param name="Cause">The cause, if it opens one.</param>
/// <param name="Site">The site; empty for none.</param>
/// <param name="Member">What it is: one member of the incident.</param>
/// <param name="Severity">How severe that is by itself.</param>
internal sealed record MemberChange(Cause Cause, string Site, string Member, Severity Severity)
{
    public StorageUnitId? Unit { get; init; }

    /// <summary>Since when, by the readings.</summary>
    public required Instant Since { get; init; }

    /// <summary>False when it is over.</summary>
    public bool GoesOn { get; init; } = true;

    /// <summary>True when it is told for the first time, also if it is over already.</summary>
    public bool IsNew { get; init; }

    /// <summary>False when it was over when it was found.</summary>
    public bool Wakes { get; init; } = true;

    /// <summary>The event.</summary>
    public long Event { get; init; }
}

/// <summary>Reads events: which of them are of an incident, and of what cause. A silent site explains unknown times, and never a temperature.</summary>
internal sealed class MemberReader(FleetHistory fleet)
{
    // Others are not even taken apart: most of a log is of no incident.
    private static readonly FrozenSet<string> Kinds = FrozenSet.ToFrozenSet(
    [
        EventKinds.ExcursionOpened, EventKinds.ExcursionUpdated, EventKinds.ExcursionClosed, EventKinds.ExcursionSuperseded, EventKinds.ExcursionRetracted,
        EventKinds.UnknownTimeOpened, EventKinds.UnknownTimeUpdated, EventKinds.UnknownTimeClosed, EventKinds.UnknownTimeSuperseded, EventKinds.UnknownTimeRetracted,
        EventKinds.ConditionOpened, EventKinds.ConditionUpdated, EventKinds.ConditionClosed, EventKinds.ConditionRetracted,
        EventKinds.ExposureOpened, EventKinds.LookbackRequired, EventKinds.SilenceDropped,
        EventKinds.DeviceSilent, EventKinds.SiteSilent, EventKinds.ServerDeaf, EventKinds.DeviceHeardAgain, EventKinds.SiteHeardAgain, EventKinds.ServerHearsAgain,
    ]);

    /// <summary>Whether an event may be of an incident.</summary>
    public static bool Concerns(EventRow row) => Kinds.Contains(row.Kind);

    /// <summary>What an event says; null for one that is of no incident.</summary>
    public MemberChange? Of(StoreSession session, EventRow row) => Read(session, row) is { } change ? change with { Event = row.Id } : null;

    private MemberChange? Read(StoreSession session, EventRow row)
    {
        if (!Kinds.Contains(row.Kind))
        {
            return null;
        }

        using var payload = JsonDocument.Parse(row.Payload);
        var told = payload.RootElement;
        return row.Kind switch
        {
            EventKinds.ConditionOpened or EventKinds.ConditionUpdated or EventKinds.ConditionClosed or EventKinds.ConditionRetracted => OfCondition(row, told),
            EventKinds.ExposureOpened => OfExposure(session, row, told),
            EventKinds.LookbackRequired => OfUnit(row, CauseKind.LookBack, $"look-back:{row.Id}", Severity.Critical, row.At) with { GoesOn = false, IsNew = true },
            EventKinds.DeviceSilent => OfSilence(row, SilenceScope.Device, Text(told, "site") ?? "", goesOn: true) with { Since = At(told, "since") ?? row.At },
            EventKinds.SiteSilent => OfSilence(row, SilenceScope.Site, row.Subject, goesOn: true) with { Since = At(told, "since") ?? row.At },
            EventKinds.ServerDeaf => OfSilence(row, SilenceScope.Server, "", goesOn: true),
            EventKinds.DeviceHeardAgain => OfSilence(row, SilenceScope.Device, "", goesOn: false),
            EventKinds.SiteHeardAgain => OfSilence(row, SilenceScope.Site, row.Subject, goesOn: false),
            EventKinds.ServerHearsAgain => OfSilence(row, SilenceScope.Server, "", goesOn: false),
            EventKinds.SilenceDropped => OfSilence(row, Text(told, "scope") ?? SilenceScope.Device, "", goesOn: false),
            _ => OfFinding(session, row, told),
        };
    }

    private MemberChange OfFinding(StoreSession session, EventRow row, JsonElement told)
    {
        var finding = told.GetProperty("finding").GetInt64();
        var isUnknown = Text(told, "side") == FindingWords.Of(Side.Unknown);
        var isOver = Text(told, "end") is not null
            || row.Kind is EventKinds.ExcursionClosed or EventKinds.ExcursionSuperseded or EventKinds.ExcursionRetracted
                or EventKinds.UnknownTimeClosed or EventKinds.UnknownTimeSuperseded or EventKinds.UnknownTimeRetracted;
        var isNew = row.Kind is EventKinds.ExcursionOpened or EventKinds.UnknownTimeOpened;
        var severity = HoldStore.OfFinding(session, finding).Count > 0 ? Severity.Critical : Severity.Warning; // What a pack lets pass holds nothing.
        var change = OfUnit(row, CauseKind.Unit, $"finding:{finding}", severity, At(told, "start") ?? row.At) with
        {
            GoesOn = !isOver,
            IsNew = isNew,
            Wakes = !isOver || !(told.TryGetProperty("foundLate", out var late) && late.GetBoolean()),
        };
        return isUnknown && ProbeId.TryParse(Text(told, "probe") ?? "", out var probe) && CauseOf(session, probe) is { } silence ? change with { Cause = silence } : change;
    }

    private static Cause? CauseOf(StoreSession session, ProbeId probe) => new Silences(SilenceStore.All(session)).CauseOf(probe.Device) is { } silence
        ? new Cause(CauseKind.Silence, SubjectOf(silence.Scope, silence.Subject))
        : null;

    private MemberChange? OfCondition(EventRow row, JsonElement told)
    {
        var kind = Text(told, "kind") ?? "";
        if (SeverityOf(kind) is not { } severity)
        {
            return null;
        }

        var isOver = Text(told, "end") is not null || row.Kind is EventKinds.ConditionClosed or EventKinds.ConditionRetracted;
        var change = OfUnit(row, CauseKind.Condition, $"condition:{told.GetProperty("condition").GetInt64()}", severity, At(told, "start") ?? row.At) with
        {
            GoesOn = !isOver,
            IsNew = row.Kind == EventKinds.ConditionOpened,
            Wakes = !isOver || !told.GetProperty("foundLate").GetBoolean(),
        };
        return kind == ConditionWords.Of(ConditionKind.MainsLost)
            ? change with { Cause = new Cause(CauseKind.Power, change.Site) }
            : change with { Cause = new Cause(CauseKind.Condition, $"{row.Unit}:{kind}") };
    }

    // What needs no action needs no alert: a spike is marked and left out, and that is all.
    private static Severity? SeverityOf(string condition) => condition switch
    {
        "mains-lost" or "door-open" or "agitation-stopped" or "agitation-running" or "air-out" or "probe-failed" => Severity.Warning,
        "agitation-unknown" or "signal-unknown" or "probe-stuck" or "probe-faulty" or "probes-disagree" or "probe-drifts" => Severity.Advisory,
        _ => null,
    };

    // While the storage unit's own alarm is open, what its blood units went through is part of it.
    private MemberChange OfExposure(StoreSession session, EventRow row, JsonElement told)
    {
        var change = OfUnit(row, CauseKind.Exposure, $"exposure:{told.GetProperty("exposure").GetInt64()}", Severity.Critical, At(told, "since") ?? row.At) with { GoesOn = false, IsNew = true };
        var ofUnit = new Cause(CauseKind.Unit, $"{row.Unit}");
        return IncidentStore.FindOpen(session, ofUnit) is null ? change : change with { Cause = ofUnit, Wakes = false };
    }

    private MemberChange OfUnit(EventRow row, CauseKind kind, string member, Severity severity, Instant since) =>
        new(new Cause(kind, $"{row.Unit}"), SiteOf(row.Unit), member, severity) { Unit = row.Unit, Since = since };

    private static MemberChange OfSilence(EventRow row, string scope, string site, bool goesOn) => new(
        new Cause(CauseKind.Silence, SubjectOf(scope, row.Subject)),
        site,
        $"silence:{SubjectOf(scope, row.Subject)}",
        scope == SilenceScope.Server ? Severity.Critical : Severity.Warning) // Then nothing at all is watched.
    {
        Since = row.At, GoesOn = goesOn, IsNew = goesOn,
    };

    private static string SubjectOf(string scope, string subject) => scope == SilenceScope.Server ? scope : $"{scope}:{subject}";

    private string SiteOf(StorageUnitId? unit) => unit is { } id ? fleet.FindUnit(id)?.Site ?? "" : "";

    private static string? Text(JsonElement told, string name) => told.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static Instant? At(JsonElement told, string name) => Text(told, name) is { } text && Instant.TryParse(text, out var at) ? at : null;
}
